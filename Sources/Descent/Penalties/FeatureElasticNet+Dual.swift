// R*(V) is the sum over the weights of sup v·w − a·|w| − (b/2)·w² over w within their bounds: of a concave function of one
// number, whose maximiser without bounds is moved into them.

extension FeatureElasticNet {
  /// The most that v may be multiplied by: where a weight costs a·|w| and may grow without end, |t·v| ≤ a.
  public func reach(_ v: Span<Double>, _ shape: WeightShape) -> Double {
    guard smooth == 0 || terms.contains(where: { $0.factor == 0 }) else { return 1 }
    var most = 1.0
    for j in 0..<shape.inputs {
      let term = term(j)
      guard smooth * term.factor == 0 else { continue }
      let strength = l1 * term.factor
      for i in stride(from: j, to: shape.count, by: shape.inputs)
      where term.isEndless(towards: v[i]) && abs(v[i]) > strength {
        most = min(most, strength / abs(v[i]) * (1 - 1e-15))
      }
    }
    return most
  }

  public func conjugate(_ v: Span<Double>, times t: Double, _ shape: WeightShape) -> Double {
    var sum = 0.0
    for j in 0..<shape.inputs {
      let term = term(j)
      let (a, b) = (l1 * term.factor, smooth * term.factor)
      for i in stride(from: j, to: shape.count, by: shape.inputs) {
        let slope = t * v[i]
        let excess = softThreshold(slope, a)
        let peak = excess == 0 ? 0 : b > 0 ? excess / b : excess * .infinity
        let w = peak.clamped(to: term.bounds)
        guard w != 0 else { continue }
        guard w.isFinite else {
          // Slopes up to a cost nothing: one that is above by its rounding alone is a.
          if abs(excess) <= 1e-12 * a { continue }
          return .infinity
        }
        sum += slope * w - a * abs(w) - b / 2 * w * w
      }
    }
    return sum
  }

  /// Those of weights that cost nothing and may grow without end: any slope along them is infinitely dear.
  public func unbounded(_ v: Span<Double>, _ shape: WeightShape) -> [Int] {
    let isPaid = l1 > 0 || smooth > 0
    guard !isPaid || terms.contains(where: { $0.factor == 0 }) else { return [] }
    return (0..<shape.inputs).flatMap { j in
      let term = term(j)
      guard !isPaid || term.factor == 0 else { return [] as [Int] }
      return stride(from: j, to: shape.count, by: shape.inputs).filter { term.isEndless(towards: v[$0]) }
    }
  }
}

extension FeatureElasticNet.Term {
  /// Whether a weight may grow without end to the side that a slope points to.
  fileprivate func isEndless(towards slope: Double) -> Bool {
    slope > 0 ? bounds.upperBound == .infinity : slope < 0 ? bounds.lowerBound == -.infinity : false
  }
}

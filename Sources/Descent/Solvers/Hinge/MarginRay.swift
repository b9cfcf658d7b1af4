internal import LinearAlgebra

/// The augmented Lagrangian along a direction from a ``MarginPoint`` that has been aimed there: convex in the length,
/// and its slope costs no pass.
struct MarginRay<Element: KernelScalar> {
  let point: MarginPoint<Element>
  let direction: [Element]
  /// Of ‖W‖₁
  let price: Double

  /// 1, or a length below 1 where the slope is small: a tenth of the slope at 0. Nil where that is not downhill.
  var length: Double? {
    let l2 = point.problem.l2
    let (w, d) = (point.parameters[..<point.weights], direction[..<point.weights])
    let linear = l2 * zip(w, d).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    let square = l2 * squares(d)
    let slope = { (t: Double) in
      point.slope(at: t) + linear + t * square + (price > 0 ? price * slopeOfNorm(at: t) : 0)
    }
    let first = slope(0)
    guard first < 0, square.isFinite else { return nil }
    var (low, high, length) = (0.0, 1.0, 1.0)
    let end = slope(1)
    guard end > 0.1 * -first else { return 1 }
    for round in 0..<15 {
      length = round == 0 ? -first / (end - first) : (low + high) / 2
      let here = slope(length)
      if abs(here) < 0.1 * -first { break }
      if here > 0 { high = length } else { low = length }
    }
    return length
  }

  /// The derivative of ‖W + t·D‖₁: at 0 that to the right, else that to the left, so that a step to exact zeros may
  /// end there.
  private func slopeOfNorm(at t: Double) -> Double {
    slopeOfNorm1(point.parameters[..<point.weights], direction[..<point.weights], Element(t))
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func slopeOfNorm1<Element: KernelScalar>(
  _ w: ArraySlice<Element>, _ direction: ArraySlice<Element>, _ t: Element
) -> Double {
  var sum = 0.0
  for i in w.indices where direction[i] != 0 {
    let d = direction[i]
    let there = w[i] + t * d
    if there != 0 {
      sum += Double(there > 0 ? d : -d)
    } else {
      sum += Double(t > 0 ? -abs(d) : abs(d))
    }
  }
  return sum
}

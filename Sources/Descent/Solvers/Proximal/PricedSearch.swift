internal import LinearAlgebra

extension LinearProblem where Form == any CurvedLoss {
  /// Moves a point along a direction as far as the objective falls enough that has `extra` added to the price of ‖W‖₁;
  /// false where it does not. (Armijo's rule as in Tseng and Yun, A coordinate gradient descent method, Math. Program. 117,
  /// 2009, eq. 11.)
  ///
  /// - Parameter fall: what it falls by to first order, below 0.
  func search(
    from point: ScoredPoint<Element>, _ direction: [Element], _ scores: RowBuffer<Element>, fall: Double,
    extra: Double
  ) -> Bool {
    func norm(_ length: Double) -> Double {
      extra == 0
        ? 0 : extra * norm1(point.parameters[model.weights], direction[model.weights], length)
    }
    let before = point.value + norm(0)
    var length = 1.0
    var reached = point.probe(length, direction, scores)
    // A parabola that touches the loss at a small residual is steep where the loss goes on straight, as Huber's does. Once:
    // what is cut down below must not be lengthened again.
    while loss.majorant != nil, length < 1e6 {
      let further = point.probe(2 * length, direction, scores)
      guard further + norm(2 * length) < reached + norm(length) - objective.noise(of: before) else {
        reached = point.probe(length, direction, scores)
        break
      }
      (length, reached) = (2 * length, further)
    }
    while length > 1e-6 {
      if reached + norm(length) <= before + 1e-4 * length * fall + objective.noise(of: before) {
        point.move(length, direction, scores, value: reached)
        return true
      }
      length /= 2
      reached = point.probe(length, direction, scores)
    }
    return false
  }
}

/// ‖W + length·direction‖₁
@specialized(where Element == Float)
@specialized(where Element == Double)
private func norm1<Element: KernelScalar>(
  _ parameters: ArraySlice<Element>, _ direction: ArraySlice<Element>, _ length: Double
) -> Double {
  zip(parameters, direction).reduce(0) { $0 + abs(Double($1.0) + length * Double($1.1)) }
}

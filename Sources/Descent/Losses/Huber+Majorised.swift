internal import LinearAlgebra

/// Huber's loss with the curvature min(1, δ/|d|) of the parabola that touches it at a residual d and is nowhere below it.
///
/// The loss itself has none beyond δ, so that a step by it knows no bound where most residuals are large. What lets this
/// one know how large they are: as slopes it takes the residuals.
/// (Iteratively reweighted least squares: Holland and Welsch, Robust regression using iteratively reweighted
/// least-squares, Comm. Statist. A 6, 1977.)
struct MajorisedHuber: CurvedLoss {
  let huber: Huber
  var name: String { "majorised-huber" }
  var task: LearningTask { .regression }
  var domain: SlopeDomain { huber.domain }

  func evaluate<Element: Scalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets
  ) -> Double { huber.evaluate(&scores, columns: columns, targets: targets) }

  func check(_ targets: Targets, columns: Int) throws(TargetError) {
    try huber.check(targets, columns: columns)
  }

  func clip(_ slopes: inout MutableSpan<Double>, columns: Int, targets: Targets) {
    huber.clip(&slopes, columns: columns, targets: targets)
  }

  func conjugate(_ slopes: Span<Double>, columns: Int, targets: Targets) -> Double {
    huber.conjugate(slopes, columns: columns, targets: targets)
  }

  /// v·min(1, δ/|d|), the residuals d in place of slopes.
  func multiplyHessian<Element: Scalar>(
    _ direction: inout MutableSpan<Element>, slopes residuals: Span<Element>, columns: Int, targets: Targets
  ) {
    let bound = Element(huber.delta)
    for i in 0..<residuals.count where abs(residuals[i]) > bound {
      direction[i] *= bound / abs(residuals[i])
    }
  }
}

extension ScoredPoint {
  /// The loss whose curvature a quadratic model takes, and the slopes that tell it.
  func modelled(_ loss: any CurvedLoss) -> (any CurvedLoss, RowBuffer<Element>) {
    guard let huber = loss as? Huber, case .values(let values, let width) = objective.targets else {
      return (loss, slopes)
    }
    let residuals = RowBuffer<Element>(rows: objective.rows, columns: width)
    _ = objective.pass.sweep { [scores] range in
      residuals.update(range) { d in
        let first = values.startIndex + range.lowerBound * width
        scores.read(range) { for i in 0..<$0.count { d[i] = Element(Double($0[i]) - values[first + i]) } }
      }
      return 0
    }
    return (MajorisedHuber(huber: huber), residuals)
  }
}

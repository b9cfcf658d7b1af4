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

  func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) { huber.evaluate(&scores, columns: columns, targets: targets, values: &values) }

  func check(_ targets: Targets, columns: Int) throws(TargetError) {
    try huber.check(targets, columns: columns)
  }

  func clip(_ slopes: inout MutableSpan<Double>, columns: Int, targets: Targets) {
    huber.clip(&slopes, columns: columns, targets: targets)
  }

  func conjugate(
    _ slopes: Span<Double>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    huber.conjugate(slopes, columns: columns, targets: targets, values: &values)
  }

  /// v·min(1, δ/|d|), the residuals d in place of slopes.
  func multiplyHessian<Element: KernelScalar>(
    _ direction: inout MutableSpan<Element>, slopes residuals: Span<Element>, columns: Int, targets: Targets
  ) {
    let bound = Element(huber.delta)
    for i in 0..<residuals.count where abs(residuals[i]) > bound {
      direction[i] *= bound / abs(residuals[i])
    }
  }
}

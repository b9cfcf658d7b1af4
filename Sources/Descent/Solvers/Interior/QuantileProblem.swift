internal import LinearAlgebra

/// A problem of the pinball loss.
typealias QuantileProblem<Element: KernelScalar> = LinearProblem<Element, Quantile>

extension LinearProblem where Form == Quantile {
  init(_ objective: DataObjective<Element>) throws(ProblemRefusal) {
    guard let loss = objective.loss as? Quantile else { throw .onlyLinear(with: "the quantile loss") }
    try self.init(objective, loss)
  }
}

/// The pinball loss as parabolas of given curvatures, which stand in the place of slopes: what a weighted Gram matrix is formed
/// by.
struct GivenCurvature: CurvedLoss {
  let loss: Quantile
  var name: String { "given-curvature" }
  var task: LearningTask { .regression }
  var domain: SlopeDomain { loss.domain }

  func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) { loss.evaluate(&scores, columns: columns, targets: targets, values: &values) }

  func check(_ targets: Targets, columns: Int) throws(TargetError) {
    try loss.check(targets, columns: columns)
  }

  func clip(_ slopes: inout MutableSpan<Double>, columns: Int, targets: Targets) {
    loss.clip(&slopes, columns: columns, targets: targets)
  }

  func conjugate(
    _ slopes: Span<Double>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    loss.conjugate(slopes, columns: columns, targets: targets, values: &values)
  }

  func multiplyHessian<Element: KernelScalar>(
    _ direction: inout MutableSpan<Element>, slopes curvatures: Span<Element>, columns: Int, targets: Targets
  ) {
    for i in 0..<curvatures.count { direction[i] *= curvatures[i] }
  }
}

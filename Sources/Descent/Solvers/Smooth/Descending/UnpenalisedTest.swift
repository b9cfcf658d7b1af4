internal import LinearAlgebra

/// What can be proved of parameters of a linear model without a penalty.
final class UnpenalisedTest<Element: KernelScalar> {
  private let problem: CurvedProblem<Element>
  private var isParabola: Bool { problem.loss.curvature == .parabola }
  private lazy var leastSquares = canProve ? LeastSquaresBound(problem.objective, Monitor()) : nil
  private lazy var whole = WholeNewton(problem)

  /// Whether anything can be proved: not of too many parameters.
  private(set) lazy var canProve =
    isParabola ? problem.model.inputs <= LeastSquaresBound.mostFeatures : whole != nil

  /// Nil with a penalty, and for another model or loss.
  init?(_ objective: DataObjective<Element>) {
    guard let problem = try? CurvedProblem(objective), problem.isUnpenalised else { return nil }
    self.problem = problem
  }

  /// The certificate, and whether there is no minimum.
  func judge(_ parameters: [Element]) -> (Certificate?, isEndless: Bool) {
    if isParabola { return (leastSquares?.certify(parameters), false) }
    guard let verdict = whole?.judge(parameters) else {
      let scores = problem.objective.scores(of: parameters)
      return (nil, problem.rowLoss.isSeparated(scores, slack: 0))
    }
    return (verdict.certificate, verdict.isEndless)
  }
}

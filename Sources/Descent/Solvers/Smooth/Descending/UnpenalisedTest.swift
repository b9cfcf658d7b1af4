internal import LinearAlgebra

/// What can be proved of parameters of a linear model without a penalty.
final class UnpenalisedTest<Element: KernelScalar> {
  private let objective: DataObjective<Element>
  private lazy var leastSquares = canProve ? LeastSquaresBound(objective, Monitor()) : nil
  private lazy var whole = WholeNewton(objective)

  /// Whether anything can be proved: not of too many parameters.
  private(set) lazy var canProve =
    objective.loss is SquaredError
    ? objective.model.inputs <= LeastSquaresBound.mostFeatures : whole != nil

  /// Nil with a penalty, and for another model.
  init?(_ objective: DataObjective<Element>) {
    guard objective.penalty.l1 == 0, objective.penalty.l2 == 0, objective.model is LinearModel else {
      return nil
    }
    self.objective = objective
  }

  /// The certificate, and whether there is no minimum.
  func judge(_ parameters: [Element]) -> (Certificate?, isEndless: Bool) {
    if objective.loss is SquaredError { return (leastSquares?.certify(parameters), false) }
    guard let verdict = whole?.judge(parameters) else {
      return (nil, objective.rowLoss.isSeparated(objective.scores(of: parameters), slack: 0))
    }
    return (verdict.certificate, verdict.isEndless)
  }
}

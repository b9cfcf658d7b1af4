internal import LinearAlgebra

/// What can be proved of parameters of a linear model without a penalty.
final class UnpenalisedTest<Element: Scalar> {
  private let objective: DataObjective<Element>
  private lazy var leastSquares = LeastSquaresBound(objective, Monitor())
  private lazy var whole = WholeNewton(objective)

  /// Nil where nothing can: with a penalty, of another model, or of too many parameters.
  init?(_ objective: DataObjective<Element>) {
    guard objective.penalty.l1 == 0, objective.penalty.l2 == 0, objective.model is LinearModel else {
      return nil
    }
    self.objective = objective
    if objective.loss is SquaredError, objective.model.inputs <= LeastSquaresBound.mostFeatures { return }
    guard whole != nil else { return nil }
  }

  /// The certificate, and whether there is no minimum.
  func judge(_ parameters: [Element]) -> (Certificate?, isEndless: Bool) {
    if objective.loss is SquaredError { return (leastSquares?.certify(parameters), false) }
    guard let verdict = whole?.judge(parameters) else { return (nil, false) }
    return (verdict.certificate, verdict.isEndless)
  }
}

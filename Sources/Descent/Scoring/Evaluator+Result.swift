internal import LinearAlgebra

extension Evaluator {
  /// What was measured by all rows that were added.
  public var evaluation: Evaluation {
    let isClassifier = !model.classNames.isEmpty
    let sum = weight ?? Double(rows)
    // As a loss of rows has it: nothing is divided by 1 where no row counts.
    let total = sum > 0 ? sum : 1
    let answers =
      answers
      ?? Answers(
        of: model, to: isClassifier ? .labels([Int32]()) : .values([Double]()), areWeighed: false,
        expectedRows: 0)
    return Evaluation(
      rows: weight == nil ? rows : weighedRows, weight: weight, loss: losses / total,
      confusion: isClassifier ? confusion : nil,
      rmse: isClassifier ? nil : (squares / total).squareRoot(),
      r2: isClassifier ? nil : targets(answers)?.sumOfSquaredDeviations.map { 1 - squares / $0 },
      answers: answers)
  }

  /// The numbers that the rows were to have; those of rows that count for nothing may be left out.
  private func targets(_ answers: Answers) -> RowLoss? {
    let (targets, weights, width) = answers.holdsTargets ? (answers.targets, answers.weights, 1) : others
    guard width > 0 else { return nil }
    return RowLoss(
      loss, .values(targets[...], width: width), columns: model.architecture.outputs, weights: weights)
  }
}

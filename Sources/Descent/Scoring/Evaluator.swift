public import LinearAlgebra

/// Measures a model by rows that come block by block and are not kept: by all of them it makes the ``Evaluation`` that
/// ``TrainedModel/evaluate(on:)`` makes of the whole data set.
///
/// Of a row it keeps what the metrics need: 8 bytes where there are two classes, 16 of more classes and of numbers, and 8
/// more where rows have weights.
///
/// ```swift
/// var evaluator = Evaluator(of: model)
/// while let block = try stream.next(evaluator.denseRowsAtOnce) {
///   evaluator.add(block.features, block.targets!)
/// }
/// print(evaluator.evaluation.metrics[.rocAUC]!)
/// ```
public struct Evaluator: Sendable {
  let model: TrainedModel<Double>
  let loss: any Loss
  private(set) var confusion: Confusion
  /// Nil before the first block.
  private(set) var answers: Answers?
  /// The targets and weights of rows of several numbers, of which there are no metrics.
  private(set) var others: (targets: [Double], weights: [Double]?, width: Int) = ([], nil, 0)
  private(set) var rows = 0
  /// Those whose weight is not 0.
  private(set) var weighedRows = 0
  /// The sum of the weights; nil where each row counts for 1.
  private(set) var weight: Double?
  private(set) var losses = 0.0
  private(set) var squares = 0.0

  /// - Parameters:
  ///   - model: the model that is measured.
  ///   - loss: That to measure by; nil for the model's own.
  public init<Element: KernelScalar>(of model: TrainedModel<Element>, loss: (any Loss)? = nil) {
    self.model = model.converted(to: Double.self)
    self.loss = loss ?? model.loss
    confusion = Confusion(classNames: model.classNames)
  }

  /// How many dense rows ``TrainedModel/evaluate(on:)`` takes at once: with as many in each block the sums have the same bits.
  public var denseRowsAtOnce: Int { model.denseRowsAtOnce }

  /// The same of sparse rows.
  public var sparseRowsAtOnce: Int { model.sparseRowsAtOnce }

  /// Adds rows `[rows, features]` with their targets, labels numbered as the model's classes are.
  ///
  /// - Parameters:
  ///   - targets: what was right, one a row.
  ///   - features: the rows, `[rows, features]`.
  ///   - weights: What each row counts for; either all blocks have such, or none.
  ///   - offsets: What is added to each row's scores.
  public mutating func add(
    _ features: Matrix<Double>, _ targets: Targets, weights: [Double]? = nil, offsets: [Double]? = nil
  ) {
    add(scores: model.scores(features), targets, weights, offsets)
  }

  /// The same of sparse rows.
  public mutating func add(
    _ features: SparseRows<Double>, _ targets: Targets, weights: [Double]? = nil, offsets: [Double]? = nil
  ) {
    add(scores: model.scores(features), targets, weights, offsets)
  }

  private mutating func add(
    scores: Matrix<Double>, _ targets: Targets, _ weights: [Double]?, _ offsets: [Double]?
  ) {
    require(offsets.map { $0.count == scores.rows } ?? true, "\(scores.rows) rows, \(offsets!.count) offsets")
    if answers == nil { begin(targets, areWeighed: weights != nil) }
    count(offsets.map { scores.addingToRows($0[...]) } ?? scores, targets, weights)
  }

  /// Learns of what kind the targets are, and that there will be as many, before the first block.
  mutating func begin(_ targets: Targets, areWeighed: Bool, expectedRows: Int = 0) {
    answers = Answers(of: model, to: targets, areWeighed: areWeighed, expectedRows: expectedRows)
    weight = areWeighed ? 0 : nil
    if case .values(_, let width) = targets { others = ([], areWeighed ? [] : nil, width) }
  }

  /// Measures a block by its scores, which have the offsets in them.
  mutating func count(_ scores: Matrix<Double>, _ targets: Targets, _ weights: [Double]?) {
    require(targets.rows == scores.rows, "\(scores.rows) rows, \(targets.rows) targets")
    require((weights != nil) == (weight != nil), "some blocks have weights, and others none")
    let model = model
    let rowLoss = RowLoss(loss, targets, columns: model.architecture.outputs, weights: weights)
    if case .labels(let labels) = targets, !model.classNames.isEmpty {
      let decided = model.decide(scores)
      for (row, (label, predicted)) in zip(labels, decided).enumerated() where weights?[row] != 0 {
        confusion.count(actual: Int(label), predicted: predicted, weight: weights?[row])
      }
      answers?.append(scores, labels, decided: decided, weights: weights?[...], by: model)
    } else if case .values(let values, let width) = targets {
      let numbers = model.numbers(scores)
      for (i, (s, t)) in zip(numbers.elements, values).enumerated() where weights?[i / width] != 0 {
        squares += rowLoss.weight(of: i / width) * (s - t) * (s - t)
      }
      answers?.append(numbers.elements, values, weights: weights?[...])
      if answers?.holdsTargets == false {
        others.targets += values
        others.weights? += weights ?? []
      }
    }
    var overwritten = scores.elements
    var span = overwritten.mutableSpan
    losses += rowLoss.slopes(0..<scores.rows, &span)
    rows += scores.rows
    guard let weights else { return }
    for each in weights {
      weight! += each
      if each > 0 { weighedRows += 1 }
    }
  }
}

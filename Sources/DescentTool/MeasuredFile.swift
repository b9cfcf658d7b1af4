import Descent
import DescentFiles
import LinearAlgebra

/// The rows that models are measured by: each reads them for itself, by the columns that it knows.
struct MeasuredFile {
  let path: String
  let holdout: HoldoutArguments
  let seed: UInt64
  /// How the file is called beside what its reading tells.
  let title: String

  /// Measures by the rows of `data`, which are streamed where nothing asks for all of them.
  func evaluation<Element: KernelScalar & StoredNumber>(
    of model: TrainedModel<Element>, _ options: DataOptions
  ) throws -> Evaluation {
    // Which rows are held out depends on all of them.
    guard holdout.option == nil else {
      let rows = try Loading().read(path, options, as: Element.self, title: title)
      return try evaluation(of: model, rows)
    }
    let measured = try Loading().showing("reading", path) {
      progress -> (rows: Dataset?, result: Evaluation?) in
      switch try DataFile.targetedRows(path, options, as: Element.self, progress: progress) {
      case .whole(let rows): return (rows, nil)
      case .stream(let stream): return (nil, try evaluation(of: model, stream))
      }
    }
    if let tally = options.tally { say(tally, of: title) }
    guard let result = measured.result else { return try evaluation(of: model, measured.rows!) }
    // What else can be wrong with weights the reader has refused.
    if result.weight != nil, result.rows == 0 {
      throw Failure(.badData, "\(path): \(RowNumberError.allWeightsZero)")
    }
    return result
  }

  private func evaluation<Element: KernelScalar & StoredNumber>(
    of model: TrainedModel<Element>, _ all: Dataset
  ) throws -> Evaluation {
    var rows = all
    if let rule = holdout.rule(seed: seed, groups: rows.groups) { rows = rows.split(rule).heldOut }
    return try model.evaluation(on: rows, data: path)
  }

  private func evaluation<Element: KernelScalar & StoredNumber>(
    of model: TrainedModel<Element>, _ stream: any RowStream<Double>
  ) throws -> Evaluation {
    var evaluator = Evaluator(of: model)
    let rowsAtOnce = stream.isSparse ? evaluator.sparseRowsAtOnce : evaluator.denseRowsAtOnce
    while let block = try stream.next(rowsAtOnce) {
      try model.columns.others.checkOffsets(block.offsets, data: path)
      guard let targets = block.targets else { fatalError("a stream without targets") }
      if let sparse = block.sparse {
        evaluator.add(sparse, targets, weights: block.weights, offsets: block.offsets)
      } else {
        evaluator.add(block.features, targets, weights: block.weights, offsets: block.offsets)
      }
    }
    return evaluator.evaluation
  }
}

extension TrainedModel {
  /// Measures by rows of a file, which are all looked at first.
  func evaluation(on rows: Dataset, data: String) throws -> Evaluation {
    guard rows.rows > 0 else { throw Failure(.badData, "\(data): no rows to measure by") }
    try rows.checkFinite(data)
    try rows.checkRowNumbers(file: data)
    try columns.others.checkOffsets(rows.offsets, data: data)
    do throws(TargetError) { try loss.check(rows.targets, columns: architecture.outputs) } catch {
      throw Failure(.badData, "\(data): \(error)")
    }
    let evaluation = evaluate(on: rows, loss: loss)
    if let failure = rows.features.failure { throw Failure(failure) }
    return evaluation
  }
}

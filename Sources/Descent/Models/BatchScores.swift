internal import LinearAlgebra

/// The scores of a batch, block by block, large batches on all cores.
///
/// The blocks follow from the shape alone, so that the bits do not depend on who scores them.
struct BatchScores<Element: Scalar>: Sendable {
  private let model: TrainedModel<Element>
  private let batch: Matrix<Element>
  private let outputs: Int
  private let blockRows: Int
  /// Rows that a thread takes at a time.
  private let taskRows: Int

  /// Fewer operations than this, some 50 µs, are not worth waking a thread.
  private static var fewOperations: Int { 2_000_000 }

  init(of batch: Matrix<Element>, by model: TrainedModel<Element>) {
    (self.batch, self.model) = (batch, model)
    outputs = model.architecture.outputs
    blockRows =
      Lanes(
        rows: batch.rows, columns: batch.columns, outputs: outputs, elementSize: MemoryLayout<Element>.size,
        parameterBytes: 0
      ).blockRows
    taskRows = outputs <= mostSkinnyOutputs ? 4 * blockRows : blockRows
  }

  /// Writes `[rows, outputs]`.
  func write(to scores: UnsafeMutableBufferPointer<Element>) {
    nonisolated(unsafe) let scores = scores  // each task writes the rows that are its own
    let rows = batch.rows
    let tasks = (rows + taskRows - 1) / taskRows
    let isLarge = rows * batch.columns * outputs >= Self.fewOperations
    SharedPool.cores.run(tasks, alone: !isLarge) { task in
      let end = min((task + 1) * taskRows, rows)
      for start in stride(from: task * taskRows, to: end, by: blockRows) {
        let range = start..<min(start + blockRows, end)
        let part = scores[range.lowerBound * outputs..<range.upperBound * outputs]
        score(range, end: end, into: UnsafeMutableBufferPointer(rebasing: part))
      }
    }
  }

  /// Scores one block; the next one, if it begins before `end`, is fetched meanwhile.
  private func score(_ range: Range<Int>, end: Int, into scores: UnsafeMutableBufferPointer<Element>) {
    let next = range.upperBound..<min(range.upperBound + range.count, end)
    let block = FeatureBlock(
      rows: range.count, columns: batch.columns, .elements(batch.rows(range).elements),
      next: next.isEmpty ? nil : .elements(batch.rows(next).elements))
    let parameters = model.parameters
    var target = scores.mutableSpan
    if let linear = model.architecture as? LinearModel {
      block.multiply(
        weights: parameters.span.extracting(linear.weights),
        biases: parameters.span.extracting(linear.biases), outputs: outputs, into: &target)
    } else {
      var workspace = model.architecture.workspace(rows: range.count, of: Element.self)
      model.architecture.forward(block, parameters: parameters.span, workspace: &workspace)
      _ = scores.update(fromContentsOf: workspace.scores[..<scores.count])
    }
  }
}

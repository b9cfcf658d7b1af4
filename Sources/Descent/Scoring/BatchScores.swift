internal import LinearAlgebra

/// The scores of a batch, block by block, large batches on all cores.
///
/// The blocks follow from the shape alone, so that the bits do not depend on who scores them.
struct BatchScores<Element: KernelScalar>: Sendable {
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
    let width = model.architecture.featureOutputs
    let cut = Lanes(
      rows: batch.rows, columns: batch.columns, areSkinny: width <= mostSkinnyOutputs,
      elementSize: MemoryLayout<Element>.size, parameterBytes: 0)
    // With many outputs 32 rows are work enough for a thread, and few enough to go without packing; where each thread
    // gets hundreds and the weights fill more than a second-level cache, packing pays. 60 are whole tiles of the kernels.
    let areNear = width * batch.columns * MemoryLayout<Element>.size <= 512 << 10
    let wide = batch.rows < 1024 ? 32 : areNear ? 60 : 256
    (blockRows, taskRows) = width <= mostSkinnyOutputs ? (cut.blockRows, 4 * cut.blockRows) : (wide, wide)
  }

  /// Writes `[rows, outputs]`.
  func write(to scores: UnsafeMutableBufferPointer<Element>) {
    nonisolated(unsafe) let scores = scores  // each task writes the rows that are its own
    let rows = batch.rows
    let tasks = (rows + taskRows - 1) / taskRows
    let isLarge = 2 * rows * model.parameters.count >= Self.fewOperations
    SharedPool.cores.run(tasks, alone: !isLarge) { task in
      let end = min((task + 1) * taskRows, rows)
      for start in stride(from: task * taskRows, to: end, by: blockRows) {
        let range = start..<min(start + blockRows, end)
        let part = scores[range.lowerBound * outputs..<range.upperBound * outputs]
        score(range, end: end, into: UnsafeMutableBufferPointer(rebasing: part))
      }
    }
  }

  /// Scores one block; what follows it before row `end` is what comes next.
  private func score(_ range: Range<Int>, end: Int, into scores: UnsafeMutableBufferPointer<Element>) {
    let (features, parameters) = (batch.rows(range.lowerBound..<end).elements, model.weights)
    var target = scores.mutableSpan
    model.architecture.score(features.span, rows: range.count, parameters: parameters.span, into: &target)
  }
}

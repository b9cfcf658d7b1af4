internal import LinearAlgebra

/// The gradient of a batch's mean loss, on several threads.
///
/// A batch is cut into slices of rows. Each goes through the model by itself, with buffers of its own, and the slices'
/// gradients are summed in order, a range of parameters a task. The cut depends on the shape of batch and model alone,
/// so the bits do not depend on the number of threads. Once warm it allocates nothing.
final class BatchGradient<Element: Scalar> {
  private let objective: DataObjective<Element>
  private let features: any FeatureStorage
  private let slices: [Slice<Element>]
  private let seed: UInt64
  /// Parameters that a task sums up.
  private static var chunk: Int { 16_384 }

  init(_ objective: DataObjective<Element>, batchSize: Int, seed: UInt64) {
    (self.objective, self.seed) = (objective, seed)
    features = objective.scaledFeatures
    let rows = min(batchSize, objective.rows)
    let parameters = objective.count
    // The last batch of an epoch is shorter, and its slices may be fewer and longer.
    let most = [rows, objective.rows % max(1, rows)].map { rows in
      let count = Self.slices(rows: rows, parameters: parameters)
      return (rows + count - 1) / count
    }.max()!
    slices = (0..<Self.slices(rows: rows, parameters: parameters)).map { _ in
      Slice(objective.model, rows: most, parameters: parameters)
    }
  }

  /// How many slices a batch is worth: each wants rows enough to fill the products' blocks, and 2 MFLOP, some tens
  /// of microseconds, against the few that the meeting of threads costs.
  static func slices(rows: Int, parameters: Int) -> Int {
    max(1, min(rows / 64, 4 * rows * parameters / 2_000_000, 16))
  }

  /// Computes the gradient of the batch of the rows at `order[batch]`, and returns the sum of their losses.
  func evaluate(
    _ order: [Int], _ batch: Range<Int>, targets: Targets, at parameters: [Element], step: Int
  ) -> Double {
    let count = min(slices.count, Self.slices(rows: batch.count, parameters: objective.count))
    let scale = 1 / Element(batch.count)
    let (loss, columns) = (objective.loss, objective.model.outputs)
    objective.pool.run(count) { [slices, features, seed] number, _ in
      let from = batch.count * number / count
      let rows = from..<batch.count * (number + 1) / count
      let range = batch.lowerBound + rows.lowerBound..<batch.lowerBound + rows.upperBound
      slices[number].run(
        range, of: features, at: order, parameters,
        BatchRandomness(seed: seed, step: step, firstRow: from), scale: scale
      ) { _, scores in
        loss.evaluate(&scores, columns: columns, targets: targets[rows])
      }
    }
    sum(count)
    return slices[..<count].reduce(0) { $0 + $1.loss }
  }

  /// The gradient computed last, to be read and changed.
  func update<Result>(_ range: Range<Int>, _ body: (inout MutableSpan<Element>) -> Result) -> Result {
    slices[0].gradient.update(range, body)
  }

  func read<Result>(_ body: (Span<Element>) -> Result) -> Result {
    slices[0].gradient.read(0..<objective.count, body)
  }

  private func sum(_ count: Int) {
    guard count > 1 else { return }
    let parameters = objective.count
    objective.pool.run((parameters + Self.chunk - 1) / Self.chunk) { [slices] task, _ in
      let range = task * Self.chunk..<min((task + 1) * Self.chunk, parameters)
      for slice in slices[1..<count] {
        slice.gradient.read(range) { share in
          slices[0].gradient.update(range) { axpy(1, share, into: &$0) }
        }
      }
    }
  }
}

/// Rows of a batch that go through the model together. One thread at a time has it.
private final class Slice<Element: Scalar>: @unchecked Sendable {
  let gradient: RowBuffer<Element>
  private let block: BlockRun<Element>
  private(set) var loss = 0.0

  init(_ model: any Model, rows: Int, parameters: Int) {
    block = BlockRun(model: model, rows: rows)
    gradient = RowBuffer(rows: parameters, columns: 1)
  }

  func run(
    _ range: Range<Int>, of features: any FeatureStorage, at order: [Int], _ parameters: [Element],
    _ randomness: BatchRandomness, scale: Element, _ middle: Pass<Element>.Middle
  ) {
    block.load(at: order, range, of: features)
    block.draw(from: randomness)
    block.forward(parameters)
    loss = block.apply(range, middle)
    gradient.update(0..<gradient.rows) { sum in
      sum.update(repeating: 0)
      block.backward(parameters, scale: scale, into: &sum)
    }
  }
}

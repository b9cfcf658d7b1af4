internal import LinearAlgebra

/// Loss and gradient of one batch of rows after the other.
///
/// A batch is cut into lanes, which the threads run, and a lane into blocks that stay in the cache while their
/// rows are gathered and go through both products. The cut follows from the shape alone, and the lanes are
/// summed up in order, a range of parameters a task, so that the bits do not depend on the number of threads. A batch
/// that is done in less time than threads need to meet stays on one. Once warm it allocates nothing.
final class BatchPass<Element: KernelScalar> {
  private let objective: DataObjective<Element>
  private let features: any FeatureStorage
  private let lanes: [BatchLane<Element>]
  private let blockRows: Int
  private let seed: UInt64
  /// Fewer operations than this, some 10 µs, are not worth waking a thread.
  private static var fewOperations: Int { 500_000 }
  /// Parameters that a task sums up.
  private static var chunk: Int { 16_384 }

  /// - Parameters:
  ///   - rows: of a batch, at the most.
  ///   - seed: of what random layers draw.
  init(over objective: DataObjective<Element>, rows: Int, seed: UInt64) {
    (self.objective, self.seed) = (objective, seed)
    features = objective.scaledFeatures
    let (model, size) = (objective.model, MemoryLayout<Element>.size)
    let parameterBytes = objective.count * size
    let cut = Lanes(
      rows: rows, columns: model.inputs, areSkinny: model.featureOutputs <= mostSkinnyOutputs,
      elementSize: size, parameterBytes: 0)
    // As many lanes as have a block's rows each. Summing up must stay cheap: 256 kB of gradients, or a small share of
    // what 64 rows cost.
    let affordable = max(rows / 64, (256 << 10) / max(1, parameterBytes))
    let count = max(1, min(8, affordable, rows / 32))
    let blockRows = min(cut.blockRows, (rows + count - 1) / count)
    self.blockRows = blockRows
    lanes = (0..<count).map { _ in
      BatchLane(
        block: BlockRun(model: model, rows: blockRows), gradient: RowBuffer(rows: objective.count, columns: 1)
      )
    }
  }

  /// The sum of the losses of the rows at `indices[batch]`. Their mean's gradient is left in the lanes, for ``reduce(_:)``.
  ///
  /// - Parameters:
  ///   - rowLoss: of the rows at `indices`, in that order.
  ///   - step: the number of the step in its training.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func run(
    at indices: [Int], _ batch: Range<Int>, _ rowLoss: RowLoss, _ parameters: RowBuffer<Element>, step: Int
  ) -> Double {
    let scale = 1 / Element(rowLoss.total(of: batch.count))
    let own = objective.ranks.map { self.own(of: $0.rank, among: $0) } ?? 0..<lanes.count
    forEach(own.count, operations: 4 * batch.count * objective.count) {
      [lanes, features, blockRows, seed] task in
      let number = own.lowerBound + task
      let lane = lanes[number]
      lane.clear()
      let (first, count) = (batch.lowerBound, batch.count)
      let rows = first + count * number / lanes.count..<first + count * (number + 1) / lanes.count
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: blockRows) {
        let range = start..<min(start + blockRows, rows.upperBound)
        lane.block.load(at: indices, range, of: features)
        lane.block.draw(from: BatchRandomness(seed: seed, step: step, firstRow: start - first))
        parameters.read(0..<parameters.rows) { lane.block.forward($0) }
        lane.loss += lane.block.apply(range) { rowLoss.evaluate($0, &$1) }
        parameters.read(0..<parameters.rows) { lane.addGradient($0, scale: scale) }
      }
    }
    if let ranks = objective.ranks { exchange(among: ranks) }
    return lanes.reduce(0) { $0 + $1.loss }
  }

  /// The lanes that a rank goes over.
  private func own(of rank: Int, among ranks: Ranks) -> Range<Int> {
    lanes.count * rank / ranks.count..<lanes.count * (rank + 1) / ranks.count
  }

  /// Brings the lanes of other ranks here: their sum has an order of its own.
  private func exchange(among ranks: Ranks) {
    let bytes = objective.count * MemoryLayout<Element>.stride
    let size = 8 + (bytes + 7) / 8 * 8
    let parts = (0..<ranks.count).map { own(of: $0, among: ranks) }
    ranks.exchange(parts.map { $0.count * size }) { room in
      for (i, lane) in lanes[parts[ranks.rank]].enumerated() {
        room.storeBytes(of: lane.loss, toByteOffset: i * size, as: Double.self)
        lane.gradient.read(0..<objective.count) { numbers in
          numbers.withUnsafeBytes { room[(i * size + 8)...].copyBytes(from: $0) }
        }
      }
    } take: { rank, all in
      guard rank != ranks.rank else { return }
      for (i, lane) in lanes[parts[rank]].enumerated() {
        lane.loss = all.load(fromByteOffset: i * size, as: Double.self)
        lane.gradient.update(0..<objective.count) { numbers in
          numbers.withUnsafeMutableBytes { $0.copyBytes(from: all[(i * size + 8)..<(i * size + 8 + bytes)]) }
        }
      }
    }
  }

  /// A range of the parameters, which one thread at a time works on, and its number.
  typealias ChunkBody =
    @Sendable (_ number: Int, _ chunk: Range<Int>, _ gradient: inout MutableSpan<Element>) -> Void

  /// The ranges that ``reduce(_:)`` hands out.
  static func chunks(_ parameters: Int) -> [Range<Int>] {
    stride(from: 0, to: parameters, by: chunk).map { $0..<min($0 + chunk, parameters) }
  }

  /// Sums the lanes' gradients up, chunk by chunk, and hands each chunk of the sum to `body` while it is in the cache.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func reduce(_ body: ChunkBody) {
    forEachChunk { [lanes] number, range, gradient in
      for lane in lanes.dropFirst() { lane.gradient.read(range) { axpy(1, $0, into: &gradient) } }
      body(number, range, &gradient)
    }
  }

  /// Hands each chunk of the gradient to `body`, once it is summed up.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func forEachChunk(_ body: ChunkBody) {
    let chunks = Self.chunks(objective.count)
    // An addition waits for memory as long as some ten operations take.
    forEach(chunks.count, operations: 10 * objective.count * (lanes.count + 1)) { [lanes] number in
      lanes[0].gradient.update(chunks[number]) { body(number, chunks[number], &$0) }
    }
  }

  /// The gradient, once it is summed up.
  func read<Result>(_ body: (Span<Element>) -> Result) -> Result {
    lanes[0].gradient.read(0..<objective.count, body)
  }

  /// The same, to add to it.
  func update(_ body: (inout MutableSpan<Element>) -> Void) {
    lanes[0].gradient.update(0..<objective.count, body)
  }

  private func forEach(_ tasks: Int, operations: Int, _ body: @Sendable (Int) -> Void) {
    if operations < Self.fewOperations {
      for task in 0..<tasks { body(task) }
    } else {
      objective.pool.run(tasks) { task, _ in body(task) }
    }
  }
}

/// A lane's share of a batch. One thread at a time has it.
private final class BatchLane<Element: KernelScalar>: @unchecked Sendable {
  let block: BlockRun<Element>
  let gradient: RowBuffer<Element>
  var loss = 0.0

  init(block: BlockRun<Element>, gradient: RowBuffer<Element>) {
    (self.block, self.gradient) = (block, gradient)
  }

  func clear() {
    loss = 0
    gradient.clear()
  }

  func addGradient(_ parameters: Span<Element>, scale: Element) {
    gradient.update(0..<gradient.rows) { block.backward(parameters, scale: scale, into: &$0) }
  }
}

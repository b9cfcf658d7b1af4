internal import LinearAlgebra

/// Loss and gradient of one batch of rows after the other.
///
/// A batch is cut into lanes, which the threads run, and a lane into blocks that stay in the cache while their
/// rows are gathered and go through both products. The cut follows from the shape alone, and the lanes are
/// summed up in order, so that the bits do not depend on the number of threads.
final class BatchPass<Element: Scalar> {
  private let objective: DataObjective<Element>
  private let features: any FeatureStorage
  private let lanes: [BatchLane<Element>]
  private let blockRows: Int

  /// - Parameter rows: of a batch, at the most.
  init(over objective: DataObjective<Element>, rows: Int) {
    self.objective = objective
    features = objective.scaledFeatures
    let (model, size) = (objective.model, MemoryLayout<Element>.size)
    let parameterBytes = objective.count * size
    let cut = Lanes(
      rows: rows, columns: model.inputs, outputs: model.outputs, elementSize: size, parameterBytes: 0)
    // As many lanes as have a block's rows each. Summing up must stay cheap: 256 kB of gradients, or two.
    let affordable = max(2, (256 << 10) / max(1, parameterBytes))
    let count = max(1, min(8, affordable, rows / 32))
    let blockRows = min(cut.blockRows, (rows + count - 1) / count)
    self.blockRows = blockRows
    lanes = (0..<count).map { _ in
      BatchLane(
        block: BlockRun(model: model, rows: blockRows), gradient: Array(repeating: 0, count: objective.count))
    }
  }

  /// The sum of the losses of the rows at `indices[batch]`, whose targets are given; gradient ← the gradient of
  /// their mean.
  func run(
    at indices: [Int], _ batch: Range<Int>, targets: Targets, _ parameters: [Element],
    gradient: inout [Element]
  ) -> Double {
    let (loss, columns) = (objective.loss, objective.model.outputs)
    objective.pool.run(lanes.count) { [lanes, features, blockRows] number, _ in
      let lane = lanes[number]
      lane.clear()
      let (first, count) = (batch.lowerBound, batch.count)
      let rows = first + count * number / lanes.count..<first + count * (number + 1) / lanes.count
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: blockRows) {
        let range = start..<min(start + blockRows, rows.upperBound)
        let own = targets[range.lowerBound - first..<range.upperBound - first]
        lane.block.load(at: indices, range, of: features)
        lane.block.forward(parameters)
        lane.loss += lane.block.apply(range) { _, scores in
          loss.evaluate(&scores, columns: columns, targets: own)
        }
        lane.block.backward(parameters, scale: 1 / Element(count), gradient: &lane.gradient)
      }
    }
    for lane in lanes.dropFirst() { lanes[0].add(lane) }
    swap(&gradient, &lanes[0].gradient)
    return lanes.reduce(0) { $0 + $1.loss }
  }
}

/// A lane's share of a batch. One thread at a time has it.
private final class BatchLane<Element: Scalar>: @unchecked Sendable {
  let block: BlockRun<Element>
  var gradient: [Element]
  var loss = 0.0

  init(block: BlockRun<Element>, gradient: [Element]) { (self.block, self.gradient) = (block, gradient) }

  func clear() {
    loss = 0
    gradient.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
  }

  func add(_ other: BatchLane) { add(other.gradient, to: &gradient) }

  private func add(_ share: [Element], to total: inout [Element]) {
    var total = total.mutableSpan
    axpy(1, share.span, into: &total)
  }
}

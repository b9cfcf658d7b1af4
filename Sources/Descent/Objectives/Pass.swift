internal import LinearAlgebra

/// A walk over rows, block by block, on all threads: scores, something done to them, and back.
///
/// What is done to the scores of a block is the caller's: a loss and its gradient, or the product with a
/// Hessian. The walk's sums do not depend on the number of threads (see ``Lanes`` and ``Reduction``). Once warm it allocates
/// nothing. One caller at a time.
final class Pass<Element: KernelScalar> {
  /// Overwrites the scores `[rows.count, outputs]` of a block, for the way back, and returns what is summed up.
  typealias Middle = @Sendable (_ rows: Range<Int>, _ scores: inout MutableSpan<Element>) -> Double

  let source: RowSource
  let model: any Model
  let pool: ThreadPool
  let lanes: Lanes
  /// Which rows each rank has; nil where all are gone over here.
  let share: RowShare?
  /// The lanes that are gone over here.
  private let walked: Range<Int>
  private let reduction: Reduction<Element>
  private let blocks: [BlockRun<Element>]
  /// A copy of the parameters that the products read, in memory that suits them.
  private let parameters: RowBuffer<Element>
  /// Instead of blocks, for a linear model of many classes on sparse rows.
  private let sparse: SparseProducts<Element>?
  /// Walks made so far, there and back; one way counts half. What of them a run has made says its ``PassCount``.
  private(set) var made = 0.0

  init(_ model: any Model, over source: RowSource, pool: ThreadPool) {
    require(
      source.features.columns == model.inputs, "\(source.features.columns) features for \(model.inputs)")
    (self.model, self.source, self.pool) = (model, source, pool)
    let rows = source.indices == nil ? source.features as? SparseStorage : nil
    let lanes = Lanes(model, rows: source.rows, sparse: rows, of: Element.self)
    let count = lanes.hasGradients ? model.layout.count : 0
    self.lanes = lanes
    // A pass through another model than that of the training may be cut otherwise.
    let share = source.share.flatMap { $0.suits(lanes) ? $0 : nil }
    self.share = share
    walked = share?.walked(lanes) ?? 0..<lanes.count
    reduction = Reduction(
      lanes: lanes.count, parameters: count, among: share.map { RankLanes($0, lanes) })
    parameters = RowBuffer(rows: count, columns: 1)
    if !lanes.hasGradients, let rows, let linear = model as? LinearModel {
      sparse = SparseProducts(rows, linear, blockRows: lanes.blockRows, pool: pool, share: share)
      blocks = []
      return
    }
    sparse = nil
    blocks = (0..<pool.threads).map { _ in BlockRun(model: model, rows: lanes.blockRows) }
  }

  var rows: Int { source.rows }

  /// Room for numbers of the rows that are gone over.
  func buffer(columns: Int) -> RowBuffer<Element> { RowBuffer(rows: rows, columns: columns, share: share) }

  /// Of numbers of all rows those of the rows that are gone over.
  func part(_ whole: RowBuffer<Element>) -> RowBuffer<Element> { whole.part(of: share) }

  /// There and back: returns the sum of what `middle` returns; gradient ← scale · Σ ∂(scores·slopes)/∂parameters,
  /// where the slopes are what `middle` left of the scores.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func run(
    _ parameters: [Element], scale: Element, gradient: inout [Element], _ work: RowWork<Element>
  ) -> Double {
    let (middle, parameters) = (work.body, folded(parameters))
    reduction.note(parameters)
    if let sparse {
      sparse.load(parameters)
      let outputs = model.outputs
      forEachRange { range, share, thread in
        if share.sums.isEmpty { share.sums = Array(repeating: 0, count: outputs) }
        share.sum += sparse.score(range, thread: thread) { middle(range, &$0) }
        sparse.keep(range, thread: thread, addingTo: &share.sums)
      }
      made += 1
      return finish(sparse, scale: scale, &gradient)
    }
    self.parameters.all = parameters
    forEachBlock { [source] block, parameters, range, share in
      block.load(range, of: source, ways: 2)
      block.forward(parameters)
      share.sum += block.apply(range, middle)
      share.addGradient(of: block, parameters, scale: scale)
    }
    made += 1
    return takeSum(&gradient)
  }

  /// There only.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func forward(_ parameters: [Element], _ work: RowWork<Element>) -> Double {
    let (middle, parameters) = (work.body, folded(parameters))
    reduction.note(parameters)
    if let sparse {
      sparse.load(parameters)
      forEachRange { range, share, thread in
        share.sum += sparse.score(range, thread: thread) { middle(range, &$0) }
      }
    } else {
      self.parameters.all = parameters
      forEachBlock { [source] block, parameters, range, share in
        block.load(range, of: source, ways: 1)
        block.forward(parameters)
        share.sum += block.apply(range, middle)
      }
    }
    made += 0.5
    return reduction.sum
  }

  /// Back only, for a linear model: `fill` writes the slopes.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func backward(scale: Element, gradient: inout [Element], _ work: RowWork<Element>) -> Double {
    let fill = work.body
    if let sparse {
      let outputs = model.outputs
      forEachRange { range, share, thread in
        if share.sums.isEmpty { share.sums = Array(repeating: 0, count: outputs) }
        share.sum += sparse.fill(range, thread: thread) { fill(range, &$0) }
        sparse.keep(range, thread: thread, addingTo: &share.sums)
      }
      made += 0.5
      return finish(sparse, scale: scale, &gradient)
    }
    forEachBlock { [source] block, unused, range, share in
      block.load(range, of: source, ways: 1)
      share.sum += block.apply(range, fill)
      share.addGradient(of: block, unused, scale: scale)
    }
    made += 0.5
    return takeSum(&gradient)
  }

  /// Neither: something done to the rows of buffers, block by block.
  func sweep(_ body: @Sendable (_ rows: Range<Int>) -> Double) -> Double {
    forEachRange { range, share, _ in share.sum += body(range) }
    return reduction.sum
  }

  /// The same, summing up `count` numbers: `body` adds its block's to the array.
  func sweep(
    summing count: Int, _ body: @Sendable (_ rows: Range<Int>, _ sums: inout [Double]) -> Void
  ) -> [Double] {
    forEachRange { range, share, _ in
      if share.sums.count != count { share.sums = Array(repeating: 0, count: count) }
      body(range, &share.sums)
    }
    return reduction.sums(count)
  }

  /// The way back from slopes that are kept, the lanes' sums of them in order; returns the sum of the losses.
  private func finish(
    _ sparse: SparseProducts<Element>, scale: Element, _ gradient: inout [Element]
  ) -> Double {
    sparse.writeGradient(scale: scale, biasSums: reduction.sums(model.outputs), to: &gradient)
    if source.scaling != .none { gradient = model.unfolding(source.scaling, gradient: gradient) }
    return reduction.sum
  }

  private func forEachBlock(
    _ body: @Sendable (BlockRun<Element>, Span<Element>, Range<Int>, LaneShare<Element>) -> Void
  ) {
    forEachRange { [blocks, parameters] range, share, thread in
      parameters.read(0..<parameters.rows) { body(blocks[thread], $0, range, share) }
    }
  }

  private func forEachRange(_ body: @Sendable (Range<Int>, LaneShare<Element>, Int) -> Void) {
    pool.run(walked.count) { [lanes, walked, reduction] task, thread in
      let lane = walked.lowerBound + task
      let share = reduction.shares[lane]
      share.clear()
      let rows = lanes.rows(ofLane: lane)
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: lanes.blockRows) {
        body(start..<min(start + lanes.blockRows, rows.upperBound), share, thread)
      }
      if share.hasGradient { reduction.join(lane) }
    }
  }

  /// The data lie unscaled: scaling the parameters instead costs nothing a row.
  private func folded(_ parameters: [Element]) -> [Element] {
    source.scaling == .none ? parameters : model.folding(source.scaling, into: parameters)
  }

  /// gradient ← the sum of the lanes' gradients, by the parameters before folding. Returns the sum of the losses.
  private func takeSum(_ gradient: inout [Element]) -> Double {
    let (loss, sum) = reduction.addUp()
    gradient = source.scaling == .none ? sum : model.unfolding(source.scaling, gradient: sum)
    return loss
  }
}

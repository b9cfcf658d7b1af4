internal import LinearAlgebra

/// A walk over rows, block by block, on all threads: scores, something done to them, and back.
///
/// What is done to the scores of a block is the caller's: a loss and its gradient, or the product with a
/// Hessian. The walk's sums do not depend on the number of threads (see ``Lanes``). Once warm it allocates
/// nothing. One caller at a time.
final class Pass<Element: KernelScalar> {
  /// Overwrites the scores `[rows.count, outputs]` of a block, for the way back, and returns what is summed up.
  typealias Middle = @Sendable (_ rows: Range<Int>, _ scores: inout MutableSpan<Element>) -> Double

  let source: RowSource
  let model: any Model
  let pool: ThreadPool
  let lanes: Lanes
  private let runs: [LaneRun<Element>]
  private let blocks: [BlockRun<Element>]
  /// A copy of the parameters that the products read, in memory that suits them.
  private let parameters: RowBuffer<Element>
  /// Instead of blocks, for a linear model on sparse rows.
  private let sparse: SparseProducts<Element>?
  /// Walks made so far, there and back; one way counts half. What of them a run has made says its ``PassCount``.
  private(set) var made = 0.0

  init(_ model: any Model, over source: RowSource, pool: ThreadPool) {
    require(
      source.features.columns == model.inputs, "\(source.features.columns) features for \(model.inputs)")
    (self.model, self.source, self.pool) = (model, source, pool)
    let rows = source.indices == nil ? source.features as? SparseStorage : nil
    let linear = rows == nil ? nil : model as? LinearModel
    let count = linear == nil ? model.layout.count : 0
    let lanes = Lanes(
      rows: source.rows, columns: rows?.nonzerosPerRow ?? model.inputs,
      areSkinny: model.featureOutputs <= mostSkinnyOutputs, elementSize: MemoryLayout<Element>.size,
      parameterBytes: count * MemoryLayout<Element>.size)
    self.lanes = lanes
    runs = (0..<lanes.count).map { _ in LaneRun(parameters: count) }
    parameters = RowBuffer(rows: count, columns: 1)
    if let rows, let linear {
      sparse = SparseProducts(rows, linear, blockRows: lanes.blockRows, pool: pool)
      blocks = []
      return
    }
    sparse = nil
    blocks = (0..<pool.threads).map { _ in BlockRun(model: model, rows: lanes.blockRows) }
  }

  var rows: Int { source.rows }

  /// There and back: returns the sum of what `middle` returns; gradient ← scale · Σ ∂(scores·slopes)/∂parameters,
  /// where the slopes are what `middle` left of the scores.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func run(
    _ parameters: [Element], scale: Element, gradient: inout [Element], _ work: RowWork<Element>
  ) -> Double {
    let (middle, parameters) = (work.body, folded(parameters))
    if let sparse {
      sparse.load(parameters)
      let outputs = model.outputs
      forEachRange { range, run, thread in
        if run.sums.isEmpty { run.sums = Array(repeating: 0, count: outputs) }
        run.sum += sparse.score(range, thread: thread) { middle(range, &$0) }
        sparse.keep(range, thread: thread, addingTo: &run.sums)
      }
      made += 1
      return finish(sparse, scale: scale, &gradient)
    }
    self.parameters.all = parameters
    forEachBlock { [source] block, parameters, range, run in
      block.load(range, of: source, ways: 2)
      block.forward(parameters)
      run.sum += block.apply(range, middle)
      run.addGradient(of: block, parameters, scale: scale)
    }
    made += 1
    takeSum(&gradient)
    return runs[0].sum
  }

  /// There only.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func forward(_ parameters: [Element], _ work: RowWork<Element>) -> Double {
    let (middle, parameters) = (work.body, folded(parameters))
    if let sparse {
      sparse.load(parameters)
      forEachRange { range, run, thread in
        run.sum += sparse.score(range, thread: thread) { middle(range, &$0) }
      }
    } else {
      self.parameters.all = parameters
      forEachBlock { [source] block, parameters, range, run in
        block.load(range, of: source, ways: 1)
        block.forward(parameters)
        run.sum += block.apply(range, middle)
      }
    }
    made += 0.5
    return runs.reduce(0) { $0 + $1.sum }
  }

  /// Back only, for a linear model: `fill` writes the slopes.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func backward(scale: Element, gradient: inout [Element], _ work: RowWork<Element>) -> Double {
    let fill = work.body
    if let sparse {
      let outputs = model.outputs
      forEachRange { range, run, thread in
        if run.sums.isEmpty { run.sums = Array(repeating: 0, count: outputs) }
        run.sum += sparse.fill(range, thread: thread) { fill(range, &$0) }
        sparse.keep(range, thread: thread, addingTo: &run.sums)
      }
      made += 0.5
      return finish(sparse, scale: scale, &gradient)
    }
    forEachBlock { [source] block, unused, range, run in
      block.load(range, of: source, ways: 1)
      run.sum += block.apply(range, fill)
      run.addGradient(of: block, unused, scale: scale)
    }
    made += 0.5
    takeSum(&gradient)
    return runs[0].sum
  }

  /// Neither: something done to the rows of buffers, block by block.
  func sweep(_ body: @Sendable (_ rows: Range<Int>) -> Double) -> Double {
    forEachRange { range, run, _ in run.sum += body(range) }
    return runs.reduce(0) { $0 + $1.sum }
  }

  /// The same, summing up `count` numbers: `body` adds its block's to the array.
  func sweep(
    summing count: Int, _ body: @Sendable (_ rows: Range<Int>, _ sums: inout [Double]) -> Void
  ) -> [Double] {
    forEachRange { range, run, _ in
      if run.sums.count != count { run.sums = Array(repeating: 0, count: count) }
      body(range, &run.sums)
    }
    return runs.reduce(into: [Double](repeating: 0, count: count)) { total, run in
      for i in 0..<count { total[i] += run.sums[i] }
    }
  }

  /// The way back from slopes that are kept, the lanes' sums of them in order; returns the sum of the losses.
  private func finish(
    _ sparse: SparseProducts<Element>, scale: Element, _ gradient: inout [Element]
  ) -> Double {
    let sums = runs.reduce(into: [Double](repeating: 0, count: model.outputs)) { total, run in
      for c in run.sums.indices { total[c] += run.sums[c] }
    }
    sparse.writeGradient(scale: scale, biasSums: sums, to: &gradient)
    if source.scaling != .none { gradient = model.unfolding(source.scaling, gradient: gradient) }
    return runs.reduce(0) { $0 + $1.sum }
  }

  private func forEachBlock(
    _ body: @Sendable (BlockRun<Element>, Span<Element>, Range<Int>, LaneRun<Element>) -> Void
  ) {
    forEachRange { [blocks, parameters] range, run, thread in
      parameters.read(0..<parameters.rows) { body(blocks[thread], $0, range, run) }
    }
  }

  private func forEachRange(_ body: @Sendable (Range<Int>, LaneRun<Element>, Int) -> Void) {
    pool.run(lanes.count) { [lanes, runs] lane, thread in
      let run = runs[lane]
      run.clear()
      let rows = lanes.rows(ofLane: lane)
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: lanes.blockRows) {
        body(start..<min(start + lanes.blockRows, rows.upperBound), run, thread)
      }
    }
  }

  /// The data lie unscaled: scaling the parameters instead costs nothing a row.
  private func folded(_ parameters: [Element]) -> [Element] {
    source.scaling == .none ? parameters : model.folding(source.scaling, into: parameters)
  }

  /// gradient ← the sum of the lanes' gradients, by the parameters before folding.
  private func takeSum(_ gradient: inout [Element]) {
    sumLanes()
    let sum = runs[0].gradient.all
    gradient = source.scaling == .none ? sum : model.unfolding(source.scaling, gradient: sum)
  }

  /// Adds the lanes up in a fixed tree, into lane 0.
  private func sumLanes() {
    var gap = 1
    while gap < lanes.count {
      let (count, step) = (lanes.count, gap)
      pool.run((count + step - 1) / (2 * step)) { [runs] pair, _ in
        let (to, from) = (2 * step * pair, 2 * step * pair + step)
        if from < count { runs[to].add(runs[from]) }
      }
      gap *= 2
    }
  }
}

/// The rows of a pass: all of some features, or those at `indices`; scaled.
struct RowSource: Sendable {
  let features: any FeatureStorage
  let scaling: Scaling
  let indices: [Int]?

  init(_ features: any FeatureStorage, scaling: Scaling = .none, at indices: [Int]? = nil) {
    (self.features, self.scaling, self.indices) = (features, scaling, indices)
  }

  var rows: Int { indices?.count ?? features.rows }
}

/// A lane's share of the sums. One thread at a time has it.
private final class LaneRun<Element: KernelScalar>: @unchecked Sendable {
  let gradient: RowBuffer<Element>
  var sum = 0.0
  var sums: [Double] = []

  init(parameters: Int) { gradient = RowBuffer(rows: parameters, columns: 1) }

  func clear() {
    sum = 0
    sums = []
    gradient.clear()
  }

  func addGradient(of block: BlockRun<Element>, _ parameters: Span<Element>, scale: Element) {
    gradient.update(0..<gradient.rows) { block.backward(parameters, scale: scale, into: &$0) }
  }

  func add(_ other: LaneRun) {
    sum += other.sum
    gradient.update(0..<gradient.rows) { total in
      other.gradient.read(0..<gradient.rows) { axpy(1, $0, into: &total) }
    }
  }
}

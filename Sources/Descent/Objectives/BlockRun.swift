internal import LinearAlgebra

/// One block of rows on its way through a model, with the buffers it needs. One thread at a time has it.
final class BlockRun<Element: KernelScalar>: @unchecked Sendable {
  private let model: any Model
  private var workspace: Workspace<Element>
  /// The block: a part of the data itself, or of `converted` or `gathered`.
  private var block: FeatureBlock<Element>
  private var converted: ArraySlice<Element> = []
  private var gathered: ArraySlice<UInt8> = []

  init(model: any Model, rows: Int) {
    self.model = model
    block = FeatureBlock(rows: 0, columns: model.inputs, .elements([]))
    workspace = model.workspace(rows: rows, of: Element.self)
  }

  /// Takes up the rows in `range`: as they lie where they are stored as `Element` or as bytes, else converted.
  ///
  /// - Parameter ways: 2 where the block goes there and back, 1 where only there or only back.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func load(_ range: Range<Int>, of source: RowSource, ways: Int) {
    if let indices = source.indices { return load(at: indices, range, of: source.features) }
    let next = range.upperBound..<min(range.upperBound + range.count, source.rows)
    let features = source.features
    if let sparse = features as? SparseStorage {
      block = FeatureBlock(sparse.block(range, as: Element.self))
    } else if let stored = features.stored(range, as: Element.self) {
      take(
        range.count, .elements(stored), next: features.stored(next, as: Element.self).map { .elements($0) },
        ways: ways)
    } else if let stored = features.storedBytes(range), model.featureOutputs <= mostSkinnyOutputs {
      take(range.count, .bytes(stored), next: features.storedBytes(next).map { .bytes($0) }, ways: ways)
    } else if model.featureOutputs <= mostSkinnyOutputs, let rows = features.inPlace(range),
      rows.kind != .doubles || Element.self == Double.self
    {
      take(range.count, .inPlace(rows), next: features.inPlace(next).map { .inPlace($0) }, ways: ways)
    } else if features.bytesAtHand, model.featureOutputs <= mostSkinnyOutputs,
      let selected = features as? SelectedStorage
    {
      gather(range, of: selected)
    } else {
      convert(range.count) { features.read(range, into: &$0) }
    }
  }

  /// Takes up the rows at `indices[range]`.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func load(at indices: [Int], _ range: Range<Int>, of features: any FeatureStorage) {
    if let sparse = features as? SparseStorage {
      block = FeatureBlock(sparse.block(at: indices.span.extracting(range), as: Element.self))
      return
    }
    convert(range.count) { features.gather(indices.span.extracting(range), into: &$0) }
  }

  /// What random layers draw from in the passes to come.
  func draw(from randomness: BatchRandomness?) { workspace.randomness = randomness }

  /// Scores of the block, into the workspace.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func forward(_ parameters: Span<Element>) {
    let block = block  // a span of a property would need all of self to stand still
    model.forward(block, parameters: parameters, workspace: &workspace)
  }

  /// Hands the scores `[rows, outputs]` to `middle`, which overwrites them by slopes.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func apply(_ range: Range<Int>, _ middle: Pass<Element>.Middle) -> Double {
    require(range.count == block.rows, "\(range.count) rows of a block of \(block.rows)")
    return Self.apply(range, middle, to: &workspace.scores, count: block.rows * model.outputs)
  }

  /// gradient ← gradient + scale · ∂(scores·slopes)/∂parameters
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func backward(_ parameters: Span<Element>, scale: Element, into sum: inout MutableSpan<Element>) {
    let block = block
    model.backward(block, parameters: parameters, workspace: &workspace, scale: scale, gradient: &sum)
  }

  private static func apply(
    _ range: Range<Int>, _ middle: Pass<Element>.Middle, to scores: inout [Element], count: Int
  ) -> Double {
    var all = scores.mutableSpan
    var used = all._mutatingExtracting(0..<count)
    return middle(range, &used)
  }

  private func take(
    _ rows: Int, _ numbers: FeatureBlock<Element>.Numbers, next: FeatureBlock<Element>.Numbers?,
    ways: Int = 1
  ) {
    block = FeatureBlock(rows: rows, columns: model.inputs, numbers, next: next, nextShare: ways)
  }

  private func gather(_ range: Range<Int>, of selected: SelectedStorage) {
    require(range.count <= workspace.rows, "\(range.count) rows in a workspace for \(workspace.rows)")
    take(0, .elements([]), next: nil)  // so that writing to what it was a part of copies nothing
    if gathered.isEmpty {
      gathered = .aligned(count: workspace.rows * model.inputs) { $0.initialize(repeating: 0) }
    }
    Self.read(range, of: selected, into: &gathered)
    take(range.count, .bytes(gathered.prefix(range.count * model.inputs)), next: nil)
  }

  private static func read(
    _ range: Range<Int>, of rows: SelectedStorage, into buffer: inout ArraySlice<UInt8>
  ) {
    var span = buffer.mutableSpan
    rows.readBytes(range, into: &span)
  }

  private func convert(_ rows: Int, _ fill: (inout MutableSpan<Element>) -> Void) {
    require(rows <= workspace.rows, "\(rows) rows in a workspace for \(workspace.rows)")
    take(0, .elements([]), next: nil)  // so that writing to what it was a part of copies nothing
    if converted.isEmpty {
      converted = .aligned(count: workspace.rows * model.inputs) { $0.initialize(repeating: 0) }
    }
    Self.fill(&converted, fill)
    take(rows, .elements(converted.prefix(rows * model.inputs)), next: nil)
  }

  private static func fill(_ buffer: inout ArraySlice<Element>, _ fill: (inout MutableSpan<Element>) -> Void)
  {
    var span = buffer.mutableSpan
    fill(&span)
  }
}

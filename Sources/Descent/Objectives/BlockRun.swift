internal import LinearAlgebra

/// One block of rows on its way through a model, with the buffers it needs. One thread at a time has it.
final class BlockRun<Element: Scalar>: @unchecked Sendable {
  private let model: any Model
  private var workspace: Workspace<Element>
  /// The block's features `[rows, inputs]`: a slice of the data itself, or of `converted`.
  private var block: ArraySlice<Element> = []
  private var rows = 0
  private var converted: [Element] = []

  init(model: any Model, rows: Int) {
    self.model = model
    workspace = model.workspace(rows: rows, of: Element.self)
  }

  /// Takes up the rows in `range`, converted where they are not stored as `Element`.
  func load(_ range: Range<Int>, of source: RowSource) {
    if let indices = source.indices {
      load(at: indices, range, of: source.features)
    } else if let stored = source.features.stored(range, as: Element.self) {
      (block, rows) = (stored, range.count)
    } else {
      reserve(range.count)
      var buffer = converted.mutableSpan
      source.features.read(range, into: &buffer)
      block = converted[...]
    }
  }

  /// Takes up the rows at `indices[range]`.
  func load(at indices: [Int], _ range: Range<Int>, of features: any FeatureStorage) {
    reserve(range.count)
    var buffer = converted.mutableSpan
    features.gather(indices.span.extracting(range), into: &buffer)
    block = converted[...]
  }

  /// Scores of the block, into the workspace.
  func forward(_ parameters: [Element]) {
    let block = block  // a span of a property would need all of self to stand still
    model.forward(block.span, rows: rows, parameters: parameters.span, workspace: &workspace)
  }

  /// Hands the scores `[rows, outputs]` to `middle`, which overwrites them by slopes.
  func apply(_ range: Range<Int>, _ middle: Pass<Element>.Middle) -> Double {
    require(range.count == rows, "\(range.count) rows of a block of \(rows)")
    return Self.apply(range, middle, to: &workspace.scores, count: rows * model.outputs)
  }

  /// gradient ← gradient + scale · ∂(scores·slopes)/∂parameters
  func backward(_ parameters: [Element], scale: Element, gradient: inout [Element]) {
    let block = block
    var sum = gradient.mutableSpan
    model.backward(
      block.span, rows: rows, parameters: parameters.span, workspace: &workspace, scale: scale, gradient: &sum
    )
  }

  private static func apply(
    _ range: Range<Int>, _ middle: Pass<Element>.Middle, to scores: inout [Element], count: Int
  ) -> Double {
    var all = scores.mutableSpan
    var used = all._mutatingExtracting(0..<count)
    return middle(range, &used)
  }

  private func reserve(_ rows: Int) {
    require(rows <= workspace.rows, "\(rows) rows in a workspace for \(workspace.rows)")
    block = []  // so that writing to what it was a slice of copies nothing
    self.rows = rows
    if converted.isEmpty { converted = Array(repeating: 0, count: workspace.rows * model.inputs) }
  }
}

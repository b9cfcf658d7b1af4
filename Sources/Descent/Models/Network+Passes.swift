internal import LinearAlgebra

// A workspace's hidden buffers: the output of each layer but the last, then ∂L/∂ of each of these, then, where the
// last layer is not affine, a copy of its output, which its derivative needs and the scores' slopes overwrite.

extension Network {
  private var last: Int { layers.count - 1 }
  private var keepsScores: Bool { !(layers[last] is Affine) }

  public func workspace<Element: KernelScalar>(rows: Int, of type: Element.Type) -> Workspace<Element> {
    let inner = widths[1..<layers.count]
    let sizes = inner + inner + (keepsScores ? [outputs] : [])
    return Workspace(
      rows: rows, outputs: outputs, hidden: sizes.map { Array(repeating: 0, count: rows * $0) })
  }

  /// 2 operations a weight and row.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func forward<Element: KernelScalar>(
    _ block: FeatureBlock<Element>, parameters: Span<Element>, workspace: inout Workspace<Element>
  ) {
    check(block, parameters, workspace)
    let rows = block.rows
    for i in 0...last {
      var output: [Element] = []
      swap(&output, &workspace[outputOf: i, last])
      var all = output.mutableSpan
      var used = all._mutatingExtracting(0..<rows * widths[i + 1])
      if i == 0 {
        first.forward(block, parameters: parameters.extracting(ranges[0]), into: &used)
      } else {
        let input = workspace.hidden[i - 1]
        layers[i].forward(
          input.span.extracting(0..<rows * widths[i]), parameters: parameters.extracting(ranges[i]),
          into: &used, at: place(i, rows, workspace))
      }
      swap(&output, &workspace[outputOf: i, last])
    }
    if keepsScores { workspace.hidden[2 * last] = workspace.scores }
  }

  /// 4 operations a weight and row; 2 in the first layer.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func backward<Element: KernelScalar>(
    _ block: FeatureBlock<Element>, parameters: Span<Element>, workspace: inout Workspace<Element>,
    scale: Element, gradient: inout MutableSpan<Element>
  ) {
    check(block, parameters, workspace)
    require(gradient.count == layout.count, "a gradient of \(gradient.count) for \(layout.count)")
    let rows = block.rows
    for i in (1..<layers.count).reversed() {
      var (slopes, inputSlopes): ([Element], [Element]) = ([], [])
      swap(&slopes, &workspace[slopesOf: i, last])
      swap(&inputSlopes, &workspace[slopesOf: i - 1, last])
      let input = workspace.hidden[i - 1]
      let output = i < last ? workspace.hidden[i] : keepsScores ? workspace.hidden[2 * last] : []
      let (from, to) = (rows * widths[i], rows * widths[i + 1])
      var allSlopes = slopes.mutableSpan
      var allInputSlopes = inputSlopes.mutableSpan
      var usedSlopes = allSlopes._mutatingExtracting(0..<to)
      var usedInputSlopes = allInputSlopes._mutatingExtracting(0..<from)
      var share = gradient._mutatingExtracting(ranges[i])
      layers[i].backward(
        slopes: &usedSlopes, inputs: input.span.extracting(0..<from),
        outputs: output.span.extracting(0..<min(to, output.count)),
        parameters: parameters.extracting(ranges[i]), into: &usedInputSlopes, scale: scale, gradient: &share,
        at: place(i, rows, workspace))
      swap(&slopes, &workspace[slopesOf: i, last])
      swap(&inputSlopes, &workspace[slopesOf: i - 1, last])
    }
    var slopes: [Element] = []
    swap(&slopes, &workspace[slopesOf: 0, last])
    var all = slopes.mutableSpan
    var used = all._mutatingExtracting(0..<rows * widths[1])
    var share = gradient._mutatingExtracting(ranges[0])
    first.backward(block, slopes: &used, scale: scale, gradient: &share)
    swap(&slopes, &workspace[slopesOf: 0, last])
  }

  private func place<Element>(_ i: Int, _ rows: Int, _ workspace: Workspace<Element>) -> LayerPlace {
    LayerPlace(rows: rows, inputs: widths[i], number: i, randomness: workspace.randomness)
  }

  private func check<Element>(
    _ block: FeatureBlock<Element>, _ parameters: Span<Element>, _ workspace: Workspace<Element>
  ) {
    require(block.rows <= workspace.rows, "\(block.rows) rows in a workspace for \(workspace.rows)")
    require(block.columns == inputs, "rows of \(block.columns) features for a model of \(inputs)")
    require(parameters.count == layout.count, "\(parameters.count) parameters for \(layout.count)")
  }
}

extension Workspace {
  /// Where layer `i` of those up to `last` puts its output.
  fileprivate subscript(outputOf i: Int, last: Int) -> [Element] {
    get { i == last ? scores : hidden[i] }
    _modify { if i == last { yield &scores } else { yield &hidden[i] } }
  }

  /// Where ∂L/∂ of that output lies.
  fileprivate subscript(slopesOf i: Int, last: Int) -> [Element] {
    get { i == last ? scores : hidden[last + i] }
    _modify { if i == last { yield &scores } else { yield &hidden[last + i] } }
  }
}

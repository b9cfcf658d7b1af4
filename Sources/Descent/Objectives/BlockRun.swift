internal import LinearAlgebra

/// One block of rows on its way through model and loss, with the buffers it needs. One thread at a time has it.
final class BlockRun<Element: Scalar>: @unchecked Sendable {
  private let model: any Model
  private var workspace: Workspace<Element>
  /// Rows that had to be converted, `[rows, inputs]`; empty until one had to.
  private var converted: [Element] = []

  init(model: any Model, rows: Int) {
    self.model = model
    workspace = model.workspace(rows: rows, of: Element.self)
  }

  /// The sum of the losses of the rows in `range`; adds scale times the sum of their gradients.
  func run(
    _ range: Range<Int>, of term: DataTerm, parameters: [Element], scale: Element, gradient: inout [Element]
  ) -> Double {
    let targets = term.targets[range]
    if let stored = term.features.stored(range, as: Element.self) {
      return run(stored, targets, loss: term.loss, parameters: parameters, scale: scale, gradient: &gradient)
    }
    reserve(range.count)
    var buffer = converted.mutableSpan
    term.features.read(range, into: &buffer)
    return run(
      converted[...], targets, loss: term.loss, parameters: parameters, scale: scale, gradient: &gradient)
  }

  /// The same for the rows at `indices`, whose targets are `targets`.
  func run(
    at indices: Span<Int>, of term: DataTerm, targets: Targets, parameters: [Element], scale: Element,
    gradient: inout [Element]
  ) -> Double {
    reserve(indices.count)
    var buffer = converted.mutableSpan
    term.features.gather(indices, into: &buffer)
    return run(
      converted[...], targets, loss: term.loss, parameters: parameters, scale: scale, gradient: &gradient)
  }

  private func reserve(_ rows: Int) {
    require(rows <= workspace.rows, "\(rows) rows in a workspace for \(workspace.rows)")
    if converted.isEmpty { converted = Array(repeating: 0, count: workspace.rows * model.inputs) }
  }

  private func run(
    _ block: ArraySlice<Element>, _ targets: Targets, loss: any Loss, parameters: [Element], scale: Element,
    gradient: inout [Element]
  ) -> Double {
    let rows = targets.rows
    model.forward(block.span, rows: rows, parameters: parameters.span, workspace: &workspace)
    var all = workspace.scores.mutableSpan
    var scores = all._mutatingExtracting(0..<rows * model.outputs)
    let value = loss.evaluate(&scores, columns: model.outputs, targets: targets)
    var sum = gradient.mutableSpan
    model.backward(
      block.span, rows: rows, parameters: parameters.span, workspace: &workspace, scale: scale, gradient: &sum
    )
    return value
  }
}

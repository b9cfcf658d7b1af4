public import LinearAlgebra

extension TrainedModel {
  /// The scores of sparse rows, `[rows, outputs]`. A row's do not depend on the rows beside it where the model is
  /// linear. 2·nonzeros·outputs operations.
  public func scores(_ rows: SparseRows<Element>) -> Matrix<Element> {
    require(rows.columns == inputs, "rows of \(rows.columns) features for a model of \(inputs)")
    var workspace = architecture.workspace(rows: rows.rows, of: Element.self)
    let parameters = parameters
    architecture.forward(FeatureBlock(rows), parameters: parameters.span, workspace: &workspace)
    return Matrix(
      rows: rows.rows, columns: architecture.outputs,
      elements: workspace.scores[..<(rows.rows * architecture.outputs)])
  }
}

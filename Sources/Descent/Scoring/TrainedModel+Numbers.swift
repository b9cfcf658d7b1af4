public import LinearAlgebra

extension TrainedModel {
  /// The numbers that a model of such predicts by scores `[rows, outputs]`: the scores, or for a loss of their logarithms
  /// exp of them, as ``Loss/link`` says.
  public func numbers(_ scores: Matrix<Element>) -> Matrix<Element> {
    guard loss.link == .logarithm, classNames.isEmpty else { return scores }
    var elements = scores.elements
    var span = elements.mutableSpan
    let count = span.count
    if count > 0 { span.withStart { Element.exp($0, count: count) } }
    return Matrix(rows: scores.rows, columns: scores.columns, elements: elements)
  }
}

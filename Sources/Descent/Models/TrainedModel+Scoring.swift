public import LinearAlgebra

extension TrainedModel {
  /// The scores of a batch of rows `[rows, features]`: `[rows, outputs]`.
  public func scores(_ batch: Matrix<Element>) -> Matrix<Element> {
    precondition(batch.columns == inputs, "rows of \(batch.columns) features for a model of \(inputs)")
    var workspace = architecture.workspace(rows: batch.rows, of: Element.self)
    architecture.forward(
      batch.elements.span, rows: batch.rows, parameters: parameters.span, workspace: &workspace)
    return Matrix(rows: batch.rows, columns: architecture.outputs, elements: workspace.scores)
  }

  /// The scores of one row.
  public func scores(_ row: [Element]) -> [Element] {
    Array(scores(Matrix(rows: 1, columns: row.count, elements: row)).elements)
  }

  /// The class of each row of a batch `[rows, features]`, by name.
  public func classify(_ batch: Matrix<Element>) -> [String] {
    classIndices(batch).map { classNames[$0] }
  }

  /// The class of one row, by name.
  public func classify(_ row: [Element]) -> String {
    classify(Matrix(rows: 1, columns: row.count, elements: row))[0]
  }

  /// The class of each row of a batch, as an index into ``classNames``.
  public func classIndices(_ batch: Matrix<Element>) -> [Int] {
    decide(scores(batch))
  }

  /// The classes that scores `[rows, outputs]` speak for: the largest of a row; of equals the first.
  public func decide(_ scores: Matrix<Element>) -> [Int] {
    precondition(classNames.count >= 2, "a model of \(classNames.count) classes does not classify")
    return scores.elements.withUnsafeBufferPointer { s in
      (0..<scores.rows).map { row in
        let start = row * scores.columns
        if scores.columns == 1 { return s[start] > 0 ? 1 : 0 }
        var best = start
        for j in start + 1..<start + scores.columns where s[j] > s[best] { best = j }
        return best - start
      }
    }
  }

  /// Scores `[rows, outputs]` as probabilities of the classes, where the model was trained to give such:
  /// softmax(s). Nil for other losses.
  public func probabilities(_ scores: Matrix<Element>) -> Matrix<Element>? {
    guard lossName == Softmax().name else { return nil }
    var result = scores
    for row in 0..<scores.rows {
      var p = result[row: row]
      var span = p.mutableSpan
      softmax(&span)
      result[row: row] = p
    }
    return result
  }
}

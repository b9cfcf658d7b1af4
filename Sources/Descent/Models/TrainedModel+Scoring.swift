internal import DescentKernels
public import LinearAlgebra

extension TrainedModel {
  /// The scores of a batch of rows `[rows, features]`: `[rows, outputs]`.
  public func scores(_ batch: Matrix<Element>) -> Matrix<Element> {
    require(batch.columns == inputs, "rows of \(batch.columns) features for a model of \(inputs)")
    var workspace = architecture.workspace(rows: batch.rows, of: Element.self)
    architecture.forward(FeatureBlock(batch), parameters: parameters.span, workspace: &workspace)
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

  /// The class of each row of a data set's features, by name. In blocks: O(rows · parameters).
  public func classify(_ features: some FeatureStorage) -> [String] {
    classIndices(features).map { classNames[$0] }
  }

  /// The class of each row of a data set's features, as an index into ``classNames``.
  public func classIndices(_ features: some FeatureStorage) -> [Int] {
    require(features.columns == inputs, "rows of \(features.columns) features for a model of \(inputs)")
    var result: [Int] = []
    result.reserveCapacity(features.rows)
    forEachBlock(of: features) { result += decide($1) }
    return result
  }

  /// The class of each row of a batch, as an index into ``classNames``.
  public func classIndices(_ batch: Matrix<Element>) -> [Int] {
    decide(scores(batch))
  }

  /// The classes that scores `[rows, outputs]` speak for: the largest of a row; of equals the first.
  public func decide(_ scores: Matrix<Element>) -> [Int] {
    require(classNames.count >= 2, "a model of \(classNames.count) classes does not classify")
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

  /// Whether ``probabilities(_:)`` gives any.
  public var givesProbabilities: Bool { [Softmax().name, Logistic().name].contains(lossName) }

  /// Scores `[rows, outputs]` as probabilities of the classes `[rows, classes]`, where the model was trained
  /// to give such: softmax(s), or 1/(1 + exp(−s)) for the logistic loss. Nil for other losses.
  public func probabilities(_ scores: Matrix<Element>) -> Matrix<Element>? {
    switch lossName {
    case Softmax().name: return softmax(scores)
    case Logistic().name:
      // Two classes, the first's score held at 0.
      return softmax(Matrix(rows: scores.rows, columns: 2, elements: scores.elements.flatMap { [0, $0] }))
    default: return nil
    }
  }
}

private func softmax<Element: Scalar>(_ scores: Matrix<Element>) -> Matrix<Element> {
  guard scores.rows > 0 else { return scores }
  var elements = scores.elements
  var span = elements.mutableSpan
  withConcrete(
    &span, float: { descent_probabilities_float($0, scores.rows, scores.columns) },
    double: { descent_probabilities_double($0, scores.rows, scores.columns) })
  return Matrix(rows: scores.rows, columns: scores.columns, elements: elements)
}

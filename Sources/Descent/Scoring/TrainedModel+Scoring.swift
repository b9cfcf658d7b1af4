internal import DescentKernels
public import LinearAlgebra

extension TrainedModel {
  /// The scores of a batch of rows `[rows, features]`: `[rows, outputs]`.
  ///
  /// A large batch is shared among the machine's cores, unless another one has them just then. Any number of
  /// threads and tasks may call it at a time. The bits do not depend on how many cores took part, and up to 40
  /// outputs a row's do not depend on the rows beside it.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func scores(_ batch: Matrix<Element>) -> Matrix<Element> {
    require(batch.columns == inputs, "rows of \(batch.columns) features for a model of \(inputs)")
    let outputs = architecture.outputs
    let elements = [Element](unsafeUninitializedCapacity: batch.rows * outputs) { buffer, count in
      BatchScores(of: batch, by: self).write(to: buffer)
      count = batch.rows * outputs
    }
    return Matrix(rows: batch.rows, columns: outputs, elements: elements)
  }

  /// The scores of one row.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func scores(_ row: [Element]) -> [Element] {
    let outputs = architecture.outputs
    return [Element](unsafeUninitializedCapacity: outputs) { buffer, count in
      buffer.initialize(repeating: 0)
      var scores = buffer.mutableSpan
      self.scores(row.span, into: &scores)
      count = outputs
    }
  }

  /// scores ← the scores of one row, as many as the model has outputs. Allocates nothing.
  ///
  /// ```swift
  /// var scores = [Float](repeating: 0, count: model.architecture.outputs)
  /// var span = scores.mutableSpan
  /// model.scores(row.span, into: &span)
  /// ```
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func scores(_ row: Span<Element>, into scores: inout MutableSpan<Element>) {
    require(row.count == inputs, "a row of \(row.count) features for a model of \(inputs)")
    let outputs = architecture.outputs
    require(scores.count == outputs, "room for \(scores.count) scores of \(outputs)")
    let weights = weights
    architecture.score(row, rows: 1, parameters: weights.span, into: &scores)
  }

  /// The class of each row of a batch `[rows, features]`, by name.
  public func classify(_ batch: Matrix<Element>) -> [String] {
    classIndices(batch).map { classNames[$0] }
  }

  /// The class of one row, by name.
  public func classify(_ row: [Element]) -> String {
    classNames[decide(Matrix(rows: 1, columns: architecture.outputs, elements: scores(row)))[0]]
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

  /// The classes that scores `[rows, outputs]` speak for: the largest of a row, or the likeliest where the model is
  /// calibrated; of equals the first.
  public func decide(_ scores: Matrix<Element>) -> [Int] {
    require(classNames.count >= 2, "a model of \(classNames.count) classes does not classify")
    if let calibration { return (0..<scores.rows).map { calibration.decide(scores[row: $0]) } }
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
  public var givesProbabilities: Bool {
    calibration != nil || [Softmax().name, Logistic().name].contains(lossName)
  }

  /// Scores `[rows, outputs]` as probabilities of the classes `[rows, classes]`, where the model was calibrated or trained
  /// to give such: softmax(s), or 1/(1 + exp(−s)) for the logistic loss. Nil for other losses.
  public func probabilities(_ scores: Matrix<Element>) -> Matrix<Element>? {
    if let calibration {
      let elements = (0..<scores.rows).flatMap {
        calibration.probabilities(scores[row: $0]).map { Element($0) }
      }
      return Matrix(rows: scores.rows, columns: classNames.count, elements: elements)
    }
    switch lossName {
    case Softmax().name: return softmax(scores)
    case Logistic().name:
      // Two classes, the first's score held at 0. Of scores beyond all numbers the largest will do.
      let most = Element.greatestFiniteMagnitude
      let both = scores.elements.flatMap { [0, $0.isInfinite ? ($0 > 0 ? most : -most) : $0] }
      return softmax(Matrix(rows: scores.rows, columns: 2, elements: both))
    default: return nil
    }
  }
}

private func softmax<Element: KernelScalar>(_ scores: Matrix<Element>) -> Matrix<Element> {
  guard scores.rows > 0 else { return scores }
  var elements = scores.elements
  var span = elements.mutableSpan
  span.withStart { Element.probabilities($0, rows: scores.rows, columns: scores.columns) }
  return Matrix(rows: scores.rows, columns: scores.columns, elements: elements)
}

public import LinearAlgebra

extension TrainedModel {
  /// Scores every row of `data` and compares with its targets, by the loss that the model was trained with.
  ///
  /// ```swift
  /// let evaluation = model.evaluate(on: data)
  /// let metrics = evaluation.metrics
  /// print(metrics[.rocAUC]!, evaluation.ranking!.bestF1!.recall!)
  /// ```
  public func evaluate(on data: Dataset) -> Evaluation { evaluate(on: data, loss: loss) }

  /// Scores every row of `data` and compares with its targets. O(rows · parameters), in blocks.
  ///
  /// The labels of `data` must be numbered as the model's classes are. Where the rows have weights, all that is measured is
  /// by these; where they have offsets, these are added to the scores.
  /// In Double, on the numbers as they are stored, as an objective is reported.
  public func evaluate(on data: Dataset, loss: any Loss) -> Evaluation {
    converted(to: Double.self).measure(data, loss)
  }
}

extension TrainedModel where Element == Double {
  func measure(_ data: Dataset, _ loss: any Loss) -> Evaluation {
    require(data.columns == inputs, "rows of \(data.columns) features for a model of \(inputs)")
    var evaluator = Evaluator(of: self, loss: loss)
    evaluator.begin(data.targets, areWeighed: data.weights != nil, expectedRows: data.rows)
    forEachScoredBlock(of: data) { range, scores in
      evaluator.count(scores, data.targets[range], data.weights.map { Array($0[range]) })
    }
    return evaluator.evaluation
  }
}

extension TrainedModel {
  /// A few megabytes, which the products take at once.
  var denseRowsAtOnce: Int { max(1, (1 << 20) / max(1, inputs)) }
  var sparseRowsAtOnce: Int { 256 }
}

extension TrainedModel {
  /// Calls `body` with the scores `[rows, outputs]`, offsets added, and the targets of one block of rows after the other.
  public func forEachBlock(of data: Dataset, _ body: (Matrix<Element>, Targets) -> Void) {
    forEachScoredBlock(of: data) { body($1, data.targets[$0]) }
  }

  /// Calls `body` with the range and the scores `[rows, outputs]`, offsets added, of one block of rows after the other.
  func forEachScoredBlock(of data: Dataset, _ body: (Range<Int>, Matrix<Element>) -> Void) {
    forEachBlock(of: data.features) { range, scores in
      body(range, data.offsets.map { scores.addingToRows($0[range]) } ?? scores)
    }
  }

  /// Calls `body` with the range and the scores `[rows, outputs]` of one block of rows after the other.
  func forEachBlock(of features: some FeatureStorage, _ body: (Range<Int>, Matrix<Element>) -> Void) {
    if let sparse = features as? SparseStorage { return forEachSparseBlock(of: sparse, body) }
    for start in stride(from: 0, to: features.rows, by: denseRowsAtOnce) {
      let range = start..<min(start + denseRowsAtOnce, features.rows)
      body(range, StoredScores(of: features, by: self).scores(range))
    }
  }
}

extension Matrix where Element: KernelScalar {
  /// The matrix with a number added to all of each row, such as scores with offsets.
  public func addingToRows(_ numbers: ArraySlice<Double>) -> Matrix {
    var result = self
    let width = columns
    result.withMutableElements { all in
      for (row, number) in numbers.enumerated() {
        for i in row * width..<(row + 1) * width { all[i] += Element(number) }
      }
    }
    return result
  }
}

extension TrainedModel {
  /// The same for sparse rows.
  private func forEachSparseBlock(of features: SparseStorage, _ body: (Range<Int>, Matrix<Element>) -> Void) {
    let (size, outputs) = (sparseRowsAtOnce, architecture.outputs)
    var workspace = architecture.workspace(rows: size, of: Element.self)
    let parameters = parameters
    for start in stride(from: 0, to: features.rows, by: size) {
      let range = start..<min(start + size, features.rows)
      architecture.forward(
        FeatureBlock(features.block(range, as: Element.self)), parameters: parameters.span,
        workspace: &workspace)
      body(
        range,
        Matrix(rows: range.count, columns: outputs, elements: workspace.scores[0..<range.count * outputs]))
    }
  }
}

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
    // The scores have the offsets in them.
    let rowLoss = RowLoss(loss, data.targets, columns: architecture.outputs, weights: data.weights)
    var confusion = Confusion(classNames: classNames)
    var answers = Answers(of: self, to: data.targets, areWeighed: data.weights != nil)
    var (total, squares) = (0.0, 0.0)
    forEachScoredBlock(of: data) { range, scores in
      let targets = rowLoss.targets[range]
      let weights = data.weights?[range]
      if case .labels(let labels) = targets, !classNames.isEmpty {
        let decided = decide(scores)
        for (i, (label, predicted)) in zip(labels, decided).enumerated() {
          let weight = weights?[range.lowerBound + i]
          if weight != 0 { confusion.count(actual: Int(label), predicted: predicted, weight: weight) }
        }
        answers.append(scores, labels, decided: decided, weights: weights, by: self)
      } else if case .values(let values, let width) = targets {
        for (i, (s, t)) in zip(scores.elements, values).enumerated() {
          squares += rowLoss.weight(of: range.lowerBound + i / width) * (s - t) * (s - t)
        }
        answers.append(scores.elements, values, weights: weights)
      }
      var overwritten = scores.elements
      var span = overwritten.mutableSpan
      total += rowLoss.slopes(range, &span)
    }
    let isClassifier = !classNames.isEmpty
    return Evaluation(
      rows: data.weights.map { $0.count { $0 > 0 } } ?? data.rows, weight: data.weights?.reduce(0, +),
      loss: total / rowLoss.total, confusion: isClassifier ? confusion : nil,
      rmse: isClassifier ? nil : (squares / rowLoss.total).squareRoot(),
      r2: isClassifier ? nil : rowLoss.sumOfSquaredDeviations.map { 1 - squares / $0 },
      answers: answers)
  }
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
    let size = max(1, min(features.rows, 1 << 20 / max(1, inputs)))
    var buffer = [Element](repeating: 0, count: size * inputs)
    for start in stride(from: 0, to: features.rows, by: size) {
      let range = start..<min(start + size, features.rows)
      var span = buffer.mutableSpan
      features.read(range, into: &span)
      let block = Matrix(rows: range.count, columns: inputs, elements: buffer[0..<range.count * inputs])
      body(range, scores(block))
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
    let (size, outputs) = (256, architecture.outputs)
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

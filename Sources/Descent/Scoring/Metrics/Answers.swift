internal import Foundation
internal import LinearAlgebra

/// What a model answered to the rows of a data set, and what was right: what the metrics are computed from. 8 bytes a row
/// of two classes, 16 of more classes and of numbers, and 8 more where rows have weights. Rows of the weight 0 are left out.
struct Answers: Sendable {
  enum Kind: Sendable {
    case twoClasses(RankedScores.Meaning)
    case classes
    case numbers
    /// Distributions, and several numbers a row.
    case other
  }

  let kind: Kind
  /// What numbers are measured by beside their errors.
  let score: NumberScore
  /// Of two classes: the scores of the second, of the rows that are of it and of those that are not.
  private(set) var positives: [Double] = []
  private(set) var negatives: [Double] = []
  /// What these rows count for; nil where each counts for 1.
  private(set) var positiveWeights: [Double]?
  private(set) var negativeWeights: [Double]?
  private(set) var classified: ClassifiedRows
  private(set) var predictions: [Double] = []
  private(set) var targets: [Double] = []
  private(set) var weights: [Double]?

  /// - Parameters:
  ///   - targets: Any of the kind that are to come.
  ///   - expectedRows: Room is made for so many.
  init(of model: TrainedModel<Double>, to targets: Targets, areWeighed: Bool, expectedRows: Int) {
    let (classes, outputs) = (model.classNames.count, model.architecture.outputs)
    score = NumberScore(model.loss)
    classified = ClassifiedRows(
      classes: classes, hasProbabilities: model.givesProbabilities, areWeighed: areWeighed)
    if areWeighed { (positiveWeights, negativeWeights, weights) = ([], [], []) }
    switch targets {
    case .labels where classes == 2 && outputs <= 2:
      kind = .twoClasses(model.meaning)
    case .labels where classes > 2 && classes == outputs:
      kind = .classes
      classified.reserve(expectedRows)
    case .values(_, width: 1) where classes == 0 && outputs == 1:
      kind = .numbers
      self.targets.reserveCapacity(expectedRows)
      predictions.reserveCapacity(expectedRows)
    default: kind = .other
    }
  }

  /// Whether the targets are numbers that are kept.
  var holdsTargets: Bool {
    if case .numbers = kind { true } else { false }
  }

  /// Adds a block of rows: the scores `[rows, outputs]`, the labels, and the classes that were decided for.
  mutating func append(
    _ scores: Matrix<Double>, _ labels: ArraySlice<Int32>, decided: [Int], weights: ArraySlice<Double>?,
    by model: TrainedModel<Double>
  ) {
    func weight(_ row: Int) -> Double { weights.map { $0[$0.startIndex + row] } ?? 1 }
    switch kind {
    case .twoClasses:
      for (row, label) in labels.enumerated() where weight(row) > 0 {
        if label == 1 { positiveWeights?.append(weight(row)) } else { negativeWeights?.append(weight(row)) }
        let score = model.ranked(scores[row: row])
        if label == 1 { positives.append(score) } else { negatives.append(score) }
      }
    case .classes:
      let probabilities = model.probabilities(scores)
      for (row, (label, best)) in zip(labels, decided).enumerated() where weight(row) > 0 {
        // The class's score is so far from the best one, and that one's −ln p is never large: nothing is rounded to 0.
        let loss = probabilities.map { p in
          model.calibration == nil
            ? scores[row, best] - scores[row, Int(label)] - log(p[row, best])
            // One that is 0 is kept from it, as scikit-learn does.
            : -log(min(max(p[row, Int(label)], .ulpOfOne), 1 - .ulpOfOne))
        }
        let order = model.calibration == nil ? scores : probabilities ?? scores
        classified.append(
          actual: Int(label), predicted: best, scores: order[row: row], loss: loss ?? 0, weight: weight(row))
      }
    case .numbers, .other: break
    }
  }

  /// Adds the numbers that were predicted for a block of rows, and those that came.
  mutating func append(
    _ numbers: ArraySlice<Double>, _ values: ArraySlice<Double>, weights: ArraySlice<Double>?
  ) {
    guard case .numbers = kind else { return }
    guard let weights else {
      predictions += numbers
      targets += values
      return
    }
    for ((number, value), weight) in zip(zip(numbers, values), weights) where weight > 0 {
      predictions.append(number)
      targets.append(value)
      self.weights?.append(weight)
    }
  }
}

internal import Foundation
internal import LinearAlgebra

/// What a model answered to the rows of a data set, and what was right: what the metrics are computed from. 8 bytes a row
/// of two classes or of numbers, 16 of more classes.
struct Answers: Sendable {
  enum Kind: Sendable {
    case twoClasses(RankedScores.Meaning)
    case classes
    case numbers
    /// Distributions, and several numbers a row.
    case other
  }

  let kind: Kind
  /// Of two classes: the scores of the second, of the rows that are of it and of those that are not.
  private(set) var positives: [Double] = []
  private(set) var negatives: [Double] = []
  private(set) var classified: ClassifiedRows
  private(set) var predictions: [Double] = []
  private(set) var targets: ArraySlice<Double> = []

  init(of model: TrainedModel<Double>, to targets: Targets) {
    let (classes, outputs) = (model.classNames.count, model.architecture.outputs)
    classified = ClassifiedRows(classes: classes, hasProbabilities: model.givesProbabilities)
    switch targets {
    case .labels where classes == 2 && outputs <= 2:
      kind = .twoClasses(model.meaning)
    case .labels where classes > 2 && classes == outputs:
      kind = .classes
      classified.reserve(targets.rows)
    case .values(let values, width: 1) where classes == 0 && outputs == 1:
      kind = .numbers
      self.targets = values
      predictions.reserveCapacity(values.count)
    default: kind = .other
    }
  }

  /// Adds a block of rows: the scores `[rows, outputs]`, the labels, and the classes that were decided for.
  mutating func append(
    _ scores: Matrix<Double>, _ labels: ArraySlice<Int32>, decided: [Int], by model: TrainedModel<Double>
  ) {
    switch kind {
    case .twoClasses:
      for (row, label) in labels.enumerated() {
        let score = model.ranked(scores[row: row])
        if label == 1 { positives.append(score) } else { negatives.append(score) }
      }
    case .classes:
      let probabilities = model.probabilities(scores)
      for (row, (label, best)) in zip(labels, decided).enumerated() {
        // The class's score is so far from the best one, and that one's −ln p is never large: nothing is rounded to 0.
        let loss = probabilities.map { p in
          model.calibration == nil
            ? scores[row, best] - scores[row, Int(label)] - log(p[row, best])
            // One that is 0 is kept from it, as scikit-learn does.
            : -log(min(max(p[row, Int(label)], .ulpOfOne), 1 - .ulpOfOne))
        }
        let order = model.calibration == nil ? scores : probabilities ?? scores
        classified.append(actual: Int(label), predicted: best, scores: order[row: row], loss: loss ?? 0)
      }
    case .numbers, .other: break
    }
  }

  /// Adds the numbers that were predicted for a block of rows.
  mutating func append(_ numbers: ArraySlice<Double>) {
    if case .numbers = kind { predictions += numbers }
  }
}

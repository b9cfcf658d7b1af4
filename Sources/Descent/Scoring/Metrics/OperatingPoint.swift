/// What a threshold on the scores of two classes does: rows with ``score`` or more are taken for positive.
public struct OperatingPoint: Sendable, Equatable {
  /// The lowest score that is taken for positive; infinity where none is.
  public let score: Double
  /// The highest score that is not; −infinity where all are.
  public let scoreBelow: Double
  /// Rows, or their weights.
  public let truePositives: Double
  /// Rows of the first class with ``score`` or more, or their weights.
  public let falsePositives: Double
  /// All rows of the second class, or their weights.
  public let positives: Double
  /// All rows of the first class, or their weights.
  public let negatives: Double

  /// Rows of the second class below ``score``, or their weights.
  public var falseNegatives: Double { positives - truePositives }
  /// Rows of the first class below ``score``, or their weights.
  public var trueNegatives: Double { negatives - falsePositives }

  /// The share of rows taken for positive.
  public var flagged: Double? { ratio(truePositives + falsePositives, positives + negatives) }
  /// Of the rows taken for positive, the share that are.
  public var precision: Double? { ratio(truePositives, truePositives + falsePositives) }
  /// Of the positive rows, the share taken for such.
  public var recall: Double? { ratio(truePositives, positives) }
  /// Of the negative rows, the share taken for positive.
  public var falsePositiveRate: Double? { ratio(falsePositives, negatives) }
  /// The harmonic mean of precision and recall.
  public var f1: Double? { ratio(2 * truePositives, truePositives + falsePositives + positives) }
  /// How many times as many positives are among the rows taken for such as among as many rows at random.
  public var lift: Double? {
    guard let precision, let share = ratio(positives, positives + negatives) else { return nil }
    return ratio(precision, share)
  }

  /// The sum of what the mistakes cost.
  public func cost(falsePositive: Double, falseNegative: Double) -> Double {
    falsePositives * falsePositive + falseNegatives * falseNegative
  }

  private func ratio(_ part: Double, _ whole: Double) -> Double? { whole == 0 ? nil : part / whole }
}

/// How well a model does on a data set.
public struct Evaluation: Sendable {
  /// Those that count.
  public let rows: Int
  /// What they count for together, where they have weights: all that is measured is by these then.
  public let weight: Double?
  /// The mean of the loss the model was trained with, without a penalty.
  public let loss: Double
  /// For a classifier.
  public let confusion: Confusion?
  /// For a regressor: the root of the mean squared residual, and the share of the variance explained.
  public let rmse: Double?
  /// 1 − Σ residual² / Σ (target − mean of its column)²: below 0 where the means do better. Nil for a classifier, and where
  /// no column has targets that differ.
  public let r2: Double?
  /// What ``metrics`` are computed from.
  let answers: Answers

  /// The share of rows, or of their weight, whose class was told rightly; nil for a regressor.
  public var accuracy: Double? { confusion?.accuracy }
}

/// How often rows of one class were taken for another.
public struct Confusion: Sendable, Equatable {
  /// In the order of the indices of ``counts``.
  public let classNames: [String]
  /// The rows, `counts[actual][predicted]`.
  public private(set) var counts: [[Int]]
  /// What the rows count for, where they have weights: shares and means are by these then.
  public private(set) var weights: [[Double]]?

  /// Without rows yet. O(classes²) in memory.
  public init(classNames: [String]) {
    self.classNames = classNames
    counts = Array(repeating: Array(repeating: 0, count: classNames.count), count: classNames.count)
  }

  /// Counts a row.
  ///
  /// - Parameters:
  ///   - actual: the row's class.
  ///   - predicted: the class that was answered.
  ///   - weight: what it counts for; nil for once. All rows have one, or none has.
  public mutating func count(actual: Int, predicted: Int, weight: Double? = nil) {
    if let weight {
      if weights == nil { weights = counts.map { $0.map { Double($0) } } }
      weights![actual][predicted] += weight
    }
    counts[actual][predicted] += 1
  }

  /// The rows, each once whatever its weight. O(classes²)
  public var total: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }

  /// The share of rows whose class was told rightly.
  public var accuracy: Double {
    let indices = counts.indices
    return ratio(
      indices.reduce(0) { $0 + sum($1, $1) }, indices.reduce(0) { $0 + sum(ofClass: $1) }) ?? 0
  }

  /// Of the rows taken for class `c`, the share that are of it; nil where none was.
  public func precision(_ c: Int) -> Double? { ratio(sum(c, c), sum(takenFor: c)) }

  /// Of the rows of class `c`, the share that were taken for it; nil where there are none.
  public func recall(_ c: Int) -> Double? { ratio(sum(c, c), sum(ofClass: c)) }

  /// The harmonic mean of precision and recall.
  public func f1(_ c: Int) -> Double? { ratio(2 * sum(c, c), sum(ofClass: c) + sum(takenFor: c)) }

  /// What the rows of a class that were taken for another count for: their number, or the sum of their weights.
  public func sum(_ actual: Int, _ predicted: Int) -> Double {
    weights?[actual][predicted] ?? Double(counts[actual][predicted])
  }

  func sum(ofClass c: Int) -> Double { counts.indices.reduce(0) { $0 + sum(c, $1) } }

  private func sum(takenFor c: Int) -> Double { counts.indices.reduce(0) { $0 + sum($1, c) } }

  private func ratio(_ part: Double, _ whole: Double) -> Double? { whole == 0 ? nil : part / whole }
}

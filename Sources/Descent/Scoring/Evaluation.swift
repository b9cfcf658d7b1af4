/// How well a model does on a data set.
public struct Evaluation: Sendable {
  public let rows: Int
  /// The mean of the loss the model was trained with, without a penalty.
  public let loss: Double
  /// For a classifier.
  public let confusion: Confusion?
  /// For a regressor: the root of the mean squared residual, and the share of the variance explained.
  public let rmse: Double?
  public let r2: Double?
  /// What ``metrics`` are computed from.
  let answers: Answers

  public var accuracy: Double? { confusion?.accuracy }
}

/// How often rows of one class were taken for another.
public struct Confusion: Sendable, Equatable {
  public let classNames: [String]
  /// `counts[actual][predicted]`
  public private(set) var counts: [[Int]]

  public init(classNames: [String]) {
    self.classNames = classNames
    counts = Array(repeating: Array(repeating: 0, count: classNames.count), count: classNames.count)
  }

  public mutating func count(actual: Int, predicted: Int) { counts[actual][predicted] += 1 }

  public var total: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }

  /// The share of rows whose class was told rightly.
  public var accuracy: Double { ratio(counts.indices.reduce(0) { $0 + counts[$1][$1] }, total) ?? 0 }

  /// Of the rows taken for class `c`, the share that are of it; nil where none was.
  public func precision(_ c: Int) -> Double? { ratio(counts[c][c], counts.reduce(0) { $0 + $1[c] }) }

  /// Of the rows of class `c`, the share that were taken for it; nil where there are none.
  public func recall(_ c: Int) -> Double? { ratio(counts[c][c], counts[c].reduce(0, +)) }

  /// The harmonic mean of precision and recall.
  public func f1(_ c: Int) -> Double? {
    ratio(2 * counts[c][c], counts[c].reduce(0, +) + counts.reduce(0) { $0 + $1[c] })
  }

  private func ratio(_ part: Int, _ whole: Int) -> Double? { whole == 0 ? nil : Double(part) / Double(whole) }
}

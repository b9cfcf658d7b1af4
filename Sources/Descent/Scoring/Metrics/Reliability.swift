internal import LinearAlgebra

/// Probabilities beside the frequencies of what they foretold, in bins of equal width: a reliability diagram in numbers.
///
/// A bin holds what is above its lower bound and not above its upper one; 0 is in the first.
public struct Reliability: Sendable, Equatable {
  /// The rows whose probabilities lie in one interval.
  public struct Bin: Sendable, Equatable {
    /// Excluded, but for 0.
    public let lower: Double
    /// Included; 1 in the last bin.
    public let upper: Double
    /// The rows, or their weights.
    public private(set) var rows = 0.0
    private var probabilities = 0.0
    private var positives = 0.0

    init(lower: Double, upper: Double) { (self.lower, self.upper) = (lower, upper) }

    /// Nil where the bin is empty.
    public var meanProbability: Double? { rows > 0 ? probabilities / rows : nil }
    /// The share of the rows, by their weights, that are of the second class. Nil where the bin is empty.
    public var frequency: Double? { rows > 0 ? positives / rows : nil }

    fileprivate mutating func count(_ probability: Double, _ isPositive: Bool, _ weight: Double) {
      rows += weight
      probabilities += weight * probability
      if isPositive { positives += weight }
    }

    /// |Σ probabilities − Σ outcomes|
    fileprivate var distance: Double { abs(probabilities - positives) }
  }

  /// From 0 to 1, each of the same width, empty ones too.
  public private(set) var bins: [Bin]

  /// Empty bins that share 0...1 evenly; traps unless there is one or more.
  public init(bins count: Int) {
    require(count > 0, "\(count) bins")
    // As NumPy spaces them, so that a probability on a bound falls where it does there.
    let width = 1 / Double(count)
    bins = (0..<count).map {
      Bin(lower: Double($0) * width, upper: $0 == count - 1 ? 1 : Double($0 + 1) * width)
    }
  }

  /// - Parameters:
  ///   - isPositive: whether the row is of the second class.
  ///   - probability: what the model gave for that.
  ///   - weight: Above 0.
  public mutating func count(probability: Double, isPositive: Bool, weight: Double = 1) {
    require(probability >= 0 && probability <= 1, "a probability of \(probability)")
    var bin = min(Int(probability * Double(bins.count)), bins.count - 1)
    // The product is rounded, and a bound belongs to the bin below it.
    while bin > 0, probability <= bins[bin].lower { bin -= 1 }
    while probability > bins[bin].upper { bin += 1 }
    bins[bin].count(probability, isPositive, weight)
  }

  /// The expected calibration error: Σ rows/n · |mean probability − frequency|. Nil where all bins are empty.
  public var calibrationError: Double? {
    let total = bins.reduce(0) { $0 + $1.rows }
    return total > 0 ? bins.reduce(0) { $0 + $1.distance } / total : nil
  }
}

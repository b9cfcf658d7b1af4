internal import LinearAlgebra

/// The columns that coefficients are found for, in units of their own in which they are of one size: 1 for the intercept,
/// where there is one, and (x − shift)·factor of each feature that is kept.
///
/// Sums over rows lose no digits to units then, nor to means far from 0. Coefficients are `[blocks, width]`, a block for each
/// score that is free.
struct DesignColumns: Sendable {
  let hasIntercept: Bool
  /// The features that are kept.
  private(set) var kept: [Int]
  /// Features that 1 less others of the kept ones is.
  private(set) var references: [(feature: Int, others: [Int])] = []
  private let shifts: [Double]
  private let factors: [Double]

  init(_ scaling: Scaling, features: Int, hasIntercept: Bool) {
    self.hasIntercept = hasIntercept
    (shifts, factors) = ((0..<features).map(scaling.shift), (0..<features).map(scaling.factor))
    let factors = factors
    kept = (0..<features).filter { factors[$0] != 0 }
  }

  /// Without any features.
  init(interceptAlone hasIntercept: Bool) {
    (self.hasIntercept, kept, shifts, factors) = (hasIntercept, [], [], [])
  }

  var width: Int { kept.count + (hasIntercept ? 1 : 0) }
  private var first: Int { hasIntercept ? 1 : 0 }

  /// The feature of a column; nil of the intercept.
  func feature(of column: Int) -> Int? { column < first ? nil : kept[column - first] }

  /// Leaves a category out, which the others of its column tell.
  mutating func drop(_ feature: Int, toldBy others: [Int]) {
    kept.removeAll { $0 == feature }
    references.append((feature, others))
  }

  /// design ← the columns of `rows` rows of features.
  func fill(_ design: inout [Double], from raw: [Double], rows: Int, features: Int) {
    let width = width
    for row in 0..<rows {
      let (from, to) = (row * features, row * width)
      if hasIntercept { design[to] = 1 }
      for (j, feature) in kept.enumerated() {
        design[to + first + j] = (raw[from + feature] - shifts[feature]) * factors[feature]
      }
    }
  }

  /// Coefficients in these units from weights by features as they are, of one score.
  func scaled(weights: [Double], bias: Double) -> [Double] {
    var (weights, bias) = (weights, bias)
    for (feature, others) in references {
      for other in others { weights[other] -= weights[feature] }
      bias += weights[feature]
    }
    let scaled = kept.map { weights[$0] / factors[$0] }
    guard hasIntercept else { return scaled }
    return [kept.reduce(bias) { $0 + weights[$1] * shifts[$1] }] + scaled
  }

  /// Rows of a matrix by coefficients in these units ↦ rows by coefficients as the data have their units; a block's rows lie
  /// together.
  func unscaleRows(_ matrix: inout Matrix<Double>) {
    let columns = matrix.columns
    for start in stride(from: 0, to: matrix.rows, by: width) {
      for (j, feature) in kept.enumerated() {
        let row = start + first + j
        for i in 0..<columns {
          matrix[row, i] *= factors[feature]
          if hasIntercept { matrix[start, i] -= shifts[feature] * matrix[row, i] }
        }
      }
    }
  }

  /// How many units of a column are one of the feature.
  func unit(of feature: Int) -> Double { factors[feature] }
}

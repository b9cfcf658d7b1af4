internal import Foundation

/// How features are brought to one scale: x ↦ (x − shift)·factor, a feature.
///
/// It is fitted on the training rows and folded into the trained model, which takes raw features.
public enum Scaling: Sendable, Equatable {
  /// Features as they are.
  case none
  /// All features times one number, such as 1/255 for the bytes of an image.
  case uniform(Double)
  /// Each feature with a shift and a factor of its own.
  case each(shifts: [Double], factors: [Double])

  /// What is taken off the numbers of a column, counted from 0, before they are multiplied: 0 but of ``each(shifts:factors:)``.
  public func shift(_ column: Int) -> Double {
    if case .each(let shifts, _) = self { shifts[column] } else { 0 }
  }

  /// What the numbers of a column, counted from 0, are multiplied by after the shift; with 0 they say nothing any more.
  public func factor(_ column: Int) -> Double {
    switch self {
    case .none: 1
    case .uniform(let factor): factor
    case .each(_, let factors): factors[column]
    }
  }

  /// σ of each feature where the features differ in it; else empty.
  var spreads: [Double] {
    if case .each(_, let factors) = self { factors.map { $0 == 0 ? 0 : 1 / $0 } } else { [] }
  }

  /// The same with each feature in a unit of its own.
  func divided(by units: [Double]) -> Scaling {
    .each(shifts: units.indices.map(shift), factors: units.indices.map { factor($0) / units[$0] })
  }

  /// What brings scaled features back: x·factor − shift·factor ↦ x. A feature that became 0 stays 0.
  var inverse: Scaling {
    func inverted(_ factor: Double) -> Double { factor == 0 ? 0 : 1 / factor }
    switch self {
    case .none: return .none
    case .uniform(let factor): return .uniform(inverted(factor))
    case .each(let shifts, let factors):
      return .each(shifts: zip(shifts, factors).map { -$0 * $1 }, factors: factors.map(inverted))
    }
  }

  /// Whether a feature's 0 is not 0 afterwards.
  var shifts: Bool {
    if case .each(let shifts, _) = self { shifts.contains { $0 != 0 } } else { false }
  }

  /// Standard scaling, (x − mean)/σ with the population σ of the rows. A constant column becomes 0.
  ///
  /// Sparse rows are not centred: x/σ, so that zeros stay zeros.
  ///
  /// Two passes in Double, on all cores; deviations are taken in units of the column's range, so that neither
  /// features of 1e-200 nor of 1e200 underflow or overflow when squared. O(rows · columns).
  ///
  /// For a model without an intercept nothing can be shifted: features are divided by their root mean square, which is
  /// what σ is about 0. A constant column other than 0 becomes ±1 then, and not 0.
  ///
  /// - Parameters:
  ///   - features: the rows, `[rows, features]`.
  ///   - hasIntercept: whether the model has biases: features are shifted to mean 0 then.
  ///   - weights: what each row counts for; once each where nil.
  public static func standard(
    of features: some FeatureStorage, weights: [Double]? = nil, hasIntercept: Bool = true
  ) -> Scaling {
    guard hasIntercept else { return rootMeanSquare(of: features, weights) }
    let moments = ColumnMoments.of(features, weights: weights)
    let factors = (0..<features.columns).map { j in
      let deviation = moments.deviations[j]
      return deviation > 0 && (1 / deviation).isFinite ? 1 / deviation : 0
    }
    // A constant column's shift would only cost bits where it is folded into the bias; sparse rows' would make numbers of zeros.
    let isSparse = features is SparseStorage
    let shifts = (0..<features.columns).map { isSparse || factors[$0] == 0 ? 0 : moments.means[$0] }
    return .each(shifts: shifts, factors: factors)
  }

  private static func rootMeanSquare(of features: some FeatureStorage, _ weights: [Double]?) -> Scaling {
    let (means, deviations) = features.columnMoments(weights)
    let factors = zip(means, deviations).map { mean, deviation in
      let inverse = 1 / hypot(mean, deviation)
      return inverse.isFinite ? inverse : 0
    }
    return .each(shifts: Array(repeating: 0, count: factors.count), factors: factors)
  }
}

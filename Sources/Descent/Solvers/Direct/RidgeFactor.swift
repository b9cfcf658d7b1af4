internal import LinearAlgebra

/// A factorization of the ridge system A = (1/n)·X̃ᵀX̃ + l2·I, X̃ the centred features, each row
/// times the root of its weight.
protocol RidgeFactor {
  /// The largest eigenvalue of A over its smallest that counts, or an estimate from below.
  var condition: Double { get }
  /// How many independent features the factorization sees; nil where it does not look.
  var rank: Int? { get }
  /// The condition number of the rows, where it leaves less than about three digits to coefficients that were asked for.
  var hopelessCondition: Double? { get }
  /// The means of the scaled features.
  var means: [Double] { get }
  /// The weights that solve the problem, `[outputs, features]`.
  var weights: Matrix<Double> { get }

  /// R·A⁻¹ for R of `[outputs, features]`: a correction of the weights, to refine them.
  func solve(_ residual: Matrix<Double>) -> Matrix<Double>
}

extension RidgeFactor {
  var hopelessCondition: Double? { nil }
}

extension Cholesky {
  /// The condition number of the factored matrix, from below: the square of the factor's largest diagonal entry
  /// over its smallest.
  var conditionEstimate: Double {
    let diagonal = (0..<order).map { Double(factor[$0, $0]) }
    guard let smallest = diagonal.min(), let largest = diagonal.max(), smallest > 0 else { return 1 }
    return (largest / smallest) * (largest / smallest)
  }
}

extension Loss {
  /// A gap that says nothing: where targets that are numbers can be met exactly both the objective and its optimum are
  /// nothing but rounding, and a share of nothing is no measure.
  ///
  /// That is the loss of residuals of some units in the last place of the targets in Double, or of a 3-millionth of their
  /// deviation, with which R² is 1 to 13 digits; of classes the same share of the loss of scores that are all 0.
  func negligibleGap(for targets: Targets, columns: Int) -> Double {
    guard task == .regression, case .values(let values, let width) = targets, targets.rows > 0 else {
      return 1e-13 * (valueAtZero(classes: max(2, columns)) ?? 0)
    }
    let largest = values.reduce(0) { max($0, abs($1)) }
    let rounding = 4 * Double.ulpOfOne * largest
    let variance = (targets.sumOfSquaredDeviations ?? 0) / Double(targets.rows)
    let spread =
      (self as? Huber).map { min(0.5 * variance, $0.delta * variance.squareRoot()) } ?? 0.5 * variance
    return max(0.5 * Double(width) * rounding * rounding, 1e-13 * spread)
  }
}

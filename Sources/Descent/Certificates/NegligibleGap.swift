internal import LinearAlgebra

extension RowLoss {
  /// A gap that says nothing: where targets that are numbers can be met exactly both the objective and its optimum are
  /// nothing but rounding, and a share of nothing is no measure.
  ///
  /// That is the loss of residuals of some units in the last place of the targets in Double, or of a 3-millionth of their
  /// deviation, with which R² is 1 to 13 digits; of classes the same share of the loss of scores that are all 0.
  var negligibleGap: Double { negligibleGap(deviation: deviation) }

  /// The same with the targets' ``deviation`` at hand.
  func negligibleGap(deviation: Double) -> Double {
    guard loss.task == .regression, case .values(let values, let width) = targets, rows > 0 else {
      return 1e-13 * (loss.valueAtZero(classes: max(2, columns)) ?? 0)
    }
    let seen = values.enumerated().lazy.filter { weight(of: $0.offset / width) > 0 }
    let largest = seen.reduce(0) { max($0, abs($1.element), abs(offsets?[$1.offset] ?? 0)) }
    let rounding = 4 * Double.ulpOfOne * largest
    let mean = seen.reduce(0) { $0 + weight(of: $1.offset / width) * $1.element } / total
    return max(
      0.5 * Double(width) * rounding * rounding,
      1e-13 * loss.spread(variance: deviation * deviation, mean: mean))
  }
}

/// The quantile `q` of numbers in ascending order, each with a weight above 0 or 0: the least that a share `q` of the weight
/// does not exceed, and where numbers have exactly that share the middle between the last of them and the next. Nil where
/// none counts.
///
/// Taking each number twice and doubling its weight are the same, and no unit of the weights matters. Of equal weights the
/// median is the usual one. (The second definition of Hyndman and Fan, Sample Quantiles in Statistical Packages, The
/// American Statistician 50, 1996.)
struct WeightedQuantile: QuantileSearch {
  private let goal: Double
  /// Sums of weights are rounded, and which numbers have the share must not depend on that.
  private let rounding: Double
  private var sum = 0.0
  private(set) var last: Double?

  /// - Parameter total: of the weights.
  init(_ q: Double, total: Double) {
    goal = q * total
    rounding = 1e-12 * goal
  }

  mutating func take(_ number: Double, weight: Double) -> Double? {
    guard weight > 0 else { return nil }
    if let last, sum >= goal - rounding { return sum <= goal + rounding ? last / 2 + number / 2 : last }
    sum += weight
    last = number
    return nil
  }
}

/// That of numbers in any order, none of them NaN.
func weightedQuantile(_ q: Double, of count: Int, _ number: @escaping (Int) -> Double, weights: [Double]?)
  -> Double?
{
  let search = WeightedQuantile(q, total: weights?.reduce(0, +) ?? Double(count))
  return quantiles([search], in: AscendingRows(count: count, number: number).walk) { weights?[$0] ?? 1 }[0]
}

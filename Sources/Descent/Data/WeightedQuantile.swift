/// The quantile `q` of numbers in ascending order, each with a weight above 0 or 0: the least that a share `q` of the weight
/// does not exceed, and where numbers have exactly that share the middle between the last of them and the next. Nil where
/// none counts.
///
/// Taking each number twice and doubling its weight are the same, and no unit of the weights matters. Of equal weights the
/// median is the usual one. (The second definition of Hyndman and Fan, Sample Quantiles in Statistical Packages, The
/// American Statistician 50, 1996.)
func weightedQuantile(
  _ q: Double, of numbers: some Sequence<Double>, weight: (Int) -> Double
) -> Double? {
  var total = 0.0
  for (i, _) in numbers.enumerated() { total += weight(i) }
  let goal = q * total
  // Sums of weights are rounded, and which numbers have the share must not depend on that.
  let rounding = 1e-12 * goal
  var (sum, last) = (0.0, Double?.none)
  for (i, number) in numbers.enumerated() {
    let weight = weight(i)
    guard weight > 0 else { continue }
    if let last, sum >= goal - rounding { return sum <= goal + rounding ? last / 2 + number / 2 : last }
    sum += weight
    last = number
  }
  return last
}

/// The quantile `q` of numbers in ascending order, of which number i counts `weight(i)` times: between the two numbers
/// that it falls between, linearly. Nil where none counts.
///
/// Hyndman and Fan's seventh definition, NumPy's and R's default (Sample Quantiles in Statistical Packages, The American
/// Statistician 50, 1996).
func quantile(_ q: Double, of numbers: some Sequence<Double>, total: Double, weight: (Int) -> Double)
  -> Double?
{
  let place = q * (total - 1)
  let below = place.rounded(.down)
  var (counted, lower) = (0.0, Double?.none)
  for (i, number) in numbers.enumerated() {
    counted += weight(i)
    if lower == nil, counted > below { lower = number }
    // The number at the next whole place, which is the last one's where there is none.
    if let lower, counted > below + 1 || place == below || counted >= total {
      return place == below ? lower : lower + (place - below) * (number - lower)
    }
  }
  return nil
}

/// The same of numbers that count once each.
func quantile<Numbers: RandomAccessCollection>(_ q: Double, of sorted: Numbers) -> Double?
where Numbers.Element == Double, Numbers.Index == Int {
  guard !sorted.isEmpty else { return nil }
  let place = q * Double(sorted.count - 1)
  let below = Int(place)
  let above = min(below + 1, sorted.count - 1)
  return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
}

/// The quantile `q` of numbers that count whole times, `total` together: between the two numbers that it falls between,
/// linearly.
///
/// Hyndman and Fan's seventh definition, NumPy's and R's default (Sample Quantiles in Statistical Packages, The American
/// Statistician 50, 1996).
struct CountedQuantile: QuantileSearch {
  private let place, below, total: Double
  private var counted = 0.0
  private var lower: Double?

  init(_ q: Double, total: Double) {
    place = q * (total - 1)
    below = place.rounded(.down)
    self.total = total
  }

  mutating func take(_ number: Double, weight: Double) -> Double? {
    counted += weight
    if lower == nil, counted > below { lower = number }
    // The number at the next whole place, which is the last one's where there is none.
    guard let lower, counted > below + 1 || place == below || counted >= total else { return nil }
    return place == below ? lower : lower + (place - below) * (number - lower)
  }

  var last: Double? { nil }
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

/// The search for a quantile in numbers that come in ascending order.
protocol QuantileSearch {
  /// The quantile, once it is known.
  mutating func take(_ number: Double, weight: Double) -> Double?
  /// The quantile where no more numbers come; nil where none counts.
  var last: Double? { get }
}

/// A walk over rows from the least of some numbers up, until its caller has seen enough.
typealias AscendingWalk = (_ body: (_ row: Int, _ number: Double) -> Bool) -> Void

/// What searches find on one walk.
func quantiles(
  _ searches: [some QuantileSearch], in walk: @escaping AscendingWalk, weight: (Int) -> Double
) -> [Double?] {
  var searches = searches
  var found = [Double?](repeating: nil, count: searches.count)
  walk { row, number in
    let weight = weight(row)
    for i in searches.indices where found[i] == nil { found[i] = searches[i].take(number, weight: weight) }
    return found.contains { $0 == nil }
  }
  return zip(found, searches).map { $0 ?? $1.last }
}

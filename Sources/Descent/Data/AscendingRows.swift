/// Rows from the least of their numbers up, equal ones in the rows' order, a sixteenth of the rows at a time: the order of all
/// of them would take more memory than the numbers that it is made from.
///
/// A histogram of the numbers' bits, which rise as the numbers do, says which stretches of values hold few enough rows to be
/// picked out and sorted. A stretch with more is cut finer in the same way, unless its numbers are all equal.
/// O(n log n) for finding the order, and some thirty looks at each number.
struct AscendingRows {
  let count: Int
  /// That of a row; never NaN.
  let number: (Int) -> Double

  private struct Place {
    var key: UInt64
    var row: Int
  }

  /// Calls `body` with one row after the other, until it says that it has seen enough.
  func walk(_ body: (_ row: Int, _ number: Double) -> Bool) {
    var (low, high) = (UInt64.max, UInt64.min)
    for row in 0..<count {
      let key = key(row)
      (low, high) = (min(low, key), max(high, key))
    }
    if count > 0 { _ = walk(low...high, count, body) }
  }

  /// Stretches of more rows are cut.
  private var most: Int { max(4096, count / 16) }

  /// Goes over the rows whose keys lie in `keys`, `held` of them; false where that was enough.
  private func walk(_ keys: ClosedRange<UInt64>, _ held: Int, _ body: (Int, Double) -> Bool) -> Bool {
    if held <= most { return walkSorted(keys, held, body) }
    if keys.lowerBound == keys.upperBound { return walkEqual(keys.lowerBound, body) }
    let shift = UInt64(max(0, 56 - (keys.upperBound - keys.lowerBound).leadingZeroBitCount))
    var histogram = [Int](repeating: 0, count: 256)
    for row in 0..<count {
      let key = key(row)
      if keys.contains(key) { histogram[Int((key - keys.lowerBound) >> shift)] += 1 }
    }
    var first = 0
    while first < histogram.count {
      var (end, rows) = (first + 1, histogram[first])
      while end < histogram.count, rows + histogram[end] <= most {
        rows += histogram[end]
        end += 1
      }
      if rows > 0 {
        let stretch = (keys.lowerBound + UInt64(first) << shift)...last(keys, before: end, shift)
        guard walk(stretch, rows, body) else { return false }
      }
      first = end
    }
    return true
  }

  /// The last key of the stretch that ends before a part of the histogram.
  private func last(_ keys: ClosedRange<UInt64>, before part: Int, _ shift: UInt64) -> UInt64 {
    let size = (UInt64(part) << shift) &- 1
    return part == 256 || size > keys.upperBound - keys.lowerBound ? keys.upperBound : keys.lowerBound + size
  }

  private func walkSorted(_ keys: ClosedRange<UInt64>, _ held: Int, _ body: (Int, Double) -> Bool) -> Bool {
    var places: [Place] = []
    places.reserveCapacity(held)
    for row in 0..<count {
      let key = key(row)
      if keys.contains(key) { places.append(Place(key: key, row: row)) }
    }
    places.sort { $0.key != $1.key ? $0.key < $1.key : $0.row < $1.row }
    return places.allSatisfy { body($0.row, number($0.row)) }
  }

  private func walkEqual(_ equal: UInt64, _ body: (Int, Double) -> Bool) -> Bool {
    (0..<count).allSatisfy { key($0) != equal || body($0, number($0)) }
  }

  /// Bits that rise with the number; those of 0 for −0.
  private func key(_ row: Int) -> UInt64 {
    let bits = (number(row) + 0).bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }
}

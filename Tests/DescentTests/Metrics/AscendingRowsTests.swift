import Testing

@testable import Descent

@Suite("Rows in the order of their numbers, a part of them at a time")
struct AscendingRowsTests {
  private static let cases: [(String, [Double])] = {
    var generator = SeededGenerator(seed: 5)
    func numbers(_ count: Int, _ number: (inout SeededGenerator) -> Double) -> [Double] {
      (0..<count).map { _ in number(&generator) }
    }
    return [
      ("none", []), ("one", [3]), ("few", [2, -1, 2, 0, -0.0, 0]),
      ("uniform", numbers(50_000) { .random(in: -1...1, using: &$0) }),
      ("all equal", [Double](repeating: 7, count: 20_000)),
      ("mostly equal", numbers(50_000) { Double(max(0, Int.random(in: -40...3, using: &$0))) }),
      (
        "of all sizes",
        numbers(50_000) {
          .random(in: -1...1, using: &$0)
            * .init(sign: .plus, exponent: .random(in: -1000...1000, using: &$0), significand: 1)
        }
      ),
      ("close together", numbers(50_000) { 1 + Double(Int.random(in: 0...300, using: &$0)) * .ulpOfOne }),
      ("two far apart", numbers(50_000) { Bool.random(using: &$0) ? -1e300 : 1e-300 }),
      ("beyond all", numbers(9000) { [-Double.infinity, .infinity, 0, -0.0].randomElement(using: &$0)! }),
    ]
  }()

  /// Swift's own sort keeps the rows' order among equals.
  @Test("is the one of sorting all", arguments: cases)
  func order(_ name: String, _ numbers: [Double]) {
    let expected = numbers.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
    var found: [Int] = []
    AscendingRows(count: numbers.count) { numbers[$0] }.walk { row, number in
      #expect(number == numbers[row])
      found.append(row)
      return true
    }
    #expect(found == expected, "\(name)")
  }

  @Test("ends where the caller has seen enough", arguments: [1, 4000, 4097, 30_000])
  func stops(_ most: Int) {
    for (_, numbers) in Self.cases where numbers.count >= most {
      var seen = 0
      AscendingRows(count: numbers.count) { numbers[$0] }.walk { _, _ in
        seen += 1
        return seen < most
      }
      #expect(seen == most)
    }
  }

  /// By the formula on the sorted numbers.
  @Test("gives the quantiles of the sorted numbers", arguments: cases.filter { $0.1.count > 1 })
  func quantiles(_ name: String, _ numbers: [Double]) {
    let (sorted, places) = (numbers.sorted(), [0, 0.05, 1.0 / 3, 0.5, 0.9, 1])
    let residuals = Residuals(predictions: numbers.map { -$0 }, targets: numbers.map { _ in 0 })
    let found = residuals.quantiles(places)!
    for (place, quantile) in zip(places, found) {
      let at = place * Double(numbers.count - 1)
      let (lower, upper) = (sorted[Int(at)], sorted[min(Int(at) + 1, numbers.count - 1)])
      let expected = at == at.rounded() ? lower : lower + (at - at.rounded(.down)) * (upper - lower)
      #expect(quantile == expected || quantile.isNaN && expected.isNaN, "\(name), \(place)")
    }
  }

  /// Bins by the definition: equal shares of the sorted rows, but equal predictions together.
  @Test(
    "gives bins of equal shares, of which none parts equal predictions",
    arguments: cases.filter { $0.1.allSatisfy(\.isFinite) && !$0.1.isEmpty })
  func bins(_ name: String, _ numbers: [Double]) {
    let bins = Residuals(predictions: numbers, targets: numbers).bias(bins: 7)
    let sorted = numbers.sorted()
    var start = 0
    for bin in bins {
      #expect(bin.lowest == sorted[start] && bin.highest == sorted[start + bin.rows - 1], "\(name)")
      start += bin.rows
      #expect(start == numbers.count || sorted[start] > bin.highest, "\(name)")
      // As many as the sevenths before have, or more by ties alone.
      let least = (1...7).map { numbers.count * $0 / 7 }.last { $0 <= start }!
      #expect(start == least || sorted[least - 1] == bin.highest, "\(name)")
    }
    #expect(start == numbers.count)
  }

  /// Order kept or sought anew, the same metrics.
  @Test("is kept for resamples") func prepared() {
    let numbers = Self.cases[5].1
    let residuals = Residuals(
      predictions: numbers, targets: numbers.indices.map { Double($0 % 5) },
      weights: numbers.indices.map { Double($0 % 3) })
    #expect(residuals.prepared.metrics == residuals.metrics)
    #expect(residuals.prepared.metrics { Double($0 % 2) } == residuals.metrics { Double($0 % 2) })
  }
}

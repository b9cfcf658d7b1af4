internal import LinearAlgebra

extension CentredRows {
  /// All rows in memory, `[rows, columns]`, less their means, weighed.
  func centred() -> Matrix<Work> {
    var x = Matrix<Work>(rows: rows, columns: columns)
    let means = rests.map { Work($0) }
    x.withMutableElements {
      readUnweighed(0..<rows, into: &$0)
      subtractFromRows(means.span, &$0)
      weigh(0..<rows, &$0)
    }
    return x
  }

  /// The means of the scaled features.
  var means: [Double] { zip(offsets, rests).map { $0 + $1 } }

  /// What a row counts for in a mean.
  func share(of row: Int) -> Double { (roots.map { $0[row] * $0[row] } ?? 1) / Double(rows) }

  /// The means of what ``readUnweighed(_:into:)`` gives, summed in Double.
  private var rests: [Double] {
    var sums = [Double](repeating: 0, count: columns)
    if !isCentred { return sums }
    var block = [Work](repeating: 0, count: min(rows, 256) * columns)
    for start in stride(from: 0, to: rows, by: 256) {
      let range = start..<min(start + 256, rows)
      var span = block.mutableSpan
      readUnweighed(range, into: &span)
      guard roots == nil else {
        for i in range {
          let row = (i - start) * columns..<(i - start + 1) * columns
          addToSums(block.span.extracting(row), rows: 1, scale: share(of: i), &sums)
        }
        continue
      }
      addToSums(block.span, rows: range.count, scale: 1 / Double(rows), &sums)
    }
    return sums
  }
}

@specialized(where Work == Float)
@specialized(where Work == Double)
private func addToSums<Work: KernelScalar>(
  _ block: Span<Work>, rows: Int, scale: Double, _ sums: inout [Double]
) {
  let columns = sums.count
  for i in 0..<rows { for j in 0..<columns { sums[j] += scale * Double(block[i * columns + j]) } }
}

extension SparseStorage {
  /// Means and population standard deviations of the columns, their zeros counted; 0 for a constant column.
  ///
  /// - Parameter weights: what each row counts for; once each where nil.
  func moments(_ weights: [Double]?) -> (means: [Double], deviations: [Double]) {
    guard let weights else { return (means, deviations) }
    let counts = weights.scaledToMean1
    let (byColumns, total, rows) = (byColumns, Double(rows), counts.count { $0 > 0 })
    var result: (means: [Double], deviations: [Double]) = ([], [])
    for j in 0..<columns {
      let range = (byColumns.starts[j]..<byColumns.starts[j + 1]).filter {
        counts[Int(byColumns.rows[$0])] > 0
      }
      let x = range.map { byColumns.values[$0] }
      let shares = range.map { counts[Int(byColumns.rows[$0])] / total }
      let hasZeros = x.count < rows
      let (low, high) = (
        min(x.min() ?? 0, hasZeros ? 0 : .infinity), max(x.max() ?? 0, hasZeros ? 0 : -.infinity)
      )
      // In units of the largest magnitude, so that squares neither overflow nor underflow.
      let unit = max(abs(low), abs(high))
      guard unit > 0 else {
        result.means.append(0)
        result.deviations.append(0)
        continue
      }
      let mean = zip(x, shares).reduce(0) { $0 + $1.0 / unit * $1.1 }
      result.means.append(unit * mean)
      let zeros = max(0, 1 - shares.reduce(0, +))
      let square = zip(x, shares).reduce(hasZeros ? zeros * mean * mean : 0) {
        $0 + $1.1 * ($1.0 / unit - mean) * ($1.0 / unit - mean)
      }
      result.deviations.append(low < high ? unit * square.squareRoot() : 0)
    }
    return result
  }
}

extension SparseStorage.Values {
  fileprivate subscript(k: Int) -> Double {
    switch self {
    case .float(let values): Double(values[k])
    case .double(let values): values[k]
    }
  }
}

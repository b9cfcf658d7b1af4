extension SparseStorage {
  /// The features times `scaling`'s factors, a copy of the values. Shifts would make every zero a number; there must
  /// be none.
  func scaled(by scaling: Scaling) -> SparseStorage {
    guard scaling != .none else { return self }
    let values: Values =
      switch values {
      case .float(let values):
        .float(values.indices.map { Float(Double(values[$0]) * scaling.factor(Int(indices[$0]))) })
      case .double(let values): .double(values.indices.map { values[$0] * scaling.factor(Int(indices[$0])) })
      }
    return SparseStorage(columns: columns, starts: starts, indices: indices, values: values)
  }

  /// Population standard deviations of the columns, their zeros counted; 0 for a constant column.
  var deviations: [Double] {
    let (columns, rows) = (byColumns, Double(rows))
    return (0..<self.columns).map { j in
      let range = columns.starts[j]..<columns.starts[j + 1]
      let x =
        switch columns.values {
        case .float(let values): values[range].map { Double($0) }
        case .double(let values): Array(values[range])
        }
      let zeros = rows - Double(x.count)
      let (low, high) = (x.min() ?? 0, x.max() ?? 0)
      guard zeros > 0 && !(low == 0 && high == 0) || low < high else { return 0 }
      // In units of the largest magnitude, so that squares neither overflow nor underflow.
      let unit = max(abs(low), abs(high))
      let mean = x.reduce(0) { $0 + $1 / unit } / rows
      let squares = x.reduce(zeros * mean * mean) { $0 + ($1 / unit - mean) * ($1 / unit - mean) }
      return unit * (squares / rows).squareRoot()
    }
  }

  /// The means of the columns, their zeros counted.
  var means: [Double] {
    var sums = [Double](repeating: 0, count: columns)
    let share = 1 / Double(max(1, rows))
    for k in indices.indices { sums[Int(indices[k])] += value(k) * share }
    return sums
  }

  func value(_ k: Int) -> Double {
    switch values {
    case .float(let values): Double(values[k])
    case .double(let values): values[k]
    }
  }
}

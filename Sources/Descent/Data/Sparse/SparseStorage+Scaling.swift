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
    let columns = byColumns
    return switch columns.values {
    case .float(let values): deviations(of: values, columns.starts)
    case .double(let values): deviations(of: values, columns.starts)
    }
  }

  private func deviations<Number: BinaryFloatingPoint>(of values: [Number], _ starts: [Int]) -> [Double] {
    let rows = Double(rows)
    return values.withUnsafeBufferPointer { values in
      (0..<columns).map { j in
        let x = values[starts[j]..<starts[j + 1]]
        let zeros = rows - Double(x.count)
        var (low, high) = (Double.infinity, -Double.infinity)
        for v in x { (low, high) = (min(low, Double(v)), max(high, Double(v))) }
        if x.isEmpty { (low, high) = (0, 0) }
        guard zeros > 0 && !(low == 0 && high == 0) || low < high else { return 0 }
        // In units of the largest magnitude, so that squares neither overflow nor underflow.
        let unit = max(abs(low), abs(high))
        var sum = 0.0
        for v in x { sum += Double(v) / unit }
        let mean = sum / rows
        var squares = zeros * mean * mean
        for v in x { squares += (Double(v) / unit - mean) * (Double(v) / unit - mean) }
        return unit * (squares / rows).squareRoot()
      }
    }
  }

  /// The means of the columns, their zeros counted.
  var means: [Double] {
    switch values {
    case .float(let values): means(of: values)
    case .double(let values): means(of: values)
    }
  }

  private func means<Number: BinaryFloatingPoint>(of values: [Number]) -> [Double] {
    var sums = [Double](repeating: 0, count: columns)
    let share = 1 / Double(max(1, rows))
    sums.withUnsafeMutableBufferPointer { sums in
      for (j, x) in zip(indices, values) { sums[Int(j)] += Double(x) * share }
    }
    return sums
  }

  func value(_ k: Int) -> Double {
    switch values {
    case .float(let values): Double(values[k])
    case .double(let values): values[k]
    }
  }
}

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

  func value(_ k: Int) -> Double {
    switch values {
    case .float(let values): Double(values[k])
    case .double(let values): values[k]
    }
  }
}

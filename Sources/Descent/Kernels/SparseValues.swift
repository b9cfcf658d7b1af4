/// Values of nonzeros, in the precision that they were read in.
public enum SparseValues: Sendable, Equatable {
  case float([Float])
  case double([Double])

  public var count: Int {
    switch self {
    case .float(let values): values.count
    case .double(let values): values.count
    }
  }
}

/// Values of nonzeros, in the precision that they were read in.
public enum SparseValues: Sendable, Equatable {
  /// Single precision, 4 bytes a nonzero.
  case float([Float])
  /// Double precision, 8 bytes a nonzero. Products of a model in Float round as they go.
  case double([Double])

  /// How many are stored: the nonzeros, not rows · columns.
  public var count: Int {
    switch self {
    case .float(let values): values.count
    case .double(let values): values.count
    }
  }
}

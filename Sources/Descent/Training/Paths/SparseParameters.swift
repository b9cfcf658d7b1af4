internal import LinearAlgebra

/// A flat parameter vector of which only what is not zero is kept.
public struct SparseParameters<Element: KernelScalar>: Sendable, Equatable {
  /// The length of the vector.
  public let count: Int
  /// Where it is not zero, in rising order.
  public let indices: [Int]
  /// What it is there, one for each of ``indices``.
  public let values: [Element]

  /// Keeps what is not 0, NaN among it. O(count)
  public init(_ dense: [Element]) {
    count = dense.count
    indices = dense.indices.filter { dense[$0] != 0 }
    values = indices.map { dense[$0] }
  }

  /// Nil where indices do not rise, or are none of `count` parameters.
  public init?(count: Int, indices: [Int], values: [Element]) {
    guard indices.count == values.count, zip(indices, indices.dropFirst()).allSatisfy({ $0 < $1 }),
      indices.first.map({ $0 >= 0 }) ?? true, indices.last.map({ $0 < count }) ?? true
    else { return nil }
    (self.count, self.indices, self.values) = (count, indices, values)
  }

  /// All of it.
  public var dense: [Element] {
    var result = [Element](repeating: 0, count: count)
    for (index, value) in zip(indices, values) { result[index] = value }
    return result
  }
}

internal import LinearAlgebra

/// What a number is that is not finite, by the name that people know.
public enum NonFinite: String, Sendable, Equatable, CustomStringConvertible {
  /// No number, as 0/0 is none.
  case nan = "NaN"
  /// Above all numbers, as 1/0 is, or what is too large for its type.
  case infinity
  /// Below all numbers, as −1/0 is.
  case minusInfinity = "minus infinity"

  /// Nil of a finite number.
  public init?(_ value: some BinaryFloatingPoint) {
    guard !value.isFinite else { return nil }
    self = value.isNaN ? .nan : value > 0 ? .infinity : .minusInfinity
  }

  public var description: String { rawValue }
}

extension FeatureStorage {
  /// What the number there is; nil where it is finite.
  public func nonFinite(row: Int, column: Int) -> NonFinite? {
    var numbers = [Double](repeating: 0, count: columns)
    var span = numbers.mutableSpan
    read(row..<row + 1, into: &span)
    return NonFinite(numbers[column])
  }
}

/// Numbers of rows where they lie, in a type of their own: products read them there, and convert them in registers.
///
/// Nothing is copied, and what is written to the caches is as little as can be: a pass over them is as fast as memory.
public struct RowsInPlace: Sendable {
  /// What numbers are stored as: `UInt8`, `Float` or `Double`.
  public enum Kind: Sendable {
    /// Whole numbers from 0 to 255.
    case bytes
    /// Numbers of single precision.
    case singles
    /// Numbers of double precision.
    case doubles
  }

  private enum Place: Sendable {
    case singles(ArraySlice<Float>)
    /// From that byte on.
    case mapped(any MappedBytes, start: Int)
  }

  /// The type that products read. A model in `Float` takes no doubles so: it converts them to a buffer.
  public let kind: Kind
  /// How many numbers there are: rows times columns.
  public let count: Int
  private let place: Place

  init(_ singles: ArraySlice<Float>) {
    (kind, count, place) = (.singles, singles.count, .singles(singles))
  }

  /// `count` numbers from byte `start` on.
  init(_ kind: Kind, count: Int, in bytes: any MappedBytes, at start: Int) {
    (self.kind, self.count, place) = (kind, count, .mapped(bytes, start: start))
  }

  /// Calls `body` with where the first number lies; not at all where there is none.
  func withStart(_ body: (UnsafeRawPointer) -> Void) {
    switch place {
    case .singles(let numbers):
      numbers.withUnsafeBytes { if let start = $0.baseAddress { body(start) } }
    case .mapped(let bytes, let start):
      bytes.withBytes { if let first = $0.baseAddress { body(first + start) } }
    }
  }
}

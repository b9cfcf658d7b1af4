/// Numbers of rows where they lie, in a type of their own: products read them there, and convert them in registers.
///
/// Nothing is copied, and what is written to the caches is as little as can be: a pass over them is as fast as memory.
public struct RowsInPlace: Sendable {
  public enum Kind: Sendable { case bytes, singles, doubles }

  private enum Place: Sendable {
    case singles(ArraySlice<Float>)
    /// From that byte on.
    case mapped(any MappedBytes, start: Int)
  }

  public let kind: Kind
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

internal import CXXHash

/// A hash of bytes that arrive in pieces: XXH3, 64 bits, at the speed of memory.
///
/// It tells apart what differs by accident. It is no signature: who wants to can make two inputs of one hash.
/// (Yann Collet's xxHash, whose specification fixes the numbers.)
public final class ContentHash {
  private let state: OpaquePointer

  /// Of no bytes so far, with XXH3's seed of 0. Traps where there is no memory for its state.
  public init() {
    guard let state = XXH3_createState() else { fatalError("no memory for a hash") }
    self.state = state
    XXH3_64bits_reset(state)
  }

  deinit { XXH3_freeState(state) }

  /// Adds these bytes.
  public func add(_ bytes: UnsafeRawBufferPointer) {
    XXH3_64bits_update(state, bytes.baseAddress, bytes.count)
  }

  /// Adds the memory of these numbers.
  public func add<Number: BitwiseCopyable>(_ numbers: ArraySlice<Number>) {
    numbers.withUnsafeBytes { add($0) }
  }

  /// Adds the memory of a whole array. Its length and type are not hashed: `[1, 2]` and then `[3]` are as `[1, 2, 3]`.
  public func add<Number: BitwiseCopyable>(_ numbers: [Number]) { add(numbers[...]) }

  /// Adds a text, and that it ends here.
  public func add(_ text: String) { add(Array(text.utf8) + [0]) }

  /// The hash of all that was added so far.
  public var value: UInt64 { XXH3_64bits_digest(state) }

  /// The hash of these numbers alone, another for each seed: some nanoseconds for a few of them.
  static func of<Number: BitwiseCopyable>(_ numbers: ArraySlice<Number>, seed: UInt64 = 0) -> UInt64 {
    numbers.withUnsafeBytes { XXH3_64bits_withSeed($0.baseAddress, $0.count, seed) }
  }
}

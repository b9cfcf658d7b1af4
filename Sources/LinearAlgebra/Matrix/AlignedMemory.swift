/// Bytes that a processor fetches at once. Numbers that begin at a multiple of it never straddle two lines, which costs the
/// products up to a fifth of their speed: Swift's own arrays begin 16 bytes before one.
public var cacheLine: Int { 64 }

extension ArraySlice where Element: BitwiseCopyable {
  /// `count` numbers that begin at a cache line, in an array of their own. `initialize` must write all of them.
  ///
  /// A copy that value semantics make of them may begin elsewhere, and is as good but for speed.
  public static func aligned(
    count: Int, initializingWith initialize: (_ numbers: UnsafeMutableBufferPointer<Element>) throws -> Void
  ) rethrows -> ArraySlice {
    let stride = MemoryLayout<Element>.stride
    require(cacheLine % stride == 0, "numbers of \(stride) bytes in cache lines of \(cacheLine)")
    var start = 0
    let array = try [Element](unsafeUninitializedCapacity: count + cacheLine / stride - 1) { buffer, filled in
      guard let address = buffer.baseAddress else { return }
      start = (cacheLine - Int(bitPattern: address) % cacheLine) % cacheLine / stride
      UnsafeMutableRawPointer(address).initializeMemory(as: UInt8.self, repeating: 0, count: start * stride)
      try initialize(UnsafeMutableBufferPointer(rebasing: buffer[start..<start + count]))
      filled = start + count
    }
    return array[start..<start + count]
  }

  /// The same numbers, beginning at a cache line.
  public static func aligned(_ numbers: some Collection<Element>) -> ArraySlice {
    aligned(count: numbers.count) { _ = $0.initialize(fromContentsOf: numbers) }
  }
}

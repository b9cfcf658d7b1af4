internal import Descent

/// The bytes of a file, of a pipe, of standard input or of memory, inflated where they are gzip's or zstd's.
///
/// Both are told by their first bytes and not by the name.
public final class Input {
  /// The most that a compressed file may inflate to unless told otherwise: 16 GiB.
  public static let maximumInflatedBytes = 16 << 30

  /// The path, or `standard input`: what messages call it.
  public let name: String
  let isStandardInput: Bool
  /// The path of a regular file that is not compressed: one that can be mapped into memory.
  var mappablePath: String? {
    !isStandardInput && source is FileSource && source.size != nil ? name : nil
  }
  private var source: any ByteSource
  private var front: ArraySlice<UInt8> = []

  /// Opens `path`; `-` is standard input.
  ///
  /// - Throws: ``FileError`` of kind `noInput` where it is missing, a directory or may not be read.
  public convenience init(
    _ path: String, maximumInflatedBytes: Int = Input.maximumInflatedBytes, progress: ReadProgress? = nil
  ) throws(FileError) {
    try self.init(
      FileSource(path, progress: progress), maximumInflatedBytes, isStandardInput: path == "-")
  }

  /// Bytes in memory, inflated as a file's are; `name` is what messages call them.
  ///
  /// - Throws: ``FileError`` of kind `badData` where they are compressed twice, or damaged from the start. What is damaged
  ///   further on, or inflates to more than the maximum, is an error once it is read.
  public convenience init(
    bytes: [UInt8], name: String, maximumInflatedBytes: Int = Input.maximumInflatedBytes
  ) throws(FileError) {
    try self.init(MemorySource(bytes, name: name), maximumInflatedBytes)
  }

  /// Bytes that are taken as they come, whatever they start with.
  init(plain source: any ByteSource) {
    (name, self.source, isStandardInput) = (source.name, source, false)
  }

  private init(
    _ source: any ByteSource, _ maximumInflatedBytes: Int, isStandardInput: Bool = false
  ) throws(FileError) {
    (name, self.source, self.isStandardInput) = (source.name, source, isStandardInput)
    guard let outer = try compression() else { return }
    self.source = outer.inflated(front, source, limit: maximumInflatedBytes)
    front = []
    if let inner = try compression() {
      throw FileError(
        .badData, name,
        inner == outer
          ? "is compressed by \(outer.rawValue) twice"
          : "is compressed by \(inner.rawValue) and then by \(outer.rawValue)", remedy: "inflate it once")
    }
  }

  /// How the bytes to come are compressed, as their start tells.
  private func compression() throws(FileError) -> Compression? {
    // No more is waited for than tells something: a pipe may bring a row of two bytes and pause.
    let first = try peek(1)
    for format in Compression.allCases where first.elementsEqual(format.magic.prefix(1)) {
      if try peek(format.magic.count).elementsEqual(format.magic) { return format }
    }
    return nil
  }

  /// No more bytes than this will come in all, where that is known.
  var bound: Int? { source.bound }

  /// How many bytes come in all, where that is known.
  var size: Int? { source.size }

  /// How many bytes probably come in all, by those that have come, where there is a way to tell.
  var expectedSize: Int? { source.expectedSize }

  /// The next `count` bytes, fewer where the input ends before; they stay to be read.
  func peek(_ count: Int) throws(FileError) -> ArraySlice<UInt8> {
    while front.count < count {
      var chunk = [UInt8](repeating: 0, count: 1 << 12)
      let more = try chunk.withUnsafeMutableBufferPointer { (buffer) throws(FileError) in
        try source.read(into: UnsafeMutableRawBufferPointer(buffer))
      }
      if more == 0 { break }
      front += chunk.prefix(more)
    }
    return front.prefix(count)
  }

  /// All bytes to come, where there are no more than `most`; nil where there are. They stay to be read.
  func whole(_ most: Int) throws(FileError) -> [UInt8]? {
    let bytes = try take(most + 1)
    front = bytes + front
    return bytes.count <= most ? bytes : nil
  }

  /// The first line of the bytes to come, without what ends it, or `most` bytes of a longer one; they stay to be read.
  ///
  /// No more is waited for: a pipe may bring a short row and pause.
  func peekLine(_ most: Int) throws(FileError) -> ArraySlice<UInt8> {
    while true {
      if let end = front.firstIndex(of: .newline) { return front[..<end].prefix(most) }
      let count = front.count
      guard count < most, try peek(count + 1).count > count else { return front.prefix(most) }
    }
  }

  /// Moves on by a line, with what ends it.
  func skipLine() throws(FileError) {
    while try !peek(1).isEmpty {
      if let end = front.firstIndex(of: .newline) {
        front = front[(end + 1)...]
        return
      }
      front = []
    }
  }

  /// Writes the next bytes to `buffer` and returns how many; none at the end alone.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    guard !front.isEmpty else { return try source.read(into: buffer) }
    let count = min(buffer.count, front.count)
    buffer.copyBytes(from: front.prefix(count))
    front = front.dropFirst(count)
    return count
  }

  /// The next `count` bytes, fewer where the input ends before.
  ///
  /// Memory is taken as the bytes arrive: `count` may be what a file declares.
  func take(_ count: Int) throws(FileError) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(min(count, size ?? 1 << 20))
    var chunk = [UInt8](repeating: 0, count: min(count, 1 << 20))
    while result.count < count {
      let wanted = min(chunk.count, count - result.count)
      let more = try chunk.withUnsafeMutableBufferPointer { (buffer) throws(FileError) in
        try read(
          into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<wanted]))
      }
      if more == 0 { break }
      result += chunk.prefix(more)
    }
    return result
  }
}

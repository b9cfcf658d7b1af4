internal import Descent
internal import Glibc

/// Cuts what is left of a text into chunks of whole records, which can be read apart from each other.
///
/// Where quotes hold line breaks together, a line ends a record where an even number of quotes stands before it in the chunk, those in
/// comments left out. That holds for every sound table; in one that is not the first error lies in the first chunk that was
/// cut wrongly, or before.
final class RecordSplitter {
  /// Small enough to stay in a core's cache, with the numbers that come of it.
  static let chunkSize = 1 << 20

  private let input: Input
  private let chunkSize: Int
  private let greatestRecord: Int
  private let hasQuotes: Bool
  /// What begins a comment; 0 for nothing.
  private let comment: UInt8
  /// The start of the next chunk, read already.
  private var rest: [UInt8]
  private var isAtEnd = false
  private var failure: FileError?
  /// The bytes that were handed out.
  private(set) var bytes = 0
  /// Memory for chunks of the usual size.
  private let spares = Spares<UnsafeMutableBufferPointer<UInt8>> { $0.deallocate() }

  init(
    _ input: Input, rest: [UInt8] = [], chunkSize: Int = RecordSplitter.chunkSize, greatestRecord: Int,
    hasQuotes: Bool, comment: UInt8 = 0
  ) {
    (self.input, self.rest, self.hasQuotes, self.comment) = (input, rest, hasQuotes, comment)
    (self.chunkSize, self.greatestRecord) = (chunkSize, greatestRecord)
  }

  /// The next chunk; nil at the end.
  ///
  /// - Throws: What reading the input throws, once the whole records before it have been handed out.
  func next() throws(FileError) -> RecordWindow? {
    if let failure { throw failure }
    guard !isAtEnd || !rest.isEmpty else { return nil }
    let capacity = max(chunkSize, 2 * rest.count) + 2
    var memory = (capacity == chunkSize + 2 ? spares.take() : nil) ?? .allocate(capacity: capacity)
    _ = memory.update(fromContentsOf: rest)
    var count = rest.count
    rest = []
    while true {
      fill(memory, &count)
      let cut = isAtEnd && failure == nil ? count : wholeRecords(UnsafeBufferPointer(memory)[..<count])
      if cut > 0 || isAtEnd || count > greatestRecord {
        if let failure, cut == 0 {
          memory.deallocate()
          throw failure
        }
        guard count > 0 else {
          memory.deallocate()
          return nil
        }
        // A record that is too long is handed out as it is: reading it says so.
        let end = cut > 0 ? cut : count
        rest = Array(memory[end..<count])
        bytes += end
        return RecordWindow(memory, count: end, returnedTo: memory.count == chunkSize + 2 ? spares : nil)
      }
      let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 2 * memory.count)
      _ = larger.update(fromContentsOf: memory[..<count])
      memory.deallocate()
      memory = larger
    }
  }

  private func fill(_ memory: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int) {
    while !isAtEnd, count < memory.count - 2 {
      do throws(FileError) {
        let room = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(memory)[count..<memory.count - 2])
        let more = try input.read(into: room)
        count += more
        isAtEnd = more == 0
      } catch {
        (failure, isAtEnd) = (error, true)
      }
    }
  }

  /// How many of the bytes are whole records.
  private func wholeRecords(_ slice: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    let bytes = UnsafeBufferPointer(rebasing: slice)
    guard let start = bytes.baseAddress else { return 0 }
    guard hasQuotes, memchr(start, Int32(UInt8.quote), bytes.count) != nil else {
      return bytes.lastIndex(of: .newline).map { $0 + 1 } ?? 0
    }
    if comment != 0, memchr(start, Int32(comment), bytes.count) != nil {
      return wholeRecordsAndComments(bytes)
    }
    var isInQuotes = !bytes.reduce(0) { $0 + ($1 == .quote ? 1 : 0) }.isMultiple(of: 2)
    var end = bytes.count
    while end > 0 {
      if bytes[end - 1] == .quote { isInQuotes.toggle() }
      if bytes[end - 1] == .newline, !isInQuotes { return end }
      end -= 1
    }
    return 0
  }
  /// The same where there are comments, in which a quote is none.
  private func wholeRecordsAndComments(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var (end, isInQuotes, isInComment, last) = (0, false, false, UInt8.newline)
    for (i, byte) in bytes.enumerated() {
      if byte == .newline, !isInQuotes {
        (end, isInComment) = (i + 1, false)
      } else if byte == .quote, !isInComment {
        isInQuotes.toggle()
      } else if byte == comment, !isInQuotes, last.isBlank || last == .newline {
        isInComment = true
      }
      last = byte
    }
    return end
  }
}

internal import Descent

/// The part of an input that is being split into records, in memory that holds the longest record.
///
/// Behind its last byte stands a NUL, and a last line without a line break gets one.
final class RecordWindow {
  /// What fills it up; nil where it holds all there is.
  private let input: Input?
  private let greatestRecord: Int
  private var memory: UnsafeMutableBufferPointer<UInt8>
  private var start = 0
  private var end = 0
  private var isFinished = false
  /// Where the memory goes at the end.
  private let spares: Spares<UnsafeMutableBufferPointer<UInt8>>?

  init(_ input: Input, capacity: Int = 1 << 20, greatestRecord: Int) {
    (self.input, self.greatestRecord, spares) = (input, greatestRecord, nil)
    memory = .allocate(capacity: capacity + 2)
    memory[0] = 0
  }

  /// A window on the first `count` bytes of `memory`, which it takes over, and on nothing more. There is room
  /// for two bytes behind them. In the end it gives the memory to `spares`, or frees it.
  init(
    _ memory: UnsafeMutableBufferPointer<UInt8>, count: Int,
    returnedTo spares: Spares<UnsafeMutableBufferPointer<UInt8>>? = nil
  ) {
    (input, greatestRecord, self.spares) = (nil, 0, spares)
    self.memory = memory
    end = count
    finish()
  }

  deinit {
    if let spares { spares.give(memory) } else { memory.deallocate() }
  }

  /// The bytes that have been read and not been consumed, with a NUL behind them.
  var bytes: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: UnsafeBufferPointer(memory)[start..<end])
  }

  /// The first of ``bytes``, or the NUL.
  var first: UnsafePointer<UInt8> { UnsafePointer(memory.baseAddress! + start) }

  var isAtEnd: Bool { isFinished && start == end }

  func consume(_ count: Int) { start += count }

  /// Adds bytes to ``bytes``; false where the input has no more, or the record is longer than it may be.
  ///
  /// Where a long record is on its way, its length doubles with each call, so that looking at it from its
  /// start each time stays linear.
  func refill() throws(FileError) -> Bool {
    let present = end - start
    guard let input, !isFinished, present <= greatestRecord else { return false }
    makeRoom(for: present)
    let wanted = present < 1 << 16 ? 1 : present
    var isOver = false
    while end - start < present + wanted, !isOver {
      let room = UnsafeMutableRawBufferPointer(
        rebasing: UnsafeMutableRawBufferPointer(memory)[end..<capacity])
      let count = try input.read(into: room)
      end += count
      isOver = count == 0
    }
    if isOver { finish() } else { memory[end] = 0 }
    return end - start > present
  }

  /// No more bytes come: ends the last line.
  private func finish() {
    isFinished = true
    if end > start, memory[end - 1] != .newline {
      memory[end] = .newline
      end += 1
    }
    memory[end] = 0
  }

  /// Two bytes are kept for the line break and the NUL.
  private var capacity: Int { memory.count - 2 }

  private func makeRoom(for present: Int) {
    if present > capacity / 2 {
      let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 2 * capacity + 2)
      _ = larger.update(fromContentsOf: bytes)
      memory.deallocate()
      memory = larger
    } else if start > 0 {
      memory.baseAddress!.update(from: memory.baseAddress! + start, count: present)
    }
    (start, end) = (0, present)
  }
}

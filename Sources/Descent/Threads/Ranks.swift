internal import LinearAlgebra

/// What the ranks of one training say to each other: parts of what all of them need, in one message each.
///
/// Each message says besides what it belongs to, so that ranks that have come apart are found out and do not go on with the
/// sums of different things; and whether its sender wants to stop, so that all do so at the same step. One caller at a time.
final class Ranks: @unchecked Sendable {
  let communicator: any Communicator
  var rank: Int { communicator.rank }
  var count: Int { communicator.size }
  /// Why this rank would stop; the largest number of all decides.
  var wish: () -> UInt8 = { 0 }
  /// What all ranks know since the last message.
  private(set) var agreed: UInt8 = 0
  /// Whether this rank's numbers are not those of the data any more, and who has said so: what all have come to is worth nothing.
  var hasLostRows: () -> Bool = { false }
  private(set) var lost: Int?
  /// Whether rank 0 would keep the state, and what all ranks know of that since the last message.
  var keeps: () -> Bool = { false }
  private(set) var areToKeep = false
  private var messages: UInt64 = 0
  private var memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)

  /// What stands before each rank's bytes.
  private struct Head {
    var message: UInt64
    /// What must be equal at all ranks, as a hash.
    var check: UInt64
    var wish: UInt8
    var keeps, hasLostRows: Bool

    static let size = MemoryLayout<Head>.stride
  }

  init(_ communicator: any Communicator) {
    require(
      communicator.size >= 1 && (0..<communicator.size).contains(communicator.rank),
      "rank \(communicator.rank) of \(communicator.size)")
    self.communicator = communicator
  }

  deinit { memory.deallocate() }

  /// Hands room for this rank's bytes to `fill`, and the bytes of each rank, this one's too, to `take`.
  ///
  /// - Parameters:
  ///   - sizes: the bytes of each rank, as all of them know.
  ///   - check: what the sums belong to; ranks that say otherwise end.
  func exchange(
    _ sizes: [Int], check: UInt64 = 0, fill: (UnsafeMutableRawBufferPointer) -> Void,
    take: (_ rank: Int, UnsafeRawBufferPointer) -> Void
  ) {
    // In whole numbers of 8 bytes, so that each part is aligned.
    let counts = sizes.map { Head.size + ($0 + 7) / 8 * 8 }
    var starts = [0]
    for count in counts { starts.append(starts.last! + count) }
    makeRoom(for: starts.last!)
    let all = UnsafeMutableRawBufferPointer(rebasing: memory[..<starts.last!])
    func bytes(_ rank: Int) -> UnsafeMutableRawBufferPointer {
      let first = starts[rank] + Head.size
      return UnsafeMutableRawBufferPointer(rebasing: all[first..<first + sizes[rank]])
    }
    messages += 1
    all.storeBytes(
      of: Head(
        message: messages, check: check, wish: wish(), keeps: keeps(), hasLostRows: hasLostRows()),
      toByteOffset: starts[rank], as: Head.self)
    fill(bytes(rank))
    communicator.gather(all, counts: counts)
    for other in 0..<count {
      read(all.load(fromByteOffset: starts[other], as: Head.self), of: other, check)
      take(other, UnsafeRawBufferPointer(bytes(other)))
    }
  }

  /// The numbers of all ranks, one after the other; `counts` of them each.
  func gather<Number: BitwiseCopyable>(_ own: [Number], counts: [Int], check: UInt64 = 0) -> [Number] {
    require(own.count == counts[rank], "\(own.count) numbers of \(counts[rank])")
    let size = MemoryLayout<Number>.stride
    var result: [Number] = []
    result.reserveCapacity(counts.reduce(0, +))
    exchange(counts.map { $0 * size }, check: check) { room in
      own.withUnsafeBytes { room.copyMemory(from: $0) }
    } take: { _, bytes in
      result += bytes.bindMemory(to: Number.self)
    }
    return result
  }

  /// The numbers of one rank, at all of them. Each brings as many, of which others' count for nothing.
  func spread<Number: BitwiseCopyable>(_ numbers: [Number], from one: Int) -> [Number] {
    gather(one == rank ? numbers : [], counts: (0..<count).map { $0 == one ? numbers.count : 0 })
  }

  /// Which of so many things in a row each rank does.
  func shares(of things: Int) -> [Range<Int>] {
    (0..<count).map { things * $0 / count..<things * ($0 + 1) / count }
  }

  private func read(_ head: Head, of other: Int, _ check: UInt64) {
    guard head.message == messages, head.check == check else {
      communicator.abandon(
        "rank \(other) has come to something else than rank \(rank), at message \(messages): all need the same program, "
          + "processor and data")
    }
    agreed = max(agreed, head.wish)
    if other == 0 { areToKeep = head.keeps }
    if head.hasLostRows, lost == nil { lost = other }
  }

  private func makeRoom(for bytes: Int) {
    guard memory.count < bytes else { return }
    memory.deallocate()
    memory = .allocate(byteCount: bytes, alignment: cacheLine)
  }
}

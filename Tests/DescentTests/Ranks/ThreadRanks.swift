import Descent
import Foundation
import Synchronization

/// Threads in the place of the processes that train one model: so that laws hold of ranks without MPI.
final class ThreadRanks: @unchecked Sendable {
  private let size: Int
  private let condition = NSCondition()
  /// What each has brought of the message under way.
  private var brought: [[UInt8]?]
  private var taken = 0

  private init(_ size: Int) {
    self.size = size
    brought = Array(repeating: nil, count: size)
  }

  /// What `body` comes to at each of so many ranks, each on a thread of its own.
  static func run<Result: Sendable>(
    _ size: Int, _ body: @escaping @Sendable (any Communicator) throws -> Result
  ) throws -> [Result] {
    let all = ThreadRanks(size)
    let results = Mutex([Int: Swift.Result<Result, any Error>]())
    let threads = DispatchGroup()
    for rank in 0..<size {
      threads.enter()
      let thread = Thread {
        let result = Swift.Result { try body(End(all, rank)) }
        results.withLock { $0[rank] = result }
        threads.leave()
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
    threads.wait()
    return try (0..<size).map { rank in try results.withLock { $0[rank]! }.get() }
  }

  private func gather(_ rank: Int, _ all: UnsafeMutableRawBufferPointer, _ counts: [Int]) {
    precondition(counts.count == size && counts.reduce(0, +) == all.count)
    let own = counts[..<rank].reduce(0, +)
    condition.lock()
    defer { condition.unlock() }
    // The message before is not yet with everybody.
    while brought[rank] != nil { condition.wait() }
    brought[rank] = Array(all[own..<own + counts[rank]])
    condition.broadcast()
    while brought.contains(where: { $0 == nil }) { condition.wait() }
    let message = brought.compactMap(\.self)
    precondition(
      message.map(\.count) == counts, "ranks that bring \(message.map(\.count)) bytes, not \(counts)")
    all.copyBytes(from: message.joined())
    taken += 1
    guard taken == size else {
      // Nobody begins the next before all have this one.
      while taken > 0 { condition.wait() }
      return
    }
    taken = 0
    brought = Array(repeating: nil, count: size)
    condition.broadcast()
  }

  private struct End: Communicator {
    let all: ThreadRanks
    let rank: Int
    var size: Int { all.size }

    init(_ all: ThreadRanks, _ rank: Int) { (self.all, self.rank) = (all, rank) }

    func gather(_ bytes: UnsafeMutableRawBufferPointer, counts: [Int]) { all.gather(rank, bytes, counts) }
    func abandon(_ message: String) -> Never { fatalError(message) }
  }
}

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
  /// What each lends, by the loan's number, and how many have not given it back.
  private let loans = Mutex<[Int: (bytes: [Communicator.LentBytes?], holders: Int)]>([:])
  private let lent = Mutex<[Int]>([])

  private init(_ size: Int) {
    self.size = size
    brought = Array(repeating: nil, count: size)
    lent.withLock { $0 = Array(repeating: 0, count: size) }
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

    var lends: Bool { true }

    func lend(_ bytes: @escaping LentBytes) -> Int {
      let loan = all.lent.withLock { lent in
        lent[rank] += 1
        return lent[rank] - 1
      }
      all.loans.withLock {
        $0[loan, default: (Array(repeating: nil, count: size), size)].bytes[rank] = bytes
      }
      return loan
    }

    func fetch(
      _ places: ArraySlice<Int>, of size: Int, fromRank owner: Int, loan: Int,
      into memory: UnsafeMutableRawBufferPointer
    ) {
      precondition(owner != rank && memory.count == places.count * size)
      // The other may not have come to lend it yet.
      var bytes: LentBytes?
      while bytes == nil { bytes = all.loans.withLock { $0[loan]?.bytes[owner] } }
      for (number, place) in places.enumerated() {
        bytes!(place, UnsafeMutableRawBufferPointer(rebasing: memory[number * size..<(number + 1) * size]))
      }
    }

    func giveBack(loan: Int) {
      let ended = all.loans.withLock { loans in
        loans[loan]?.holders -= 1
        return loans[loan]?.holders == 0 ? loans.removeValue(forKey: loan) : nil
      }
      _ = ended
    }
  }
}

#if MPI
  internal import CMPI
  internal import Descent
  internal import Foundation
  internal import Synchronization

  /// What ranks lend each other: a thread of each answers who asks for its bytes, whatever the others are at.
  ///
  /// MPI's own one-sided reads make progress while their target calls MPI, which a rank that computes does not.
  final class Loans: Sendable {
    private struct Loan {
      let bytes: MPICommunicator.LentBytes
      /// Who has not given it back.
      var holders: Int
    }

    private enum Kind {
      static let question: Int32 = 1
      static let answers: Int32 = 16
      /// Each question under way has one of its own.
      static let most: Int32 = 30_000
    }

    private let rank, size: Int
    private nonisolated(unsafe) let channel: UnsafeMutableRawPointer
    private let lent = Mutex<(next: Int, loans: [Int: Loan])>((0, [:]))
    private let questions = Atomic<Int32>(0)
    private let isOver = Atomic(false)
    private let hasBegun = Atomic(false)
    private let ended = DispatchSemaphore(value: 0)

    /// Nil where MPI has no channel for it.
    init?(rank: Int, of size: Int) {
      guard let channel = cmpi_channel() else { return nil }
      (self.rank, self.size, self.channel) = (rank, size, channel)
    }

    func lend(_ bytes: @escaping MPICommunicator.LentBytes) -> Int {
      if !hasBegun.exchange(true, ordering: .relaxed) { begin() }
      return lent.withLock { lent in
        lent.loans[lent.next] = Loan(bytes: bytes, holders: size)
        lent.next += 1
        return lent.next - 1
      }
    }

    /// The code of an error of MPI; nil where there is none.
    func fetch(
      _ places: ArraySlice<Int>, of size: Int, from owner: Int32, loan: Int,
      into memory: UnsafeMutableRawBufferPointer
    ) -> Int32? {
      let number = questions.wrappingAdd(1, ordering: .relaxed).oldValue & 0xffff
      let kind = Kind.answers + number % Kind.most
      let words = [Int64(kind), Int64(loan), Int64(size)] + places.map { Int64($0) }
      var code = cmpi_tell(channel, Kind.question, words, Int32(words.count), owner)
      guard code == MPI_SUCCESS else { return code }
      var waited = 0
      while cmpi_awaits(channel, kind, owner) == 0 { rest(&waited, atMost: 100) }
      code = cmpi_take(channel, kind, memory.baseAddress, Int32(places.count * size), owner)
      return code == MPI_SUCCESS ? nil : code
    }

    func giveBack(_ loan: Int) {
      guard !isOver.load(ordering: .acquiring) else { return }
      for other in 0..<size where other != rank {
        _ = cmpi_tell(channel, Kind.question, [0, Int64(loan)], 2, Int32(other))
      }
      end(loan)
    }

    private func end(_ loan: Int) {
      // Let go of outside of the lock.
      _ = lent.withLock { lent -> Loan? in
        lent.loans[loan]?.holders -= 1
        return lent.loans[loan]?.holders == 0 ? lent.loans.removeValue(forKey: loan) : nil
      }
    }

    private func begin() {
      let thread = Thread { [self] in
        var (waited, early) = (0, [Question]())
        while !isOver.load(ordering: .acquiring) {
          if let question = next() { early.append(question) }
          let count = early.count
          early.removeAll { answer($0) }
          if early.count < count { waited = 0 } else { rest(&waited, atMost: 1000) }
        }
        ended.signal()
      }
      thread.name = "descent-loans"
      thread.stackSize = 1 << 20
      thread.start()
    }

    /// The kind of its answer, 0 for none; the loan; the size of each piece; and where each begins.
    private struct Question {
      let from: Int32
      let words: [Int64]
    }

    private func next() -> Question? {
      var (from, count) = (Int32(0), Int32(0))
      guard cmpi_hears(channel, Kind.question, &from, &count) != 0 else { return nil }
      var words = [Int64](repeating: 0, count: Int(count))
      guard cmpi_hear(channel, Kind.question, &words, count, from) == MPI_SUCCESS else { return nil }
      return Question(from: from, words: words)
    }

    /// Answers a question; false where this rank has not come to lend what is asked for.
    private func answer(_ question: Question) -> Bool {
      let (from, words, loan) = (question.from, question.words, Int(question.words[1]))
      let (bytes, isEarly) = lent.withLock { ($0.loans[loan]?.bytes, loan >= $0.next) }
      if isEarly { return false }
      guard words[0] != 0 else {
        end(loan)
        return true
      }
      guard let bytes else {
        MPICommunicator.end("rank \(from) asks for what rank \(rank) has lent no more", code: 70)
      }
      let (places, size) = (words.dropFirst(3), Int(words[2]))
      let answer = UnsafeMutableRawBufferPointer.allocate(byteCount: places.count * size, alignment: 64)
      defer { answer.deallocate() }
      for (number, place) in places.enumerated() {
        bytes(
          Int(place), UnsafeMutableRawBufferPointer(rebasing: answer[number * size..<(number + 1) * size]))
      }
      _ = cmpi_give(channel, Int32(words[0]), answer.baseAddress, Int32(answer.count), from)
      return true
    }

    /// A while, longer the longer nothing has come: at first none, as the next mostly comes at once.
    private func rest(_ waited: inout Int, atMost most: Int) {
      waited += 1
      if waited < 50 { sched_yield() } else { usleep(UInt32(min(most, waited / 2))) }
    }

    /// Answers until no rank asks any more: all have come to the end.
    func end() {
      var meeting: UnsafeMutableRawPointer?
      if cmpi_meet(&meeting) == MPI_SUCCESS { while cmpi_areThere(&meeting) == 0 { usleep(1000) } }
      isOver.store(true, ordering: .releasing)
      if hasBegun.load(ordering: .relaxed) { ended.wait() }
    }
  }
#endif

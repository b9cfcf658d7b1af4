#if MPI
  internal import CMPI
  public import Descent
  internal import Foundation

  /// The processes that `mpirun` has started, by Open MPI.
  ///
  /// ```swift
  /// let ranks = try MPICommunicator()
  /// var trainer = Trainer(loss: Softmax())
  /// trainer.communicator = ranks
  /// let fit = try trainer.fit(data)  // the same at each rank
  /// ranks.leave()
  /// ```
  ///
  /// One for a process; what ranks lend each other they can until all of them leave. Where another process is lost, Open MPI ends them all.
  public final class MPICommunicator: Communicator {
    public let rank: Int
    public let size: Int
    private let heartbeat: Heartbeat?
    private let loans: Loans?

    /// Joins the others, and returns when all are there.
    public init() throws(MPIError) {
      var (rank, size, isShared) = (Int32(0), Int32(0), Int32(0))
      let code = cmpi_start(&rank, &size, &isShared)
      guard code == MPI_SUCCESS else { throw MPIError(code: code) }
      (self.rank, self.size) = (Int(rank), Int(size))
      let isOfSeveral = size > 1 && isShared != 0
      heartbeat = isOfSeveral ? Heartbeat(rank: Int(rank), of: Int(size)) : nil
      loans = isOfSeveral ? Loans(rank: Int(rank), of: Int(size)) : nil
    }

    /// Which MPI it is, such as "Open MPI v4.1.4".
    public static let version: String = {
      let text = [CChar](unsafeUninitializedCapacity: Int(MPI_MAX_LIBRARY_VERSION_STRING)) { text, count in
        var length = Int32(0)
        count = MPI_Get_library_version(text.baseAddress, &length) == MPI_SUCCESS ? Int(length) : 0
      }
      let words = String(decoding: text.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      return String(words.prefix { $0 != "," && $0 != "\0" })
    }()

    public func gather(_ all: UnsafeMutableRawBufferPointer, counts: [Int]) {
      guard size > 1, let start = all.baseAddress else { return }
      var starts = [0]
      for count in counts { starts.append(starts.last! + count) }
      // MPI counts by 32 bits.
      if starts.last! <= Int(Int32.max) {
        return check(cmpi_gather(start, counts.map { Int32($0) }, starts.map { Int32($0) }))
      }
      for (rank, count) in counts.enumerated() {
        for part in stride(from: 0, to: count, by: 1 << 30) {
          check(cmpi_broadcast(start + starts[rank] + part, Int32(min(1 << 30, count - part)), Int32(rank)))
        }
      }
    }

    public var lends: Bool { loans != nil }

    public func lend(_ bytes: @escaping LentBytes) -> Int {
      guard let loans else { abandon("this MPI cannot be called by several threads, which loans need") }
      return loans.lend(bytes)
    }

    public func fetch(
      _ places: ArraySlice<Int>, of size: Int, fromRank rank: Int, loan: Int,
      into memory: UnsafeMutableRawBufferPointer
    ) {
      guard let loans else { abandon("rank \(rank) has lent nothing") }
      if let code = loans.fetch(places, of: size, from: Int32(rank), loan: loan, into: memory) {
        abandon("MPI failed with code \(code)")
      }
    }

    public func giveBack(loan: Int) { loans?.giveBack(loan) }

    public func abandon(_ message: String) -> Never { MPICommunicator.end(message, code: 70) }

    /// Waits for the others, after which nothing more can be said to them.
    public func leave() {
      loans?.end()
      heartbeat?.end()
      _ = cmpi_end()
    }

    /// Ends the processes of all ranks, by a message.
    static func end(_ message: String, code: Int32) -> Never {
      FileHandle.standardError.write(Data("descent: \(message)\n".utf8))
      _ = cmpi_abort(code)
      exit(code)
    }

    /// Ends the processes of all ranks, this one with an exit code.
    public func end(code: Int32) -> Never {
      _ = cmpi_abort(code)
      exit(code)
    }

    /// By default MPI ends all processes at an error of its own.
    private func check(_ code: Int32) {
      if code != MPI_SUCCESS { abandon("MPI failed with code \(code)") }
    }
  }

  /// MPI could not be begun.
  public struct MPIError: Error, CustomStringConvertible {
    public let code: Int32
    public var description: String { "MPI could not be begun: its error \(code)" }
  }
#endif

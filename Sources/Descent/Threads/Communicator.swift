/// Processes, or threads in their place, that train one model together: each has the same recipe and some of the rows.
///
/// They run the same steps, and exchange sums over the rows, and what of the rows all need. `gather` is all that they must have of
/// each other, so that a way to bring bytes from one machine to the others is one conformance. Where bytes can be lent too, each
/// rank need hold but some of a table's rows.
public protocol Communicator: Sendable {
  /// This one's number, from 0.
  var rank: Int { get }

  /// How many there are.
  var size: Int { get }

  /// Fills `all` with the bytes of all ranks, in their order: of rank r there are `counts[r]`. This one's lie in their place
  /// already. Returns when all are there.
  ///
  /// All ranks call it with the same counts, in the same order, each on one thread at a time. Who cannot hear another any more
  /// ends its process: there is no going on without its rows.
  func gather(_ all: UnsafeMutableRawBufferPointer, counts: [Int])

  /// Copies as many bytes as `memory` has room for, from `place` on.
  typealias LentBytes = @Sendable (_ place: Int, _ memory: UnsafeMutableRawBufferPointer) -> Void

  /// Whether ranks can lend each other bytes; by default they cannot.
  var lends: Bool { get }

  /// Lends this rank's bytes to all, until all have given them back. All ranks lend in the same order.
  ///
  /// - Returns: The loan's number, the same at all ranks.
  func lend(_ bytes: @escaping LentBytes) -> Int

  /// Fills `memory` with what another rank has lent: for each of `places`, one after the other, `size` bytes from there on.
  /// Called by any thread at any time.
  func fetch(
    _ places: ArraySlice<Int>, of size: Int, fromRank rank: Int, loan: Int,
    into memory: UnsafeMutableRawBufferPointer)

  /// Says that this rank fetches no more of a loan.
  func giveBack(loan: Int)

  /// Ends all ranks, with a message: they have come apart, and what they would come to is worth nothing.
  func abandon(_ message: String) -> Never
}

extension Communicator {
  public var lends: Bool { false }

  public func lend(_ bytes: @escaping LentBytes) -> Int { abandon("bytes are not lent") }

  public func fetch(
    _ places: ArraySlice<Int>, of size: Int, fromRank rank: Int, loan: Int,
    into memory: UnsafeMutableRawBufferPointer
  ) {
    abandon("rank \(rank) has lent nothing")
  }

  public func giveBack(loan: Int) {}
}

/// Processes, or threads in their place, that train one model together: each has the same recipe and some of the rows.
///
/// They run the same steps, and only sums over the rows are exchanged. `gather` is all that they need of each other, so that a
/// way to bring bytes from one machine to the others is one conformance.
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

  /// Ends all ranks, with a message: they have come apart, and what they would come to is worth nothing.
  func abandon(_ message: String) -> Never
}

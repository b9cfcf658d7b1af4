internal import Foundation

/// Things that are taken, used by one thread at a time, and given back to be taken again: memory that has been written to
/// once costs no page faults the second time.
final class Spares<Thing>: @unchecked Sendable {
  // Read and written by whoever holds the lock.
  private var things: [Thing] = []
  private let lock = NSLock()
  private let dispose: (Thing) -> Void

  /// - Parameter dispose: What becomes of those that are left at the end.
  init(dispose: @escaping (Thing) -> Void = { _ in }) { self.dispose = dispose }

  deinit { things.forEach(dispose) }

  /// One that was given back; nil where there is none.
  func take() -> Thing? { lock.withLock { things.popLast() } }

  func give(_ thing: Thing) { lock.withLock { things.append(thing) } }
}

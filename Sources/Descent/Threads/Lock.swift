internal import Synchronization

/// A lock for the few moments when threads meet in one array.
final class Lock: Sendable {
  private let mutex = Mutex(())

  func locked<Result>(_ body: () -> Result) -> Result { mutex.withLock { _ in body() } }
}

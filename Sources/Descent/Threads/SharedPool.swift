internal import Synchronization

/// The machine's cores, for whoever comes first.
///
/// A pool serves one caller at a time. Who finds it taken does the work alone instead of waiting: the cores
/// are busy then anyhow, and a thread of Swift's must not stand still.
final class SharedPool: Sendable {
  static let cores = SharedPool()

  private let pool = ThreadPool(threads: availableCores)
  private let isTaken = Atomic(false)

  /// Calls `body` once for each task from 0 up, and returns when all are done.
  func run(_ tasks: Int, alone: Bool, _ body: @Sendable (_ task: Int) -> Void) {
    guard !alone, tasks > 1, !isTaken.exchange(true, ordering: .acquiring) else {
      for task in 0..<tasks { body(task) }
      return
    }
    defer { isTaken.store(false, ordering: .releasing) }
    pool.run(tasks) { task, _ in body(task) }
  }
}

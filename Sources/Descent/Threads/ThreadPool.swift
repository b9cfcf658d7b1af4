internal import DescentThreads
internal import Dispatch
internal import Foundation
internal import LinearAlgebra
internal import Synchronization

/// Threads that run numbered tasks, for work that is too short for a queue.
///
/// A worker that runs out of work spins for some microseconds, then sleeps: at once where a core is for more threads than
/// one, or where a container pays for the time. The caller takes part. Who runs which task is left to chance; nothing else
/// may be.
final class ThreadPool: Sendable {
  /// Threads that take part, the caller's included.
  let threads: Int
  private let shared: Shared
  private let sleepers: [Sleeper]

  init(threads: Int) {
    require(threads >= 1, "a pool of \(threads) threads")
    self.threads = threads
    shared = Shared(spins: threads <= availableCores && CoreQuota.own == nil ? Shared.mostSpins : 0)
    sleepers = (1..<threads).map { _ in Sleeper() }
    for (i, sleeper) in sleepers.enumerated() {
      let thread = Thread { [shared] in shared.work(thread: i + 1, sleeper: sleeper) }
      thread.name = "descent-\(i + 1)"
      thread.stackSize = 1 << 20
      thread.start()
    }
  }

  deinit {
    shared.isClosed.store(true, ordering: .sequentiallyConsistent)
    for sleeper in sleepers { sleeper.wake() }
  }

  /// Calls `body(task, thread)` once for each task, begun from 0 up, on any of the threads, and returns when all are
  /// done: the longest should come first. `thread` is from 0 up to ``threads``; no two calls at a time have the same.
  /// One caller at a time.
  func run(_ tasks: Int, _ body: @Sendable (_ task: Int, _ thread: Int) -> Void) {
    guard threads > 1, tasks > 1 else {
      for task in 0..<max(0, tasks) { body(task, 0) }
      return
    }
    withoutActuallyEscaping(body) { body in
      let job = Job(tasks: tasks, body: body)
      shared.publish(job, tasks: tasks)
      for sleeper in sleepers.prefix(tasks - 1) { sleeper.wake() }
      shared.takePart(thread: 0)
      shared.waitForTheRest()
      // The closure must not be reachable once this returns.
      withExtendedLifetime(job) {}
    }
  }
}

/// One call of `run`.
private final class Job: Sendable {
  let tasks: Int
  let body: @Sendable (Int, Int) -> Void
  init(tasks: Int, body: @escaping @Sendable (Int, Int) -> Void) { (self.tasks, self.body) = (tasks, body) }

  /// The next task, where so many are left.
  func run(left: Int, thread: Int) { body(tasks - left, thread) }
}

/// A worker's bed.
private final class Sleeper: Sendable {
  let isAsleep = Atomic(false)
  private let semaphore = DispatchSemaphore(value: 0)
  /// The worker's while it is awake, of who wakes it while it sleeps.
  private nonisolated(unsafe) var placement = descent_placement()

  /// Called by the worker, first of all.
  func begin() { descent_placement_begin(&placement) }

  func wake() {
    guard isAsleep.exchange(false, ordering: .sequentiallyConsistent) else { return }
    descent_placement_avoid_this_core(&placement)
    semaphore.signal()
  }

  /// Until somebody has called ``wake()``.
  func sleep() {
    semaphore.wait()
    descent_placement_restore(&placement)
  }
}

/// What caller and workers share.
private final class Shared: Sendable {
  /// The running call's number in the upper half, tasks not yet taken in the lower: a task is taken by
  /// counting the lower half down, which fails where another call has begun.
  private let ticket = Atomic<UInt64>(0)
  private let unfinished = Atomic(0)
  /// The running call's `Job`, as an address.
  private let job = Atomic<UInt>(0)
  let isClosed = Atomic(false)
  private let spins: Int

  init(spins: Int) { self.spins = spins }

  func publish(_ newJob: Job, tasks: Int) {
    unfinished.store(tasks, ordering: .relaxed)
    job.store(UInt(bitPattern: Unmanaged.passUnretained(newJob).toOpaque()), ordering: .relaxed)
    let call = (ticket.load(ordering: .relaxed) >> 32) &+ 1
    ticket.store(call << 32 | UInt64(tasks), ordering: .sequentiallyConsistent)
  }

  /// Runs tasks until none is left to take.
  func takePart(thread: Int) {
    while true {
      let seen = ticket.load(ordering: .acquiring)
      let left = seen & 0xFFFF_FFFF
      guard left > 0, let pointer = UnsafeRawPointer(bitPattern: job.load(ordering: .relaxed)) else { return }
      guard
        ticket.weakCompareExchange(expected: seen, desired: seen - 1, ordering: .acquiringAndReleasing)
          .exchanged
      else { continue }
      // Taken: this call's job lives until its last task is finished.
      Unmanaged<Job>.fromOpaque(pointer).takeUnretainedValue().run(left: Int(left), thread: thread)
      unfinished.subtract(1, ordering: .acquiringAndReleasing)
    }
  }

  func waitForTheRest() {
    var spins = 0
    while unfinished.load(ordering: .acquiring) > 0 {
      spins += 1
      // Whoever has the last task may be waiting for a core, this one even.
      if spins < self.spins / 5 { descent_spin() } else if spins < 2_000 { sched_yield() } else { usleep(20) }
    }
  }

  private var hasWork: Bool { ticket.load(ordering: .sequentiallyConsistent) & 0xFFFF_FFFF > 0 }

  /// Looks for work before a worker sleeps, some 20 ns each: waking takes about as long as all of them.
  static let mostSpins = 5_000

  func work(thread: Int, sleeper: Sleeper) {
    sleeper.begin()
    while !isClosed.load(ordering: .sequentiallyConsistent) {
      takePart(thread: thread)
      var spins = 0
      while spins < self.spins, !hasWork {
        spins += 1
        descent_spin()
      }
      if hasWork { continue }
      sleeper.isAsleep.store(true, ordering: .sequentiallyConsistent)
      if hasWork || isClosed.load(ordering: .sequentiallyConsistent) {
        // Awake by itself: a wake that came meanwhile has signalled, and its signal must be taken.
        if !sleeper.isAsleep.exchange(false, ordering: .sequentiallyConsistent) { sleeper.sleep() }
      } else {
        sleeper.sleep()
      }
    }
  }
}

import Descent

/// When a training must end: by its time limit, or by who watches it. It sees to the whole of it, the search for Huber's δ
/// before the fit included.
struct TrainingWatch {
  private let interruption = Interruption()
  private let start = ContinuousClock.now
  private let limit: Duration?

  /// - Parameter limit: In seconds.
  init(limit: Double?) { self.limit = limit.map { .seconds($0) } }

  /// Raised by who watches.
  var flag: StopFlag { interruption.flag }

  var isInterrupted: Bool { flag.isRaised }

  var isOver: Bool { isInterrupted || timeLeft.map { $0 <= .nanoseconds(1) } ?? false }

  /// A moment at least; nil is without a limit.
  var timeLeft: Duration? { limit.map { max($0 - (ContinuousClock.now - start), .nanoseconds(1)) } }
}

internal import Synchronization

/// A flag that one thread raises and others see: how a training is asked to stop.
public final class StopFlag: Sendable {
  private let value = Atomic(false)

  /// Not raised.
  public init() {}

  /// Relaxed: what the other thread wrote before it raised the flag need not be seen yet.
  public var isRaised: Bool { value.load(ordering: .relaxed) }

  /// For good: there is no way down. Any thread may, and more than once.
  public func raise() { value.store(true, ordering: .relaxed) }
}

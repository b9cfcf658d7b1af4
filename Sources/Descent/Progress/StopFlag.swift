internal import Synchronization

/// A flag that one thread raises and others see: how a training is asked to stop.
public final class StopFlag: Sendable {
  private let value = Atomic(false)

  public init() {}

  public var isRaised: Bool { value.load(ordering: .relaxed) }

  public func raise() { value.store(true, ordering: .relaxed) }
}

/// A training under way: what it says of itself, and what comes of it.
///
/// ```swift
/// let training = Trainer(loss: Softmax()).start(data, as: Float.self)
/// for await milestone in training.progress { print(milestone.objective) }
/// let fit = try await training.fit
/// ```
public struct RunningFit<Element: KernelScalar>: Sendable {
  /// Each line of the history as it is made; it ends with the training. Lines that nobody waits for are dropped, oldest first.
  public let progress: AsyncStream<Milestone>
  private let task: Task<Result<Fit<Element>, TrainingError>, Never>

  init(_ trainer: Trainer, _ data: Dataset) {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Milestone.self, bufferingPolicy: .bufferingNewest(1000))
    progress = stream
    task = Task {
      defer { continuation.finish() }
      do throws(TrainingError) {
        return .success(try await trainer.fit(data, as: Element.self) { continuation.yield($0) })
      } catch { return .failure(error) }
    }
  }

  /// What the training ends with.
  public var fit: Fit<Element> {
    get async throws(TrainingError) { try await task.value.get() }
  }

  /// Ends the training with what it has, as ``StopReason/interrupted``.
  public func cancel() { task.cancel() }
}

extension Trainer {
  /// Starts a training on threads of its own and returns at once.
  public func start<Element: KernelScalar>(_ data: Dataset, as type: Element.Type = Float.self) -> RunningFit<
    Element
  > {
    RunningFit(self, data)
  }
}

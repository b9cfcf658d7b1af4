internal import Foundation
internal import LinearAlgebra

extension Trainer {
  /// Trains a model on the rows of `data`, on threads of its own: none of Swift's cooperative threads
  /// waits meanwhile. Cancelling the task ends the training with what it has, as ``StopReason/interrupted``.
  ///
  /// - Throws: ``TrainingError`` where no model can be trained from such data.
  public func fit<Element: KernelScalar>(
    _ data: Dataset, as type: Element.Type = Float.self, checkpoints: Checkpointing? = nil,
    observer: (@Sendable (Milestone) -> Void)? = nil
  ) async throws(TrainingError) -> Fit<Element> {
    let isCancelled = StopFlag()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation {
        (continuation: CheckedContinuation<Result<Fit<Element>, TrainingError>, Never>) in
        let thread = Thread {
          continuation.resume(
            returning: Result { () throws(TrainingError) -> Fit<Element> in
              try fit(
                data, as: type, checkpoints: checkpoints, isInterrupted: { isCancelled.isRaised },
                observer: observer)
            })
        }
        thread.name = "descent-0"
        thread.start()
      }
    } onCancel: {
      isCancelled.raise()
    }
    return try result.get()
  }
}

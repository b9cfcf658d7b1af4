import Descent
import Dispatch
import Synchronization

/// The hash of data that tells whether they are the same, taken by a thread beside the training: nobody needs it before
/// that is over.
final class Fingerprint: Sendable {
  private let data: Dataset
  private let found = Mutex<String?>(nil)
  private let work = DispatchGroup()

  /// - Parameter isBeside: Whether a thread of its own may take it; else it is taken by who asks.
  init(of data: Dataset, isBeside: Bool) {
    self.data = data
    guard isBeside else { return }
    DispatchQueue.global(qos: .utility).async(group: work) { self.take() }
  }

  /// Waits until it is there.
  var text: String {
    work.wait()
    return take()
  }

  @discardableResult private func take() -> String {
    found.withLock {
      let text = $0 ?? data.fingerprint
      $0 = text
      return text
    }
  }
}

import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals

/// The model that answers now. A hang-up signal has it read anew; requests under way keep the one that they began with.
final class ModelHolder: Service {
  private let path: String
  private let logger: Logger
  private let scorer: Mutex<Scorer>

  init(path: String, logger: Logger) throws {
    (self.path, self.logger) = (path, logger)
    scorer = Mutex(try Scorer(path: path))
  }

  var current: Scorer { scorer.withLock { $0 } }

  /// What cannot be read leaves the model that there is.
  func run() async throws {
    let signals = await UnixSignalsSequence(trapping: .sighup)
    for await _ in signals.cancelOnGracefulShutdown() {
      do {
        let fresh = try Scorer(path: path)
        scorer.withLock { $0 = fresh }
        logger.info("read the model anew", metadata: ["model": "\(path)"])
      } catch {
        logger.error("kept the model that there is", metadata: ["reason": "\(error)"])
      }
    }
  }
}

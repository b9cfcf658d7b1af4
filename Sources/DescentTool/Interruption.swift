import Descent
import Dispatch
import Foundation

/// Control-C, and the signal by which systems ask a process to end: the first asks the training to stop at the next
/// step, the second stops the process. One at a time: what a second one says of signals the first does not hear.
struct Interruption {
  let flag = StopFlag()
  private let sources: [any DispatchSourceSignal]

  init() {
    sources = [SIGINT, SIGTERM].map { [flag] number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        flag.raise()
        signal(SIGINT, SIG_DFL)
        signal(SIGTERM, SIG_DFL)
        StatusLine.goWithSignals()
      }
      source.resume()
      return source
    }
  }
}

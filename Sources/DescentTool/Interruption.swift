import Descent
import Dispatch
import Foundation

/// Control-C: the first asks the training to stop at the next step, the second stops the process.
struct Interruption {
  let flag = StopFlag()
  private let source: any DispatchSourceSignal

  init() {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler { [flag] in
      flag.raise()
      signal(SIGINT, SIG_DFL)
    }
    source.resume()
  }
}

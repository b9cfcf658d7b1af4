import Foundation
import Synchronization

/// The line of people's terminal that is rewritten while work goes on, and is gone when it ends, however that is.
enum StatusLine {
  private static let isShown = Atomic(false)

  /// Replaces it; what is too long for the terminal is cut, since a line that wraps cannot be rewritten.
  static func show(_ line: String) {
    guard Terminal.errors.rewrites, let width = Terminal.errors.width else { return }
    if !isShown.exchange(true, ordering: .relaxed) { goWithSignals() }
    Console.write(clearing + line.prefix(columns: width - 1).utf8, to: STDERR_FILENO)
  }

  static func show(_ parts: StatusParts) {
    if let width = Terminal.errors.width { show(parts.text(fitting: width - 1)) }
  }

  /// Takes it away where there is one.
  static func clear() {
    if isShown.exchange(false, ordering: .relaxed) { Console.write(clearing, to: STDERR_FILENO) }
  }

  /// Has the signals that end the process take it away first, where nobody else sees to them.
  static func goWithSignals() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var present = sigaction()
      sigaction(number, nil, &present)
      guard present.__sigaction_handler.sa_handler == nil else { continue }
      signal(number) { number in
        StatusLine.clear()
        signal(number, SIG_DFL)
        raise(number)
      }
    }
  }

  /// To the first column, and nothing from there on.
  private static let clearing = Array("\r\u{1B}[K".utf8)
}

import Foundation

/// What a standard stream shows people on.
///
/// A file or a pipe has no width and no colour: what programs such as grep read does not depend on who looks.
struct Terminal: Sendable {
  static let output = Terminal(STDOUT_FILENO)
  static let errors = Terminal(STDERR_FILENO)

  private let descriptor: Int32
  private let isOne: Bool

  private init(_ descriptor: Int32) {
    (self.descriptor, isOne) = (descriptor, isatty(descriptor) == 1)
  }

  /// In columns, as it is now; nil where it is no terminal. COLUMNS says otherwise, as to other tools.
  var width: Int? {
    guard isOne else { return nil }
    if let asked = Self.columnsAsked { return asked }
    var size = winsize()
    let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? max(20, Int(size.ws_col)) : 80
  }

  /// Whether it can rewrite a line.
  var rewrites: Bool { isOne && Self.environment["TERM"] != "dumb" }

  /// Whether it shows colours, and nobody asked for none: https://no-color.org.
  var hasColour: Bool { rewrites && Self.environment["NO_COLOR", default: ""].isEmpty }

  static let columnsAsked = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? max(20, $0) : nil }

  private static let environment = ProcessInfo.processInfo.environment
}

import DescentFiles
import Foundation

/// What people read goes to standard error, what programs read to standard output.
enum Console {
  /// A line for people. A terminal gets it broken at words; a file or a pipe as it is, so that programs such as grep
  /// find a message in one line.
  static func say(_ line: String) {
    if RankProcess.isRoot { tell(line) }
  }

  private static func tell(_ line: String) {
    StatusLine.clear()
    let text = Terminal.errors.width.map { Wrapping.wrapped(line, to: $0) } ?? line
    write(Array((Colour.highlighted(text, on: .errors) + "\n").utf8), to: STDERR_FILENO)
  }

  static func error(_ message: String) { tell("descent: \(message)") }

  /// Tables and lines for people who asked for them: those that are too wide for a terminal are broken.
  static func show(_ text: String) throws(Failure) {
    StatusLine.clear()
    try output(Terminal.output.width.map { Wrapping.wrapped(text, to: $0) } ?? text)
  }

  /// Data for programs. Fails where the disk is full; where nobody reads any more the process ends.
  static func output(_ text: String) throws(Failure) { try output(Array(text.utf8)) }

  static func output(_ bytes: [UInt8]) throws(Failure) {
    if let code = write(bytes, to: STDOUT_FILENO) {
      if code == EPIPE { endOfReaders() }
      throw outputFailure(code)
    }
  }

  /// By an error number. What is closed, or stands in for it, is not open.
  static func outputFailure(_ code: Int32) -> Failure {
    let reason = code == EBADF ? "is not open to be written" : String(cString: strerror(code))
    return Failure(.inputOutput, "standard output: \(reason)")
  }

  /// Writing tells by an error what went wrong: no signal ends the process half way through a file.
  static func ignoreSignals() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Ends quietly, as other tools do where the reader of their output (`head`) has seen enough: by the signal that
  /// they are ended by.
  static func endOfReaders() -> Never {
    signal(SIGPIPE, SIG_DFL)
    raise(SIGPIPE)
    // It may be blocked.
    exit(128 + SIGPIPE)
  }

  /// Writes all of it; an error number where it cannot.
  @discardableResult
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    bytes.withUnsafeBytes { bytes in
      var rest = bytes
      while !rest.isEmpty {
        let written = Foundation.write(descriptor, rest.baseAddress, rest.count)
        if written < 0 && errno == EINTR { continue }
        if written < 0 { return errno }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
      }
      return nil
    }
  }
}

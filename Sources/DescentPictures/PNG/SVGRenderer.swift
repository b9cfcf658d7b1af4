internal import Foundation

/// Pictures as PNG, drawn by librsvg's `rsvg-convert` with the fonts of the system: what a font at hand has of Unicode is drawn.
///
/// ```swift
/// let bytes = try SVGRenderer.png(of: chart.file())
/// ```
public enum SVGRenderer {
  /// The picture as a PNG file, twice as many pixels wide and high as the picture says.
  ///
  /// Runs a program, and waits for it.
  public static func png(of svg: String) throws(SVGRendererError) -> [UInt8] {
    guard let program else { throw .notInstalled }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["--unlimited", "--zoom", "2"]
    let (input, output, errors) = (Pipe(), Pipe(), Pipe())
    (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
    do { try process.run() } catch { throw .failed(reason: error.localizedDescription) }
    // Beside the reading, as neither of two that wait for each other goes on.
    let writer = Thread { write(Data(svg.utf8), to: input.fileHandleForWriting) }
    writer.start()
    let picture = output.fileHandleForReading.readDataToEndOfFile()
    let reason = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0, !picture.isEmpty else { throw .failed(reason: reason) }
    return PNG.marked([UInt8](picture))
  }

  /// Where the program has ended already its own message tells why: no signal of a broken pipe ends this one.
  private static func write(_ data: Data, to pipe: FileHandle) {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    try? pipe.write(contentsOf: data)
    try? pipe.close()
  }

  /// Whether there is such a program.
  public static var isInstalled: Bool { program != nil }

  private static var program: String? { Program.path("rsvg-convert") }
}

/// Why there is no PNG.
public enum SVGRendererError: Error, Equatable, CustomStringConvertible {
  /// There is no `rsvg-convert` in the folders of PATH.
  case notInstalled
  /// The program did not start, ended with an error or drew nothing; `reason`, perhaps empty, is what it or the system says.
  case failed(reason: String)

  public var description: String {
    switch self {
    case .notInstalled: "rsvg-convert, which draws PNG, is not installed"
    case .failed(let reason): "rsvg-convert could not draw: \(reason)"
    }
  }
}

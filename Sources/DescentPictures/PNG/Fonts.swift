internal import Foundation

/// What the fonts of the system have, as fontconfig's `fc-list` tells.
public enum Fonts {
  /// More signs are not asked for: each is a question of some milliseconds.
  private static let most = 64

  /// The signs of a text that no font here has, in the order of Unicode; empty where nobody can tell.
  ///
  /// Runs a program, and waits for it.
  public static func lacking(for text: String) -> [Unicode.Scalar] {
    guard let program = Program.path("fc-list") else { return [] }
    let signs = Set(text.unicodeScalars.filter { $0.value > 0xff }).sorted().prefix(most)
    func isThere(_ some: some Sequence<Unicode.Scalar>) -> Bool {
      let charset = some.map { String($0.value, radix: 16) }.joined(separator: " ")
      return Program.output(program, [":charset=\(charset)", "family"]).map { !$0.isEmpty } ?? true
    }
    return signs.isEmpty || isThere(signs) ? [] : signs.filter { !isThere([$0]) }
  }
}

/// Programs that may be installed.
enum Program {
  /// Where one is, by the folders of PATH.
  static func path(_ name: String) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// What it writes to standard output; nil where it fails.
  static func output(_ path: String, _ arguments: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let output = Pipe()
    (process.standardInput, process.standardOutput) = (FileHandle.nullDevice, output)
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return process.terminationStatus == 0 ? text : nil
  }
}

import Foundation

/// A terminal for one command, by util-linux's script.
enum Pty {
  static let isThere = FileManager.default.isExecutableFile(atPath: "/usr/bin/script")

  /// Runs the tool on a terminal of so many columns; what it shows, with the terminal's line ends as \n.
  static func run(
    _ command: String, columns: Int = 60, in folder: Folder, environment: [String: String] = [:]
  ) -> String {
    let usual = ["TERM": "xterm", "COLUMNS": "", "NO_COLOR": ""]
    let outcome = Tool.run(
      [], in: folder, environment: usual.merging(environment) { $1 },
      under: ["sh", "-c", "script -qec \"stty cols \(columns); '$0' \(command)\" /dev/null"])
    return outcome.output.replacing("\r\n", with: "\n")
  }

  /// The lines that stay, without what was rewritten and without colours.
  static func lines(_ shown: String) -> [String] {
    shown.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      let last = String(line.split(separator: "\r", omittingEmptySubsequences: false).last ?? "")
      return last.replacing(/\u{1B}\[[0-9;]*[mK]/, with: "")
    }
  }
}

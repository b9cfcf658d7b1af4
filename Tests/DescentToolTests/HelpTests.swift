import Foundation
import Testing

@Suite("Help fits 80 columns and names its placeholders; a slip is answered by what was meant")
struct HelpTests {
  static let commands = [
    "train", "path", "evaluate", "compare", "convert", "predict", "check", "templates", "inspect", "report",
    "export",
  ]

  @Test(arguments: commands) func everyCommand(_ command: String) {
    let short = Tool.run([command, "--help"], in: Folder())
    let long = Tool.run([command, "--help-all"], in: Folder())
    for outcome in [short, long] {
      #expect(outcome.code == 0 && outcome.errors.isEmpty)
      for line in outcome.lines { #expect(line.count <= 80, "\(line)") }
    }
    // Examples stand in one line, to be copied.
    for line in long.lines where line.hasPrefix("  descent ") {
      #expect(line.count { $0 == "\"" } % 2 == 0, "\(line)")
    }
    // A placeholder says more than the option does.
    let options = long.lines.filter { $0.hasPrefix("  -") }
    for line in options {
      let words = line.split(separator: " ").prefix { $0.hasPrefix("-") || $0.hasPrefix("<") }
      guard let placeholder = words.last(where: { $0.hasPrefix("<") }) else { continue }
      // Named by those who move them.
      if ["--header", "--delimiter"].contains(words[0]) { continue }
      let bare = words.contains { $0.hasPrefix("--") && "<\($0.dropFirst(2))>" == placeholder }
      #expect(!bare && placeholder != "<value>", "\(line)")
    }
    // The long one has every line of the short one but the last.
    #expect(Set(short.lines.filter { $0.hasPrefix("  -") }).isSubset(of: options))
    #expect(Tool.run(["help", command], in: Folder()).output == short.output)
    #expect(Tool.run([command, "-h"], in: Folder()).output == short.output)
  }

  @Test func theFirstSession() throws {
    let short = Tool.run(["train", "--help"], in: Folder())
    let options = short.lines.filter { $0.hasPrefix("  -") && !$0.contains("-h, ") }
    #expect(options.count == 10, "\(options)")
    let left = try #require(short.lines.last)
    #expect(left.hasSuffix(" more options: descent train --help-all"))
    let all = Tool.run(["train", "--help-all"], in: Folder()).lines.filter { $0.hasPrefix("  -") }
    #expect(Int(left.prefix { $0.isNumber }) == all.count - 11)
    // No section without an option.
    for (line, next) in zip(short.lines, short.lines.dropFirst())
    where line.hasSuffix(":") && line == line.uppercased() {
      #expect(next.hasPrefix("  "), "\(line)")
    }
  }

  @Test(arguments: [("trian", "train"), ("evalute", "evaluate"), ("predcit", "predict"), ("Train", "train")])
  func slips(_ word: String, _ meant: String) {
    let outcome = Tool.run([word, "x.csv"], in: Folder())
    #expect(
      outcome.errors == [
        "descent: there is no command '\(word)'; did you mean '\(meant)'? 'descent --help' lists all"
      ])
    #expect(outcome.code == 64)
  }

  @Test func nothingNear() {
    let outcome = Tool.run(["x.csv"], in: Folder())
    #expect(outcome.errors[0].hasPrefix("descent: there is no command 'x.csv'; the commands are train, "))
  }

  /// On a terminal of 40 columns no word is cut; into a file each message is one line.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script"))) func words() {
    let folder = Folder()
    let message = "descent: nosuch.csv: there is no such file; check the path"
    #expect(Tool.run(["train", "nosuch.csv"], in: folder).errors == [message])
    let shown = Tool.run(
      [], in: folder,
      under: ["sh", "-c", "script -qec \"stty cols 40; '$0' train nosuch.csv\" /dev/null"])
    let lines = shown.output.split(whereSeparator: \.isNewline)
    #expect(lines == ["descent: nosuch.csv: there is no such", "  file; check the path"])
  }

  /// Files complete by the endings that a command takes.
  @Test(arguments: ["bash", "zsh", "fish"]) func completions(_ shell: String) {
    let script = Tool.run(["--generate-completion-script", shell], in: Folder())
    #expect(script.code == 0 && script.errors.isEmpty)
    #expect(script.output.contains("onnx") && script.output.contains("safetensors"))
    #expect(script.output.contains("help-all"))
  }
}

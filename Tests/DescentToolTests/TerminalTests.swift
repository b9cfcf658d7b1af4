import Foundation
import Testing

@Suite("What a terminal shows", .enabled(if: Pty.isThere))
struct TerminalTests {
  /// The states of the line that is rewritten.
  private static func states(_ shown: String) -> [Substring] {
    shown.split(separator: "\n").flatMap { $0.split(separator: "\r\u{1B}[K").dropLast() }
  }

  private static func folder() -> Folder {
    let folder = Folder()
    folder.write("points.csv", Samples.points)
    return folder
  }

  private static let network = "train points.csv --model network --hidden 3 --test points.csv -o m --force"

  @Test(
    "a line of epoch, objective, held-out loss, rate and time left, gone at the end; then the result and a curve"
  )
  func live() throws {
    // Seconds, and not epochs, end it: a fast machine would be done before the line is rewritten.
    let shown = Pty.run(Self.network + " --epochs 100000000 --time-limit 3", in: Self.folder())
    let states = Self.states(shown)
    #expect(states.count > 1)
    for state in states {
      #expect(state.count < 60, "\(state)")
      #expect(
        state.contains(
          /^(epoch )?[\d.e+]+( of |\/)1e\+08 +obj(ective)? [\d.e-]+ +held( out)? [\d.e-]+ .*\/s/),
        "\(state)")
    }
    #expect(states[0].contains(/\d (s|min \d\d s)( left)?$/))
    let lines = Pty.lines(shown).filter { !$0.isEmpty }
    let first = try #require(lines.firstIndex { $0.hasPrefix("test accuracy") })
    #expect(lines[first + 1] == "not proved: a network's objective is not convex")
    #expect(lines[first + 2].hasPrefix("stopped at the time limit after "))
    #expect(lines[first + 3].contains(/^ *objective [\d.e-]+$/))
    #expect(lines[first + 4].contains(/^objective [\d.]+ █[▁▂▃▄▅▆▇█]{23} [\d.e-]+$/), "\(lines)")
    #expect(lines.last == "wrote m")
  }

  @Test("the gap and a guess of the time left, where there is a proof")
  func gap() {
    let words = "train points.csv --loss hinge --precision double --tolerance 1e-9 -o m --verbose"
    let shown = Pty.run(words, in: Self.folder())
    #expect(Pty.lines(shown).contains { $0.contains(/^pass [\d.]+ .*gap [\d.e+-]+ ?%/) }, "\(shown)")
  }

  @Test("a file and a pipe get no curve, no escapes, and the same for who looks on")
  func pipe() {
    let (folder, words) = (
      Self.folder(), Self.network.split(separator: " ").map(String.init) + ["--epochs", "30"]
    )
    let piped = Tool.run(words, in: folder, environment: ["COLUMNS": "40"]).errors
    #expect(!piped.joined().contains("\u{1B}") && !piped.joined().contains("▁"))
    #expect(piped.contains { $0.count > 60 })
    #expect(piped.last == "wrote m")
  }

  @Test("colours are a terminal's, and not where NO_COLOR or a dumb one refuses them")
  func colours() {
    let folder = Self.folder()
    func shown(_ environment: [String: String] = [:]) -> String {
      Pty.run(
        "train points.csv -o m; '$0' check points.csv; '$0' train none.csv", in: folder,
        environment: environment)
    }
    let coloured = shown()
    for start in [
      "\u{1B}[32mproved\u{1B}[0m within", "\u{1B}[32mgood\u{1B}[0m ", "\u{1B}[1;31mdescent:\u{1B}[0m none",
    ] {
      #expect(coloured.contains(start), "\(coloured)")
    }
    #expect(!shown(["NO_COLOR": "1"]).contains(/\u{1B}\[[0-9;]*m/))
    #expect(!shown(["TERM": "dumb"]).contains("\u{1B}"))
    #expect(Tool.run(["check", "points.csv"], in: folder).output.hasPrefix("good "))
  }

  @Test("the line is gone where a signal ends the process", arguments: ["INT", "HUP"])
  func signals(_ name: String) {
    // The training goes on where there is a checkpoint.
    let waiting = "while [ ! -e c ]; do sleep 0.1; done; sleep 1; kill -\(name) \\$!; wait"
    let shown = Pty.run(
      "\(Self.network) --epochs 1000000000 --checkpoint c --checkpoint-every 0.05 & \(waiting)",
      in: Self.folder())
    #expect(Self.states(shown).count > 1)
    #expect(shown.contains(/[sh]\r\u{1B}\[K/))
    #expect(!Pty.lines(shown).contains { $0.contains("1e+09") && !$0.contains("--epochs") })
    let told = Pty.lines(shown).joined(separator: " ")
    #expect(told.contains("descent: interrupted; the model is the best so far") == (name == "INT"))
  }
}

import Testing

/// A table as people have it, what `train` says of it, and what its user types then.
struct AdvisedTable: CustomTestStringConvertible, Sendable {
  /// What is typed after a refusal.
  enum Next: Sendable {
    /// The command that stands on the last line.
    case pasted
    /// Options that the line names, behind the same command.
    case adding(String)
    /// One with another value, or in the place of another.
    case replacing(String)
    /// Nothing: there is no option that helps.
    case nothing
  }

  let what: String
  let text: String
  let options: String
  /// The lines behind `descent: d.csv` or `d.csv:`, the command left out.
  let lines: [String]
  let next: Next

  var testDescription: String { what }

  /// - Parameter row: The cells of each of forty rows.
  init(
    _ what: String, _ header: String, _ row: (Int) -> String, with options: String = "", says lines: [String],
    then next: Next = .pasted
  ) {
    (self.what, self.options, self.lines, self.next) = (what, options, lines, next)
    text = header + "\n" + (0..<40).map { row($0) + "\n" }.joined()
  }

  func check() throws {
    let folder = Folder()
    folder.write("d.csv", text)
    var arguments = ["train", "d.csv", "-o", "m"] + (try Tool.words(options))
    let refused = Tool.run(arguments, in: folder)
    #expect(refused.code == 65)
    switch next {
    case .pasted:
      #expect(Array(refused.errors.dropLast(2)) == ["descent: d.csv: " + lines[0]] + lines.dropFirst())
      arguments = try refused.advice()
    case .adding(let more):
      #expect(refused.errors == ["descent: d.csv:" + lines[0]])
      arguments += try Tool.words(more)
    case .replacing(let options):
      #expect(refused.errors == ["descent: d.csv:" + lines[0]])
      let words = try Tool.words(options)
      let place = try #require(arguments.firstIndex(of: words[0]))
      arguments.replaceSubrange(place...place + 1, with: words.suffix(2))
    case .nothing:
      #expect(refused.errors == ["descent: d.csv:" + lines[0]])
      return
    }
    let trained = Tool.run(arguments, in: folder)
    #expect(trained.code == 0, "\(arguments): \(trained.errors)")
    #expect(!trained.errors.contains { $0.hasPrefix("warning: ") })
    #expect(Tool.run(["predict", "m", "d.csv"], in: folder).lines.count == 41)
  }
}

/// Text in lines that fit a terminal.
enum Wrapping {
  /// Breaks lines at spaces so that none is longer than `width`; what goes on is indented.
  ///
  /// A line that begins with a space is left whole: it is one to be copied, such as a command.
  ///
  /// - Parameter cutsWords: whether a word that is longer is broken too.
  static func wrapped(_ text: String, to width: Int, indent: Int = 2, cutsWords: Bool = false) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.columns <= width || line.hasPrefix(" ") ? String(line) : broken(line, to: width, indent, cutsWords)
    }.joined(separator: "\n")
  }

  private static func broken(_ line: Substring, to width: Int, _ indent: Int, _ cutsWords: Bool) -> String {
    var (lines, current, length) = ([String](), "", 0)
    let words = words(of: line)
    for word in cutsWords ? words.flatMap({ pieces(of: $0, width - indent) }) : words {
      let count = word.columns
      if length > 0, length + 1 + count > width {
        lines.append(current)
        (current, length) = (String(repeating: " ", count: indent) + word, indent + count)
      } else {
        current += (length > 0 ? " " : "") + word
        length += (length > 0 ? 1 : 0) + count
      }
    }
    return (lines + [current]).joined(separator: "\n")
  }

  /// What stands between spaces; a number and its % are one.
  private static func words(of line: Substring) -> [Substring] {
    var (words, start) = ([Substring](), line.startIndex)
    for place in line.indices where line[place] == " " {
      let next = line.index(after: place)
      if next < line.endIndex, line[next] == "%" { continue }
      words.append(line[start..<place])
      start = next
    }
    return words + [line[start...]]
  }

  private static func pieces(of word: Substring, _ width: Int) -> [Substring] {
    var (pieces, rest) = ([Substring](), word)
    while rest.columns > width, width > 2 {
      pieces.append(rest.prefix(columns: width))
      rest = rest.dropFirst(pieces[pieces.count - 1].count)
    }
    return pieces + [rest]
  }
}

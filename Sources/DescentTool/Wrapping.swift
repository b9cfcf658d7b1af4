/// Text in lines that fit a terminal.
enum Wrapping {
  /// Breaks lines at spaces so that none is longer than `width`, as far as words allow; what goes on is indented by two.
  ///
  /// A line that begins with a space is left whole: it is one to be copied, such as a command.
  static func wrapped(_ text: String, to width: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.count <= width || line.hasPrefix(" ") ? String(line) : broken(line, to: width)
    }.joined(separator: "\n")
  }

  private static func broken(_ line: Substring, to width: Int) -> String {
    var (lines, current, length) = ([String](), "", 0)
    for word in line.split(separator: " ", omittingEmptySubsequences: false) {
      let count = word.count
      if length > 0, length + 1 + count > width {
        lines.append(current)
        (current, length) = ("  " + word, 2 + count)
      } else {
        current += (length > 0 ? " " : "") + word
        length += (length > 0 ? 1 : 0) + count
      }
    }
    return (lines + [current]).joined(separator: "\n")
  }
}

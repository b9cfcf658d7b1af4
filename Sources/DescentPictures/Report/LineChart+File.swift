extension LineChart {
  private static let line = 20.0
  /// As many columns of characters as a line has room for in a wide font, and a bold one's.
  private static let (room, boldRoom) = (54, 50)

  /// The chart as an SVG file of its own: with title and legend, for light and dark.
  public func file() -> String {
    let title = Self.wrapped(self.title, to: Self.boldRoom)
    let legend = lines.enumerated().flatMap { index, line in
      Self.wrapped(line.name, to: Self.room).enumerated().map { (style: $0 == 0 ? index % 5 : nil, text: $1) }
    }
    let top = Self.line * Double(title.count) + 16
    let belowAxis = top + Self.height + 16
    let height = belowAxis + Self.line * Double(legend.count)
    let (width, size) = (Int(Self.width), Int(height))
    var parts = [
      #"<svg xmlns="http://www.w3.org/2000/svg" class="chart" width="\#(width)" height="\#(size)""#
        + #" viewBox="0 0 \#(width) \#(size)" role="img" aria-labelledby="c-t c-d""#
        + #" font-family="system-ui, sans-serif" font-size="14">"#,
      Drawing.maker, "<style>\n\(Self.style)\n</style>",
    ]
    parts += told(id: "c")
    parts.append(#"<rect class="paper" width="\#(width)" height="\#(size)"/>"#)
    for (row, words) in title.enumerated() {
      parts.append(Self.text(words, x: 8, y: Self.line * Double(row) + 20, isBold: true))
    }
    parts += [#"<g transform="translate(0 \#(top))">"#] + marks + ["</g>"]
    for (row, entry) in legend.enumerated() {
      let y = belowAxis + Self.line * Double(row)
      if let style = entry.style { parts.append(#"<path class="line l\#(style)" d="M16 \#(y - 5)H56"/>"#) }
      parts.append(Self.text(entry.text, x: 66, y: y))
    }
    return (parts + ["</svg>", ""]).joined(separator: "\n")
  }

  private static func text(_ words: String, x: Double, y: Double, isBold: Bool = false) -> String {
    #"<text x="\#(x)" y="\#(y)"\#(isBold ? #" font-weight="bold""# : "")>\#(xmlEscaped(words))</text>"#
  }

  private static var style: String {
    func rules(_ palette: Palette) -> String {
      "  .paper { fill: \(palette["paper"]); }\n" + chartRules { palette[$0] }
    }
    return rules(.light) + "\n  @media (prefers-color-scheme: dark) {\n\(rules(.dark))\n  }"
  }

  /// Lines of whole words, of which none is cut: one that is longer than a line goes on in the next.
  static func wrapped(_ text: String, to room: Int) -> [String] {
    var lines = [""]
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let last = lines[lines.count - 1]
      if !last.isEmpty {
        if last.columns + 1 + String(word).columns <= room {
          lines[lines.count - 1] += " " + word
          continue
        }
        lines.append("")
      }
      for character in word {
        if (lines[lines.count - 1] + String(character)).columns > room { lines.append("") }
        lines[lines.count - 1].append(character)
      }
    }
    return lines
  }
}

import DescentPictures

/// Rows of cells, the first column to the left, the others to the right.
///
/// Columns that a terminal has no room for follow below, beside the first one again.
func aligned(_ rows: [[String]], to width: Int? = Terminal.output.width) -> [String] {
  guard let columns = rows.first?.count, columns > 0 else { return [] }
  let widths = (0..<columns).map { column in rows.map { $0[column].columns }.max() ?? 0 }
  var blocks: [[Int]] = [[]]
  for column in 1..<max(1, columns) {
    let taken = widths[0] + blocks[blocks.count - 1].reduce(0) { $0 + 2 + widths[$1] }
    if taken + 2 + widths[column] > width ?? .max, blocks[blocks.count - 1] != [] { blocks.append([]) }
    blocks[blocks.count - 1].append(column)
  }
  let parts = blocks.map { block in
    rows.map { row in
      let first = row[0] + spaces(widths[0] - row[0].columns)
      return block.reduce(first) { $0 + "  " + spaces(widths[$1] - row[$1].columns) + row[$1] }
    }
  }
  return Array(parts.joined(separator: [""]))
}

/// Lines that each begin with a name; what a terminal has no room for goes on under the text.
///
/// - Parameter least: how wide the names' column is at least.
func labelled(
  _ rows: [(name: String, text: String)], least: Int = 0, to width: Int? = Terminal.output.width
) -> [String] {
  let indent = max(least, rows.map(\.name.columns).max() ?? 0) + 2
  return rows.map { name, text in
    let line = name + spaces(indent - name.columns) + text
    return width.map { Wrapping.wrapped(line, to: $0, indent: indent, cutsWords: true) } ?? line
  }
}

private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

/// One of several names, that fits: cut in its middle where it is long, and not to look like another.
func shortened(_ index: Int, of names: [String], to length: Int) -> String {
  ShortNames(names, columns: length).texts[index]
}

/// A name that fits, on one line: cut in its middle, as what tells names apart is often their end.
func shortened(_ name: String, to length: Int) -> String { ShortNames([name], columns: length).texts[0] }

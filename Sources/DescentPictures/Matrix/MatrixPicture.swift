/// A table of counts as a picture: a row for each actual class, a column for each answer, the darker the larger a cell's share of
/// its row.
///
/// ```swift
/// let picture = MatrixPicture(names: ["no", "yes"], texts: [["50", "3"], ["7", "40"]], shares: [[0.94, 0.06], [0.15, 0.85]])
/// let text = picture.svg()
/// ```
public struct MatrixPicture: Sendable {
  /// Of the classes, in their order.
  public let names: [String]
  /// What stands in the cells, `[classes][classes]`: a row for each actual class, a column for each answer.
  public let texts: [[String]]
  /// Each cell's share of its row, `[classes][classes]`, from 0 to 1: how dark it is.
  public let shares: [[Double]]

  /// `texts` and `shares` are to be `[names.count][names.count]`; drawing traps where a row is missing.
  public init(names: [String], texts: [[String]], shares: [[Double]]) {
    (self.names, self.texts, self.shares) = (names, texts, shares)
  }

  /// The picture as an SVG file. A pointer resting on a cell is told the actual class, the answer and the text.
  public func svg() -> String { drawing.svg() }

  private static let (margin, row) = (20, 34)
  /// Longer names do not stand above columns, which have the numbers of the rows then.
  private static let mostColumns = 20

  private var drawing: Drawing {
    var (rowWords, columnWords) = (
      ShortNames(names, columns: 24).words(of: names), ShortNames(names, columns: 10).words(of: names)
    )
    var title = "rows: the actual class; columns: the answer"
    if columnWords.contains(where: { $0.text.columns > Self.mostColumns }) {
      for i in names.indices {
        rowWords[i].text = "\(i + 1)  \(rowWords[i].text)"
        columnWords[i] = Words(text: "\(i + 1)", x: 0, y: 0, title: names[i])
      }
      title += ", by its number"
    }
    let left = Self.margin + (rowWords.map { Words.width(of: $0.text) }.max() ?? 0) + 12
    let cell = 16 + ((columnWords.map(\.text) + texts.joined()).map { Words.width(of: $0) }.max() ?? 0)
    let top = Self.margin + 2 * Self.row
    var drawing = Drawing(
      width: Self.margin + max(left + cell * names.count, Words.width(of: title) + Self.margin),
      height: top + Self.row * names.count + Self.margin)
    drawing.write(Words(text: title, x: Self.margin, y: Self.margin + Self.row / 2))
    let scale = DivergingScale(of: [], limit: 1)
    for (i, var words) in columnWords.enumerated() {
      (words.x, words.y, words.anchor) = (left + cell * i + cell / 2, top - Self.row / 2, .middle)
      drawing.write(words)
    }
    for (i, var words) in rowWords.enumerated() {
      let y = top + Self.row * i
      (words.x, words.y, words.anchor) = (left - 12, y + Self.row / 2, .end)
      drawing.write(words)
      for (j, text) in texts[i].enumerated() {
        let frame = Frame(x: left + cell * j, y: y, width: cell - 1, height: Self.row - 1)
        // Half the strength: the number in it is to be read.
        drawing.fill(frame, scale.colour(of: -shares[i][j] / 2)) {
          "\(names[i]) taken for \(names[j]): \(text)"
        }
        drawing.write(
          Words(text: text, x: frame.x + cell / 2, y: y + Self.row / 2, anchor: .middle))
      }
    }
    return drawing
  }
}

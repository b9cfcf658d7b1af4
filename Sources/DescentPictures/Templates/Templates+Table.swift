internal import LinearAlgebra

extension Templates {
  /// A row of colours a class, a column a feature.
  ///
  /// Where there are more features than the picture has columns, a column shows the largest weight, in
  /// magnitude, of the features that share it.
  func table() -> Drawing {
    let (classes, features) = (weights.rows, weights.columns)
    let columns = min(features, 1600)
    let named = features <= 60
    let cell = (
      width: min(max(960 / columns, 1), named ? 40 : 24),
      height: classes <= 40 ? 28 : 9
    )
    let (margin, gap, nameDot) = (20, 8, classes <= 40 ? 2 : 1)
    let names = (0..<classes).map { Words(text: className($0), x: 0, y: 0, dot: nameDot, limit: 16) }
    let nameWidth = (names.map(\.shown.count).max() ?? 0) * Words.advance(dot: nameDot)
    // Feature names stand upright below the table.
    let axis = (0..<features).lazy.map { Words(text: featureName($0), x: 0, y: 0, limit: 20) }
    let axisHeight = named ? (axis.map(\.shown.count).max() ?? 0) * Words.advance(dot: 2) + gap : 26

    let table = Frame(
      x: margin + nameWidth + gap, y: margin, width: columns * cell.width, height: classes * cell.height)
    var drawing = Drawing(
      width: max(table.x + table.width + margin, 320),
      height: table.y + table.height + gap + axisHeight + gap + Drawing.legendHeight + margin)
    let scale = scale
    drawing.fill(table.grown(by: 1), .frame)
    for row in 0..<classes {
      let y = table.y + row * cell.height
      var name = names[row]
      (name.x, name.y, name.anchor) = (table.x - gap, y + cell.height / 2, .end)
      drawing.write(name)
      for i in 0..<columns {
        let column = largest(row, in: i * features / columns..<(i + 1) * features / columns)
        let frame = Frame(x: table.x + i * cell.width, y: y, width: cell.width, height: cell.height)
        drawing.fill(frame, scale.colour(of: weights[row, column])) { title(row, column) }
      }
    }
    let below = table.y + table.height + gap
    if named {
      for (i, name) in axis.enumerated() {
        var name = name
        (name.x, name.y) = (table.x + i * cell.width + cell.width / 2, below)
        (name.anchor, name.upwards) = (.end, true)
        drawing.write(name)
      }
    } else {
      let text = "\(features) features"
      drawing.write(Words(text: text, x: table.x + table.width / 2, y: below + 9, anchor: .middle))
    }
    drawing.legend(of: scale, y: drawing.height - margin - Drawing.legendHeight)
    return drawing
  }

  /// The column of the largest weight in `range`, the first of equals.
  private func largest(_ row: Int, in range: Range<Int>) -> Int {
    var best = range.lowerBound
    for column in range.dropFirst() where weights[row, column].magnitude > weights[row, best].magnitude {
      best = column
    }
    return best
  }
}

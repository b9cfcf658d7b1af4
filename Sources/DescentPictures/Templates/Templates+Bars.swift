internal import LinearAlgebra

/// The features that weigh most, as bars: for tables, whose features have names and no shape.
extension Templates {
  /// Bars a class; of more features there is a line that says so.
  private static var most: Int { 15 }

  private struct Bar {
    let feature: Int
    let name: Words
  }

  /// A panel a class: the largest weights by their size, to the right above zero and to the left below it.
  func bars() -> Drawing {
    let rows = (0..<weights.rows).map(largest)
    let panels = named(rows)
    let (margin, gap, line) = (20, 40, 26)
    let names = panels.joined().map(\.name.width).max() ?? 0
    let (half, number) = (110, Words.width(of: "-0.000123"))
    let titles = (0..<weights.rows).map(className)
    let slot = (
      width: max(names + 12 + 2 * half + 8 + number, titles.map { Words.width(of: $0) }.max() ?? 0),
      height: 34 + line * (panels.map(\.count).max() ?? 0)
        + (panels.contains { $0.count < weights.columns } ? line : 0)
    )
    let columns = gridColumns(weights.rows, slotWidth: slot.width + gap, slotHeight: slot.height + gap)
    let lines = (weights.rows + columns - 1) / columns
    var drawing = Drawing(
      width: 2 * margin + columns * (slot.width + gap) - gap,
      height: 2 * margin + lines * (slot.height + gap) - gap)
    let scale = scale
    for (row, panel) in panels.enumerated() {
      let left = margin + row % columns * (slot.width + gap)
      let top = margin + row / columns * (slot.height + gap)
      let zero = left + names + 12 + half
      drawing.write(Words(text: titles[row], x: left, y: top + 10))
      for (place, bar) in panel.enumerated() {
        let weight = weights[row, bar.feature]
        let share = scale.limit > 0 ? min(weight.magnitude / scale.limit, 1) : 0
        let length = weight.isNaN ? half : max(1, Int((share * Double(half)).rounded()))
        let y = top + 34 + place * line
        var name = bar.name
        (name.x, name.y, name.anchor) = (left + names, y + line / 2, .end)
        drawing.write(name)
        let frame = Frame(x: weight < 0 ? zero - length : zero, y: y + 4, width: length, height: line - 8)
        drawing.fill(frame, scale.colour(of: weight < 0 ? -scale.limit : weight.isNaN ? .nan : scale.limit)) {
          title(row, bar.feature)
        }
        let text = shortNumber(weight)
        drawing.write(Words(text: text, x: zero + half + 8, y: y + line / 2))
      }
      if !panel.isEmpty {
        drawing.fill(Frame(x: zero, y: top + 34, width: 1, height: panel.count * line), .frame)
      }
      if panel.count < weights.columns {
        let text =
          panel.isEmpty ? "all weights are 0" : "and \(weights.columns - panel.count) more, none larger"
        drawing.write(
          Words(text: text, x: left + names + 12, y: top + 34 + panel.count * line + line / 2, size: 15))
      }
    }
    return drawing
  }

  /// The features of a row by the size of their weights, the first of equals first; those of 0 do not count.
  private func largest(_ row: Int) -> [Int] {
    func size(_ feature: Int) -> Double {
      let weight = weights[row, feature].magnitude
      return weight.isNaN ? .infinity : weight
    }
    let order = (0..<weights.columns).filter { size($0) > 0 }.sorted { (size($1), $0) < (size($0), $1) }
    return Array(order.prefix(Self.most))
  }

  /// The same with their names, which all panels shorten alike.
  private func named(_ rows: [[Int]]) -> [[Bar]] {
    let features = Array(Set(rows.joined())).sorted()
    let names = features.map(featureName)
    let words = Dictionary(
      uniqueKeysWithValues: zip(features, ShortNames(names, columns: 32).words(of: names)))
    return rows.map { $0.map { Bar(feature: $0, name: words[$0]!) } }
  }
}

import DescentPictures

extension LineChart {
  /// What is drawn, for programs.
  var facts: [String: JSONValue] {
    [
      "title": .text(title), "x": .text(x), "y": .text(y),
      "lines": .list(
        lines.map { line in
          .object([
            "name": .text(line.name),
            "points": .list(line.points.map { .list([.number($0.x), .number($0.y)]) }),
          ])
        }),
    ]
  }
}

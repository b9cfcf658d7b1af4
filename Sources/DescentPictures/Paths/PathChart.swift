/// One of the charts of a ``PathPicture``: lines over the same points.
struct PathChart {
  struct Line {
    let name: String
    /// What stands at its end; nil for nothing.
    var shown: String?
    let values: [Double]
    let colour: Colour
  }

  let frame: Frame
  /// Where points are from left to right, in any unit.
  let places: [Double]

  /// A colour for a line by its number: neighbours are far apart.
  static func colour(_ number: Int) -> Colour {
    Colour(
      Oklab(
        lightness: 0.6, chroma: 0.14, hue: (258 + 137.5 * Double(number)).truncatingRemainder(dividingBy: 360)
      ))
  }

  func draw(_ lines: [Line], title: String, on drawing: inout Drawing) {
    let numbers = lines.flatMap(\.values).filter(\.isFinite)
    var (low, high) = (numbers.min() ?? 0, numbers.max() ?? 1)
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    drawing.write(Words(text: title, x: frame.x, y: frame.y - 12))
    drawing.fill(frame.grown(by: 1), .frame)
    drawing.fill(frame, .paper)
    if low < 0, high > 0 {
      drawing.fill(Frame(x: frame.x, y: y(0, low, high), width: frame.width, height: 1), .frame)
    }
    for (number, at) in [(high, frame.y + 6), (low, frame.y + frame.height - 6)] {
      drawing.write(Words(text: shortNumber(number), x: frame.x - 8, y: at, anchor: .end))
    }
    // The largest last: over the others.
    for line in lines.reversed() {
      let points = zip(places, line.values).filter { $1.isFinite }.map {
        Point(x: x($0), y: y($1, low, high))
      }
      drawing.stroke(points, line.colour, title: line.name.isEmpty ? nil : line.name)
    }
    name(lines.filter { $0.shown != nil }, low, high, on: &drawing)
  }

  /// The names at the right, in the order of the lines' ends, so far apart that they can be read.
  private func name(_ lines: [Line], _ low: Double, _ high: Double, on drawing: inout Drawing) {
    var next = frame.y
    let ends = lines.map { (line: $0, y: y($0.values.last(where: \.isFinite) ?? low, low, high)) }.sorted {
      $0.y < $1.y
    }
    let room = frame.y + frame.height + 8
    for (i, end) in ends.enumerated() {
      let most = room - 18 * (ends.count - i)
      let place = min(max(end.y, next), max(most, next))
      drawing.fill(Frame(x: frame.x + frame.width + 8, y: place - 1, width: 10, height: 3), end.line.colour)
      let (name, shown) = (end.line.name, end.line.shown ?? "")
      drawing.write(
        Words(
          text: shown, x: frame.x + frame.width + 24, y: place, title: name == shown ? nil : name))
      next = place + 18
    }
  }

  /// The strengths at both ends, and of what they are.
  func label(_ strengths: [Double], _ title: String, on drawing: inout Drawing) {
    let y = frame.y + frame.height + 18
    guard let first = strengths.first, let last = strengths.last else { return }
    drawing.write(Words(text: shortNumber(first), x: frame.x, y: y))
    drawing.write(Words(text: shortNumber(last), x: frame.x + frame.width, y: y, anchor: .end))
    drawing.write(Words(text: title, x: frame.x + frame.width / 2, y: y, anchor: .middle))
  }

  private func x(_ place: Double) -> Int {
    guard let first = places.first, let last = places.last, last != first else {
      return frame.x + frame.width / 2
    }
    return frame.x + Self.step(place, from: first, to: last, of: frame.width - 2)
  }

  private func y(_ value: Double, _ low: Double, _ high: Double) -> Int {
    frame.y + Self.step(value, from: high, to: low, of: frame.height - 2)
  }

  /// How many of so many steps a number is on the way from one to another: of halves, whose differences are numbers still.
  private static func step(_ number: Double, from first: Double, to last: Double, of steps: Int) -> Int {
    let share = (number / 2 - first / 2) / (last / 2 - first / 2)
    return share.isFinite ? Int((min(max(share, 0), 1) * Double(steps)).rounded()) : 0
  }
}

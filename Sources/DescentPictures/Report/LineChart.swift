internal import Foundation

/// Lines over a number: a curve of a training, or what a threshold does.
///
/// Drawn as SVG that takes its colours from the page around it, so that it is read by light and by dark; each line has a dash of
/// its own beside its colour, and the chart's title and description are told by screen readers.
public struct LineChart: Sendable {
  /// Points joined by straight lines.
  public struct Line: Sendable {
    /// Plain text: in the legend, and in what screen readers are told.
    public var name: String
    /// In the order in which they are joined; up to 30 have a dot each.
    public var points: [(x: Double, y: Double)]

    /// Takes all points: it is the chart that leaves out what cannot be drawn.
    public init(_ name: String, _ points: [(x: Double, y: Double)]) {
      (self.name, self.points) = (name, points)
    }
  }

  /// Plain text: above the chart in a file of its own, below it on a page.
  public var title: String
  /// The axes' names, units included.
  public var x, y: String
  /// Each with one point at least. Colours and dashes come again after five.
  public var lines: [Line]
  /// Lines without a name, behind the others: what these are among.
  public var background: [[(x: Double, y: Double)]]
  /// Whether y goes by powers of ten; what is not above 0 is left out then.
  public var isLogarithmic: Bool
  /// Nil for what the points ask for.
  public var yRange: ClosedRange<Double>?

  /// Leaves out points that are not finite, or not above 0 where y is logarithmic, and then lines without a point. What is set
  /// later is drawn as it is.
  public init(
    _ title: String, x: String, y: String, lines: [Line], background: [[(x: Double, y: Double)]] = [],
    isLogarithmic: Bool = false, yRange: ClosedRange<Double>? = nil
  ) {
    (self.title, self.x, self.y, self.isLogarithmic, self.yRange) = (title, x, y, isLogarithmic, yRange)
    func drawable(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
      points.filter { $0.x.isFinite && $0.y.isFinite && !(isLogarithmic && $0.y <= 0) }
    }
    self.lines = lines.map { Line($0.name, drawable($0.points)) }.filter { !$0.points.isEmpty }
    self.background = background.map(drawable).filter { !$0.isEmpty }
  }

  static let (width, height) = (520.0, 320.0)
  /// Above so many points a line shows them all alike.
  private static let mostDots = 30
  private static let plot = (left: 88.0, top: 16.0, right: 492.0, bottom: 262.0)

  /// The chart as an element of a page.
  ///
  /// - Parameter id: no other element's.
  public func svg(id: String) -> String {
    let frame =
      #"<svg class="chart" viewBox="0 0 \#(Int(Self.width)) \#(Int(Self.height))" role="img" aria-labelledby="\#(id)-t \#(id)-d">"#
    return ([frame] + told(id: id) + marks + ["</svg>"]).joined(separator: "\n")
  }

  /// Title and description, for who does not see it.
  func told(id: String) -> [String] {
    [
      #"<title id="\#(id)-t">\#(xmlEscaped(title))</title><desc id="\#(id)-d">\#(xmlEscaped(description))</desc>"#
    ]
  }

  /// All that is seen, within ``width`` and ``height``.
  var marks: [String] {
    let all = lines.flatMap(\.points) + background.joined()
    let xs = Axis(all.map(\.x))
    let ys = Axis(all.map(\.y), isLogarithmic: isLogarithmic, range: yRange)
    let plot = Self.plot
    func place(_ point: (x: Double, y: Double)) -> String {
      let x = plot.left + xs.share(of: point.x) * (plot.right - plot.left)
      let y = plot.bottom - ys.share(of: point.y) * (plot.bottom - plot.top)
      return String(format: "%.1f,%.1f", x, y)
    }
    var parts: [String] = []
    for tick in ys.ticks {
      let y = String(format: "%.1f", plot.bottom - ys.share(of: tick) * (plot.bottom - plot.top))
      parts.append(#"<path class="grid" d="M\#(plot.left) \#(y)H\#(plot.right)"/>"#)
      parts.append(
        #"<text x="\#(plot.left - 8)" y="\#(y)" dy="0.35em" text-anchor="end">\#(ys.label(tick))</text>"#)
    }
    for tick in xs.ticks {
      let x = String(format: "%.1f", plot.left + xs.share(of: tick) * (plot.right - plot.left))
      parts.append(
        #"<text x="\#(x)" y="\#(plot.bottom + 24)" text-anchor="middle">\#(xs.label(tick))</text>"#)
    }
    parts += background.map {
      #"<polyline class="behind" points="\#($0.map(place).joined(separator: " "))"/>"#
    }
    for (index, line) in lines.enumerated() {
      if line.points.count <= Self.mostDots {
        parts += line.points.map { point in
          let at = place(point).split(separator: ",")
          return #"<circle class="line l\#(index % 5)" cx="\#(at[0])" cy="\#(at[1])" r="2"/>"#
        }
      }
      parts.append(
        #"<polyline class="line l\#(index % 5)" points="\#(line.points.map(place).joined(separator: " "))"/>"#
      )
    }
    parts += [
      #"<path class="axis" d="M\#(plot.left) \#(plot.top)V\#(plot.bottom)H\#(plot.right)"/>"#,
      #"<text x="\#((plot.left + plot.right) / 2)" y="\#(plot.bottom + 50)" text-anchor="middle">\#(xmlEscaped(x))</text>"#,
      #"<text transform="translate(18 \#((plot.top + plot.bottom) / 2)) rotate(-90)" text-anchor="middle">\#(xmlEscaped(y))</text>"#,
    ]
    return parts
  }

  private var description: String {
    "\(y) against \(x). "
      + lines.map { line in
        let (first, last) = (line.points[0], line.points[line.points.count - 1])
        return
          "\(line.name): from \(Axis.text(first.y)) at \(Axis.text(first.x)) to \(Axis.text(last.y)) at \(Axis.text(last.x))."
      }.joined(separator: " ")
  }
}

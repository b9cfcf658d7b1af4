internal import Foundation

/// A path of penalties as a picture: the weights, how many are not zero, and the losses, each against the logarithm of the
/// strength, which falls from left to right.
///
/// ```swift
/// let picture = PathPicture(
///   title: "l1", strengths: [1, 0.1], weights: [("age", [0, 0.3])], nonzeros: [0, 1], training: [0.7, 0.5])
/// let text = picture.svg()
/// ```
public struct PathPicture: Sendable {
  /// What the strengths are of, as "l1".
  public let title: String
  /// Above 0, a number a point.
  public let strengths: [Double]
  /// What the weights are measured by, as "for a change by one σ"; empty where nothing is to be said.
  public let weightUnit: String
  /// A name and a number a point of each weight.
  public let weights: [(name: String, values: [Double])]
  /// How many weights are not zero, a number a point.
  public let nonzeros: [Int]
  /// The mean loss over the rows that were learnt from, a number a point.
  public let training: [Double]
  /// The mean loss over other rows, a number a point; nil draws no such line.
  public let heldOut: [Double]?

  /// Lines that are drawn: the weights that grow largest. More would hide each other.
  private static let mostLines = 100
  private static let mostNames = 10

  /// Points go from the largest strength to the smallest. Numbers that are not finite are passed over; weights that are 0 at
  /// all points, and all but the 100 that grow largest, are not drawn.
  public init(
    title: String, strengths: [Double], weightUnit: String = "", weights: [(name: String, values: [Double])],
    nonzeros: [Int],
    training: [Double], heldOut: [Double]? = nil
  ) {
    (self.title, self.strengths, self.weightUnit, self.weights) = (title, strengths, weightUnit, weights)
    (self.nonzeros, self.training, self.heldOut) = (nonzeros, training, heldOut)
  }

  /// The picture as an SVG file. A pointer resting on a weight's line is told its name.
  public func svg() -> String { drawing.svg() }

  /// The picture as a PNG file without a word, for which a font would be needed: ``SVGRenderer`` has those of the system.
  public func wordlessPNG() -> [UInt8] { drawing.wordless() }

  private var drawing: Drawing {
    let left = 86
    func chart(_ y: Int, _ height: Int) -> PathChart {
      PathChart(
        frame: Frame(x: left, y: y, width: 560, height: height), places: strengths.map { -log10($0) })
    }
    let largest = weights.map { ($0.name, $0.values, size: $0.values.reduce(0) { max($0, abs($1)) }) }
      .enumerated().sorted { ($1.element.size, $0.offset) < ($0.element.size, $1.offset) }
      .map(\.element).filter { $0.size > 0 }.prefix(Self.mostLines)
    // None is to be taken for another line's.
    let names = ShortNames(largest.map(\.0), columns: 24).texts.prefix(Self.mostNames)
    let lines = largest.enumerated().map { i, line in
      PathChart.Line(
        name: line.0, shown: i < names.count ? names[i] : nil, values: line.1, colour: PathChart.colour(i))
    }
    // Signs that the font has not are drawn in others, which may be wider.
    let right = (names + ["training"]).map { Words.width(of: $0) * 11 / 10 }.max() ?? 0
    var drawing = Drawing(width: left + 560 + 24 + right + 20, height: 760)
    let title =
      "weights" + (weightUnit.isEmpty ? "" : " " + weightUnit)
      + (weights.count > lines.count ? ", the \(lines.count) largest" : "")
    chart(40, 330).draw(lines, title: title, on: &drawing)
    let counts = PathChart.Line(
      name: "", values: nonzeros.map(Double.init), colour: PathChart.colour(0))
    chart(420, 110).draw([counts], title: "weights that are not zero", on: &drawing)
    var losses = [
      PathChart.Line(name: "training", shown: "training", values: training, colour: PathChart.colour(0))
    ]
    if let heldOut {
      losses.append(
        PathChart.Line(name: "held out", shown: "held out", values: heldOut, colour: PathChart.colour(1)))
    }
    let last = chart(580, 120)
    last.draw(losses, title: "mean loss", on: &drawing)
    last.label(strengths, "\(self.title), on a logarithmic scale", on: &drawing)
    return drawing
  }
}

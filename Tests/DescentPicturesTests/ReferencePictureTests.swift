import Descent
import DescentPictures
import Foundation
import LinearAlgebra
import Testing

/// Pictures that were looked at and found good: what they hold stays as it was. `DESCENT_RENEW=1` keeps them as they are now, to be
/// looked at again.
@Suite("Pictures as they were looked at") struct ReferencePictureTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("References/pictures")

  private static let pictures: [(name: String, text: @Sendable () -> String)] = [
    ("tiles.svg", { templates(ImageShape(height: 3, width: 4)).svg() }),
    ("channels.svg", { templates(ImageShape(height: 2, width: 2, channels: 3)).svg() }),
    ("bars.svg", { templates(nil).svg() }),
    (
      "path.svg",
      {
        PathPicture(
          title: "l1", strengths: [1, 0.3, 0.1, 0.03, 0.01], weightUnit: "for a change by one σ",
          weights: [
            ("age", [0, 1, 2, 2.5, 2.6]), ("a name that is so long that it is cut", [0, 0, -1, -2, -3]),
          ],
          nonzeros: [0, 1, 2, 2, 2], training: [3, 2, 1, 0.8, 0.7], heldOut: [3, 2.2, 1.5, 1.6, 1.8]
        ).svg()
      }
    ),
    ("chart.svg", { chart.file() }),
    (
      "matrix.svg",
      {
        MatrixPicture(
          names: ["class of those who stay in the north", "class of those who stay in the south", "日本"],
          texts: [["104", "34", "17"], ["32", "188", "10"], ["8", "19", "188"]],
          shares: [[0.67, 0.22, 0.11], [0.14, 0.82, 0.04], [0.04, 0.09, 0.87]]
        ).svg()
      }
    ),
    (
      "page.html",
      {
        Report(
          "A page", subtitle: "of all that there is", highlights: [Report.Highlight("96 %", "accuracy")],
          sections: [
            Report.Section(
              "Blocks",
              [
                .text("A text."), .code("a\n  command"), .facts([("name", "value")]),
                .charts([chart, chart]),
                .table(
                  Report.Table(
                    "A table", header: ["", "a", "b"], rows: [["x", "1", "2"]], shades: [[1, 0.5]])),
                .bars(Report.Bars("Bars", header: ["n"], rows: [("up", 2, ["2"]), ("down", -1, ["-1"])])),
                .folded("more", [.heading("Inside"), .text("Folded.")]),
              ])
          ]
        ).html()
      }
    ),
  ]

  private static func templates(_ shape: ImageShape?) -> Templates {
    let numbers = (0..<24).map { Double(($0 * 7) % 11 - 5) / 4 }
    return Templates(
      weights: Matrix(rows: 2, columns: 12, elements: numbers), classNames: ["one", "日本 and Ωμέγα"],
      featureNames: (1...12).map { "feature \($0)" }, shape: shape)
  }

  private static var chart: LineChart {
    let lines = ["objective", "proved gap"].enumerated().map { i, name in
      LineChart.Line(name, (0..<20).map { (x: Double($0), y: 1 / Double(($0 + 1) * (i * $0 + 1))) })
    }
    return LineChart(
      "A training", x: "passes", y: "objective, gap", lines: lines, background: [[(0, 0.5), (19, 0.02)]],
      isLogarithmic: true)
  }

  @Test(arguments: pictures.map(\.name)) func holdsWhatItDid(_ name: String) throws {
    let text = try #require(Self.pictures.first { $0.name == name }).text()
    let file = Self.folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["DESCENT_RENEW"] != nil {
      try Data(text.utf8).write(to: file)
    }
    let kept = try String(contentsOf: file, encoding: .utf8)
    let (lines, others) = (text.split(separator: "\n"), kept.split(separator: "\n"))
    for (line, other) in zip(lines, others) where line != other {
      Issue.record("\(name) holds \(line.prefix(200)), not \(other.prefix(200))")
      return
    }
    #expect(lines.count == others.count)
  }
}

import Descent
import DescentPictures
import Foundation
import LinearAlgebra
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

struct TemplatesSVGTests {
  let shape = ImageShape(height: 1, width: 2)

  @Test(arguments: hostileNames)
  func isValidXMLWhateverTheNames(_ name: String) throws {
    for shape in [shape, nil] {
      let templates = Templates(
        weights: [[1, -2], [0.25, 0]], classNames: [name, "b"], featureNames: ["x", name], shape: shape)
      let document = try Elements(templates.svg())
      // By bytes, as a combining mark would join the space before it.
      // A weight of 0 has no bar.
      #expect(document.titles.count { $0.utf8.starts(with: "b: ".utf8) } == (shape == nil ? 1 : 2))
      #expect(document.titles.contains("b: x, 0.25"))
    }
  }

  @Test func namesSurviveEscaping() throws {
    let document = try Elements(Templates(weights: [[1, 2]], classNames: ["<&\">"], shape: shape).svg())
    #expect(document.texts.contains("<&\">"))
    #expect(document.titles.contains("<&\">: row 0, column 1, 2"))
  }

  /// In its middle, as its end may be what tells it from others.
  @Test func aLongNameIsCutAndToldInFull() throws {
    let names = ["a", "b"].map { String(repeating: "long ", count: 40) + $0 }
    let document = try Elements(
      Templates(weights: [[1, 2], [3, 4]], classNames: names, shape: shape).svg())
    for name in names {
      #expect(document.texts.contains { $0.contains("…") && $0.last == name.last && $0.count < 30 })
      #expect(document.titles.contains(name))
    }
  }

  /// A scale of -4 to 4, and a rectangle in its place and colour for each weight.
  @Test func showsScaleAndWeights() throws {
    let document = try Elements(Templates(weights: [[0, 4], [-4, 4]], shape: shape).svg())
    #expect(Set(["-4", "0", "4", "1"]).isSubset(of: document.texts))
    let colours = document.titles.indices.map { document.fills[$0] }
    #expect(colours.count == 4 && colours[1] == colours[3] && Set(colours).count == 3)
    #expect(colours[0] == "#f7f7f7")
  }

  @Test func saysWhenTheScaleIsCut() throws {
    let document = try Elements(Templates(weights: [[0, 4]], shape: shape, limit: 2).svg())
    #expect(document.texts.contains("<= -2") && document.texts.contains(">= 2"))
  }

  @Test func saysWhenAllIsZero() throws {
    let document = try Elements(Templates(weights: [[0, 0]], shape: shape).svg())
    #expect(document.texts.contains("all weights are 0"))
  }

  /// Bars of the largest weights, their names and numbers, from the largest down; the others are counted.
  @Test func barsOfATable() throws {
    var weights = Matrix<Double>(rows: 2, columns: 100_000)
    for j in 0..<20 { weights[0, 5000 * j] = Double(j % 2 == 0 ? j + 1 : -j - 1) }
    let document = try Elements(
      Templates(weights: weights, featureNames: (0..<100_000).map { "f\($0)" }).svg())
    let largest = (5..<20).map { "f\(5000 * $0)" }
    #expect(
      document.texts.isSuperset(
        of: largest + ["-20", "19", "and 99985 more, none larger", "all weights are 0"]))
    #expect(document.texts.isDisjoint(with: ["f0", "f20000", "f1"]))
    #expect(document.titles.first == "0: f95000, -20" && document.titles.count == 15)
    #expect(document.fills[0] != document.fills[1] && document.fills[0] == document.fills[2])
  }

  /// What is not finite, and no weight at all, is drawn as well.
  @Test(
    arguments: [[.nan, 1], [.infinity, -.infinity], [0, 0], [.leastNonzeroMagnitude, -1e308]] as [[Double]])
  func barsOfAnyNumbers(_ numbers: [Double]) throws {
    let weights = Matrix(rows: 1, columns: 2, elements: numbers)
    let document = try Elements(Templates(weights: weights).svg())
    #expect(document.titles.count == numbers.count { $0 != 0 })
  }

  /// With one row of weights for two classes, positive speaks for the second.
  @Test func oneRowForTwoClasses() throws {
    let document = try Elements(Templates(weights: [[1, 2]], classNames: ["no", "yes"]).svg())
    #expect(document.texts.contains("yes") && !document.texts.contains("no"))
  }
}

/// What an SVG holds, as an XML parser reads it.
final class Elements: NSObject, XMLParserDelegate {
  var texts: Set<String> = []
  /// Titles of all elements, and the colours of the rectangles that have one, in the file's order.
  var titles: [String] = []
  var fills: [String] = []
  private var content = ""
  private var fill = ""

  init(_ svg: String) throws {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    try #require(parser.parse(), "line \(parser.lineNumber): \(String(describing: parser.parserError))")
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    content = ""
    if name == "rect" { fill = attributes["fill"] ?? "" }
    if name == "title" { fills.append(fill) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { content += string }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if name == "title" { titles.append(content) }
    if name == "text" { texts.insert(content) }
    content = ""
  }
}

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
      #expect(document.titles.count { $0.utf8.starts(with: "b: ".utf8) } == 2)
      #expect(document.titles.contains("b: x, 0.25"))
    }
  }

  @Test func namesSurviveEscaping() throws {
    let document = try Elements(Templates(weights: [[1, 2]], classNames: ["<&\">"], shape: shape).svg())
    #expect(document.texts.contains("<&\">"))
    #expect(document.titles.contains("<&\">: row 0, column 1, 2"))
  }

  @Test func aLongNameIsCutAndToldInFull() throws {
    let name = String(repeating: "long ", count: 40)
    let document = try Elements(Templates(weights: [[1, 2]], classNames: [name], shape: shape).svg())
    #expect(document.texts.contains { $0.hasSuffix("…") && $0.count < 30 })
    #expect(document.titles.contains(name))
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

  @Test func theAxisNamesUpTo60Features() throws {
    let names = (0..<61).map { "f\($0)" }
    let (some, many) = (
      Templates(weights: Matrix(rows: 2, columns: 60), featureNames: Array(names.dropLast())),
      Templates(weights: Matrix(rows: 2, columns: 61), featureNames: names)
    )
    #expect(try Elements(some.svg()).texts.isSuperset(of: names.dropLast()))
    #expect(try Elements(many.svg()).texts.isDisjoint(with: names))
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

import Descent
import DescentPictures
import Testing

@Suite("Pictures of paths")
struct PathPictureTests {
  private func picture(_ name: String = "age", heldOut: [Double]? = nil) -> PathPicture {
    PathPicture(
      title: "l1", strengths: [1, 0.1, 0.01],
      weights: [(name, [0, 1, 2]), ("zero", [0, 0, 0]), ("down", [0, 0, -1])],
      nonzeros: [0, 1, 2], training: [3, 2, 1], heldOut: heldOut)
  }

  /// A line for each weight that is not always 0, one for their number, and one for each loss.
  @Test func lines() throws {
    for (heldOut, count) in [(nil, 4), ([3, 2.5, 2.75], 5)] as [([Double]?, Int)] {
      let svg = picture(heldOut: heldOut).svg()
      #expect(svg.split(separator: "<polyline").count - 1 == count)
      let document = try Elements(svg)
      #expect(
        document.texts.isSuperset(of: [
          "age", "down", "training", "1", "0.01", "l1, on a logarithmic scale", "2", "-1",
        ]))
      #expect(document.texts.contains("held out") == (heldOut != nil))
      #expect(!document.texts.contains("zero"))
    }
    // From the middle of the left side, where both are 0, to the top and the bottom of the right.
    #expect(picture().svg().contains(#"points="86,259 365,149 644,40""#))
  }

  @Test(arguments: hostileNames) func isValidXMLWhateverTheNames(_ name: String) throws {
    _ = try Elements(picture(name).svg())
  }

  /// The lines are in the pixels too, and a single point is a picture as well.
  @Test func pixels() throws {
    let image = try DecodedPNG(picture().wordlessPNG())
    let coloured = (0..<image.height).contains { y in
      (90..<640).contains { x in
        let pixel = image[x, y]
        return abs(pixel[0] - pixel[2]) > 40
      }
    }
    #expect(coloured)
    let one = PathPicture(title: "l2", strengths: [1], weights: [("a", [1])], nonzeros: [1], training: [1])
    _ = try DecodedPNG(one.wordlessPNG())
    _ = try Elements(one.svg())
  }

  /// The end of a long name tells it from others.
  @Test func longNamesKeepTheirEnds() throws {
    let name = String(repeating: "the same beginning ", count: 5)
    let names = ["1", "2"].map { name + $0 }
    let picture = PathPicture(
      title: "l1", strengths: [1, 0.1], weights: names.map { ($0, [0, 1]) }, nonzeros: [0, 2],
      training: [2, 1])
    let document = try Elements(picture.svg())
    for name in names { #expect(document.texts.contains { $0.last == name.last && $0.contains("…") }) }
    #expect(document.titles.filter { names.contains($0) }.count == 4)
  }
}

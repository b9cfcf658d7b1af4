import Descent
import LinearAlgebra
import Testing

@testable import DescentPictures

struct TemplatesPNGTests {
  let shape = ImageShape(height: 2, width: 2)

  /// The colour in the middle of each weight's square, looked up through the layout's own frames.
  func colours(_ templates: Templates) throws -> [[Int]] {
    let image = try DecodedPNG(templates.png())
    let drawing = templates.shape.map(templates.tiles) ?? templates.table()
    #expect(image.width == drawing.width && image.height == drawing.height)
    return drawing.marks.compactMap { mark in
      guard case .fill(let frame, _, title: .some) = mark else { return nil }
      return image[frame.x + frame.width / 2, frame.y + frame.height / 2]
    }
  }

  @Test func zeroIsNeutralAndTheSignsAreTwoHues() throws {
    let found = try colours(Templates(weights: [[0, 1, -1, 0.5]], shape: shape))
    try #require(found.count == 4)
    let (zero, positive, negative, half) = (found[0], found[1], found[2], found[3])
    #expect(zero[0] == zero[1] && zero[1] == zero[2] && zero[0] > 240)
    #expect(positive[0] > positive[2] + 100, "red")
    #expect(negative[2] > negative[0] + 100, "blue")
    #expect(half[0] > half[2] && half[2] > positive[2], "between zero and red")
  }

  @Test func oneScaleForAllClasses() throws {
    let found = try colours(Templates(weights: [[1, 2, 0, 0], [2, 4, 0, 0]], shape: shape))
    #expect(found[1] == found[4])
    #expect(found[0] != found[1] && found[1] != found[5])
  }

  @Test func pixelsOfAnImageLieRowAfterRow() throws {
    let drawing = Templates(weights: [[1, 2, 3, 4]], shape: shape).tiles(of: shape)
    let frames = drawing.marks.compactMap { mark in
      if case .fill(let frame, _, title: .some) = mark { frame } else { nil }
    }
    #expect(frames[1].x > frames[0].x && frames[1].y == frames[0].y)
    #expect(frames[2].x == frames[0].x && frames[2].y > frames[0].y)
  }

  @Test(arguments: [1e300, 1e-300, .leastNonzeroMagnitude, .greatestFiniteMagnitude])
  func anyMagnitude(_ size: Double) throws {
    let usual = try colours(Templates(weights: [[0, 1, -1, 1]], shape: shape))
    let found = try colours(Templates(weights: [[0, size, -size, size]], shape: shape))
    #expect(found == usual)
  }

  @Test func allZero() throws {
    let found = try colours(Templates(weights: Matrix(rows: 3, columns: 4), shape: shape))
    #expect(Set(found).count == 1)
  }

  @Test func whatIsNotFinite() throws {
    let found = try colours(Templates(weights: [[.nan, .infinity, -.infinity, 1]], shape: shape))
    #expect(found[1] == found[3] && found[2] != found[1])
    #expect(found[0][0] == found[0][1] && found[0][0] < 200, "grey")
  }

  @Test func aLimitCutsTheScale() throws {
    let found = try colours(Templates(weights: [[1, 100, 0.5, 0]], shape: shape, limit: 1))
    #expect(found[0] == found[1] && found[2] != found[0])
  }

  @Test func channelsStandSideBySide() throws {
    let shape = ImageShape(height: 1, width: 2, channels: 3)
    let found = try colours(Templates(weights: [[1, 2, 3, 4, 5, 6]], shape: shape))
    let plain = try colours(Templates(weights: [[1, 4, 2, 5, 3, 6]], shape: ImageShape(height: 1, width: 6)))
    #expect(found == plain)
    let planar = ImageShape(height: 1, width: 2, channels: 3, isPlanar: true)
    #expect(try colours(Templates(weights: [[1, 4, 2, 5, 3, 6]], shape: planar)) == plain)
  }

  @Test func withoutAShapeATable() throws {
    #expect(try colours(Templates(weights: [[1]])).count == 1)
    #expect(try colours(Templates(weights: Matrix(rows: 3, columns: 61))).count == 183)
  }

  /// Features that share a column of the picture are shown by the largest of them.
  @Test func manyFeatures() throws {
    var weights = Matrix<Double>(rows: 1, columns: 100_000)
    weights[0, 54_321] = -3
    let found = try colours(Templates(weights: weights))
    #expect(found.count == 1600)
    #expect(found.count { $0 != found[0] } == 1)
  }

  @Test(arguments: [(1, 1), (2, 2), (3, 3), (4, 4), (5, 3), (10, 5)])
  func grid(count: Int, columns: Int) {
    #expect(gridColumns(count, slotWidth: 148, slotHeight: 174) == columns)
  }

  /// Every name gives a picture of the same size, for what is too long is cut.
  @Test(arguments: hostileNames)
  func names(_ name: String) throws {
    let usual = Templates(weights: [[1, 2, 3, 4], [1, 2, 3, 4]], classNames: ["a", "b"], shape: shape)
    let other = Templates(weights: usual.weights, classNames: [name, "b"], shape: shape)
    let (a, b) = (try DecodedPNG(usual.png()), try DecodedPNG(other.png()))
    #expect(a.width == b.width && a.height == b.height)
    #expect(a.pixels != b.pixels)
  }

  @Test func sameBytesEachTime() {
    let templates = Templates(weights: [[1, -2], [0.5, 0]], classNames: ["yes", "no"])
    #expect(templates.png() == templates.png())
  }
}

let hostileNames = [
  "", "<&\">", "]]>", "🐈‍⬛ cat", String(repeating: "long ", count: 40), "line\nbreak\0\u{1B}\u{FFFE}",
  "\u{301}",
]

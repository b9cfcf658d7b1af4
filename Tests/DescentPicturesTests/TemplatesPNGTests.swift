import Descent
import LinearAlgebra
import Testing

@testable import DescentPictures

struct TemplatesPNGTests {
  let shape = ImageShape(height: 2, width: 2)

  /// The colour in the middle of each weight's square, looked up through the layout's own frames.
  func colours(_ templates: Templates) throws -> [[Int]] {
    let image = try DecodedPNG(templates.wordlessPNG())
    let drawing = templates.tiles(of: try #require(templates.shape))
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

  /// A pixel a weight, of the colours of the large picture.
  @Test func aTileAlone() throws {
    let shape = ImageShape(height: 2, width: 1, channels: 3)
    let templates = Templates(weights: [[1, 2, 3, 4, 5, 6], [0, 0, 0, 0, 0, -6]], shape: shape)
    let (image, large) = (try DecodedPNG(#require(templates.tile(0))), try colours(templates))
    #expect(image.width == 3 && image.height == 2)
    // The large one draws a channel after the other.
    for channel in 0..<3 {
      for pixel in 0..<2 { #expect(image[channel, pixel] == large[2 * channel + pixel]) }
    }
    #expect(Templates(weights: [[1]]).tile(0) == nil)
    _ = try DecodedPNG(Templates(weights: [[1]]).wordlessPNG())
  }

  @Test(arguments: [(1, 1), (2, 2), (3, 3), (4, 4), (5, 3), (10, 5)])
  func grid(count: Int, columns: Int) {
    #expect(gridColumns(count, slotWidth: 148, slotHeight: 174) == columns)
  }

  @Test func sameBytesEachTime() {
    let templates = Templates(weights: [[1, -2], [0.5, 0]], shape: ImageShape(height: 1, width: 2))
    #expect(templates.wordlessPNG() == templates.wordlessPNG())
  }
}

let hostileNames = [
  "", "<&\">", "]]>", "🐈‍⬛ cat", String(repeating: "long ", count: 40), "line\nbreak\0\u{1B}\u{FFFE}",
  "\u{301}",
]

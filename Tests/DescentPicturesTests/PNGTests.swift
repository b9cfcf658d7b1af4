import DescentPictures
import Testing

struct PNGTests {
  @Test(arguments: [(1, 1), (3, 2), (1, 40), (257, 5)])
  func decodesToTheSamePixels(width: Int, height: Int) throws {
    for channels in [1, 3] {
      let pixels = (0..<width * height * channels).map { UInt8(truncatingIfNeeded: $0 * 37 + $0 / 7) }
      let file =
        channels == 1
        ? PNG.encode(grey: pixels, width: width, height: height)
        : PNG.encode(rgb: pixels, width: width, height: height)
      let image = try DecodedPNG(file)
      #expect(image.width == width && image.height == height && image.channels == channels)
      #expect(image.pixels == pixels)
    }
  }

  /// Noise does not compress, so the data fill more than one chunk.
  @Test func largeImages() throws {
    var state: UInt64 = 1
    let pixels = (0..<1200 * 1000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(state >> 56)
    }
    let file = PNG.encode(grey: pixels, width: 1200, height: 1000)
    #expect(file.count > 1 << 20)
    #expect(try DecodedPNG(file).pixels == pixels)
  }

  @Test func sameBytesEachTime() {
    let pixels = [UInt8](repeating: 9, count: 300)
    #expect(PNG.encode(rgb: pixels, width: 10, height: 10) == PNG.encode(rgb: pixels, width: 10, height: 10))
  }
}

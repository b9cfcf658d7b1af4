import Foundation
import Testing

@testable import DescentPictures

@Suite("PNG by the system's fonts", .enabled(if: SVGRenderer.isInstalled, "rsvg-convert is not installed"))
struct SVGRendererTests {
  private static func chart(_ name: String) -> String {
    LineChart(name, x: "x", y: "y", lines: [LineChart.Line("l", [(0, 1), (1, 2)])]).file()
  }

  /// Twice as wide as the picture says, known as ours, and with the words in it, whatever letters they are of.
  @Test func drawsWords() throws {
    let words = ["Größe", "Ωμέγα", "Вес ∂L/∂W", "وزن"]
    let files = try words.map { try SVGRenderer.png(of: Self.chart($0)) }
    #expect(Set(files).count == words.count)
    for file in files {
      #expect(file.prefix(8) == [137, 80, 78, 71, 13, 10, 26, 10])
      #expect(file[16..<20] == [0, 0, 4, 16], "a width of 1040")
      #expect(Templates.isOwn(Array(file.prefix(1000))))
    }
  }

  @Test func saysWhatItCannotDraw() {
    #expect { try SVGRenderer.png(of: "<svg") } throws: { error in
      guard case SVGRendererError.failed(let reason) = error else { return false }
      return !reason.isEmpty
    }
  }

  /// The mark is a chunk like others.
  @Test func aMarkedFileIsTheSamePicture() throws {
    let file = PNG.encode(grey: [0, 85, 170, 255], width: 2, height: 2)
    #expect(try DecodedPNG(PNG.marked(file)).pixels == DecodedPNG(file).pixels)
  }
}

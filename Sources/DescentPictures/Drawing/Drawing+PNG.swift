extension Drawing {
  /// The drawing as a PNG file.
  func png() -> [UInt8] {
    var raster = Raster(width: width, height: height)
    for mark in marks {
      switch mark {
      case .fill(let frame, let colour, title: _): raster.fill(frame, colour)
      case .text(let words): raster.write(words)
      }
    }
    return PNG.encode(rgb: raster.pixels, width: width, height: height)
  }
}

/// Pixels to draw on. What lies outside is not drawn.
private struct Raster {
  let width: Int
  let height: Int
  private(set) var pixels: [UInt8]

  init(width: Int, height: Int) {
    (self.width, self.height) = (width, height)
    pixels = Array(repeating: 255, count: width * height * 3)
  }

  mutating func fill(_ frame: Frame, _ colour: Colour) {
    let columns = max(frame.x, 0)..<max(min(frame.x + frame.width, width), max(frame.x, 0))
    for y in max(frame.y, 0)..<max(min(frame.y + frame.height, height), max(frame.y, 0)) {
      for x in columns {
        let at = (y * width + x) * 3
        (pixels[at], pixels[at + 1], pixels[at + 2]) = (colour.red, colour.green, colour.blue)
      }
    }
  }

  mutating func write(_ words: Words) {
    let (text, dot) = (words.shown, words.dot)
    let length = (text.count * Font.advance - 1) * dot
    let start =
      switch words.anchor {
      case .start: 0
      case .middle: -length / 2
      case .end: -length
      }
    for (i, character) in text.enumerated() {
      for (column, bits) in Font.columns(of: character).enumerated() {
        for row in 0..<8 where bits >> row & 1 == 1 {
          // Along the line of text, and across it.
          let along = start + (i * Font.advance + column) * dot
          let across = row * dot - Font.height * dot / 2
          fill(
            words.upwards
              ? Frame(x: words.x + across, y: words.y - along - dot, width: dot, height: dot)
              : Frame(x: words.x + along, y: words.y + across, width: dot, height: dot), .ink)
        }
      }
    }
  }
}

extension Drawing {
  /// The drawing as a PNG file.
  func png() -> [UInt8] {
    var raster = Raster(width: width, height: height)
    for mark in marks {
      switch mark {
      case .fill(let frame, let colour, title: _): raster.fill(frame, colour)
      case .text(let words): raster.write(words)
      case .stroke(let points, let colour, title: _):
        for (a, b) in zip(points, points.dropFirst()) { raster.stroke(a, b, colour) }
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

  /// A square of two pixels at each step along the longer side.
  mutating func stroke(_ a: Point, _ b: Point, _ colour: Colour) {
    let steps = max(1, abs(b.x - a.x), abs(b.y - a.y))
    for step in 0...steps {
      // To the nearest pixel.
      let x = a.x + (2 * (b.x - a.x) * step + steps) / (2 * steps)
      let y = a.y + (2 * (b.y - a.y) * step + steps) / (2 * steps)
      fill(Frame(x: x, y: y, width: 2, height: 2), colour)
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

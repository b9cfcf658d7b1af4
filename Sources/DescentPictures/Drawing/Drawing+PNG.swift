extension Drawing {
  /// All but the words as a PNG file: for these a font is needed, which ``SVGRenderer`` has.
  func wordless() -> [UInt8] {
    var raster = Raster(width: width, height: height)
    for mark in marks {
      switch mark {
      case .fill(let frame, let colour, title: _): raster.fill(frame, colour)
      case .stroke(let points, let colour, title: _):
        for (a, b) in zip(points, points.dropFirst()) { raster.stroke(a, b, colour) }
      case .text: break
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
}

internal import Descent
internal import LinearAlgebra

extension Templates {
  /// A tile a class, in a grid, with the class's name above.
  func tiles(of shape: ImageShape) -> Drawing {
    let classes = weights.rows
    let names = (0..<classes).map(className)
    let titles = ShortNames(names, columns: 16).words(of: names)
    let channels = (0..<shape.channels).map {
      Words(text: shape.channels == 1 ? "" : channelName($0, of: shape), x: 0, y: 0, size: 12)
    }
    let (margin, gap, nameHeight) = (20, 20, 26)
    let channelHeight = shape.channels == 1 ? 0 : 16
    // Enlarged to about 140 pixels, and to half of that where there are many classes.
    let target = classes <= 20 ? 140 : 70
    let zoom = min(max(target / max(shape.height, shape.width), 1), 28)
    let (tileWidth, tileHeight) = (shape.width * zoom, shape.height * zoom)
    // From one channel to the next, and from one class to the next: no word meets another.
    let step = max(tileWidth, channels.map(\.width).max() ?? 0) + 4
    let strip = shape.channels * step - 4
    let slot = (
      width: max(strip, target * 6 / 7, titles.map(\.width).max() ?? 0),
      height: nameHeight + channelHeight + tileHeight
    )
    let columns = gridColumns(classes, slotWidth: slot.width + gap, slotHeight: slot.height + gap)
    let rows = (classes + columns - 1) / columns

    var drawing = Drawing(
      width: max(2 * margin + columns * (slot.width + gap) - gap, 320),
      height: 2 * margin + rows * (slot.height + gap) + Drawing.legendHeight)
    let scale = scale
    let left = (drawing.width - columns * (slot.width + gap) + gap) / 2
    for row in 0..<classes {
      let x = left + row % columns * (slot.width + gap)
      let y = margin + row / columns * (slot.height + gap)
      var name = titles[row]
      (name.x, name.y, name.anchor) = (x + slot.width / 2, y + 7, .middle)
      drawing.write(name)
      for channel in 0..<shape.channels {
        let tile = Frame(
          x: x + (slot.width - strip) / 2 + channel * step + (step - 4 - tileWidth) / 2,
          y: y + nameHeight + channelHeight, width: tileWidth, height: tileHeight)
        if shape.channels > 1 {
          var words = channels[channel]
          (words.x, words.y, words.anchor) = (tile.x + tileWidth / 2, tile.y - 9, .middle)
          drawing.write(words)
        }
        drawing.fill(tile.grown(by: 1), .frame)
        for pixel in 0..<shape.height * shape.width {
          let column = shape.feature(pixel: pixel, channel: channel)
          let frame = Frame(
            x: tile.x + pixel % shape.width * zoom, y: tile.y + pixel / shape.width * zoom,
            width: zoom, height: zoom)
          drawing.fill(frame, scale.colour(of: weights[row, column])) { title(row, column) }
        }
      }
    }
    drawing.legend(of: scale, y: drawing.height - margin - Drawing.legendHeight)
    return drawing
  }

  /// The template of a row of the weights as a PNG file of a pixel a weight, channels beside each other; nil where features
  /// are no pixels.
  public func tile(_ row: Int) -> [UInt8]? {
    guard let shape else { return nil }
    let scale = scale
    var pixels: [UInt8] = []
    for y in 0..<shape.height {
      for channel in 0..<shape.channels {
        for x in 0..<shape.width {
          let column = shape.feature(pixel: y * shape.width + x, channel: channel)
          let colour = scale.colour(of: weights[row, column])
          pixels += [colour.red, colour.green, colour.blue]
        }
      }
    }
    return PNG.encode(rgb: pixels, width: shape.width * shape.channels, height: shape.height)
  }
}

/// How many columns a grid of `count` slots gets: near 9:5 in shape, with few slots left empty.
func gridColumns(_ count: Int, slotWidth: Int, slotHeight: Int) -> Int {
  func cost(_ columns: Int) -> Double {
    let rows = (count + columns - 1) / columns
    let aspect = Double(columns * slotWidth) / Double(rows * slotHeight) / 1.8
    return max(aspect, 1 / aspect) * (1 + Double(rows * columns - count) / Double(count))
  }
  return (1...count).min { cost($0) < cost($1) } ?? 1
}

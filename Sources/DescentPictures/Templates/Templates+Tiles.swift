internal import Descent
internal import LinearAlgebra

extension Templates {
  /// A tile a class, in a grid, with the class's name above.
  func tiles(of shape: ImageShape) -> Drawing {
    let classes = weights.rows
    let (margin, gap, nameHeight) = (20, 20, 26)
    let channelHeight = shape.channels == 1 ? 0 : 14
    // Enlarged to about 140 pixels, and to half of that where there are many classes.
    let target = classes <= 20 ? 140 : 70
    let zoom = min(max(target / max(shape.height, shape.width), 1), 28)
    let (tileWidth, tileHeight) = (shape.width * zoom, shape.height * zoom)
    let strip = shape.channels * (tileWidth + 4) - 4
    // A slot leaves room for a name beside a narrow tile.
    let slot = (width: max(strip, target * 6 / 7), height: nameHeight + channelHeight + tileHeight)
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
      let name = Words(text: className(row), x: x + slot.width / 2, y: y + 7, anchor: .middle)
      drawing.write(name.limited(toPixels: slot.width + gap / 2))
      for channel in 0..<shape.channels {
        let tile = Frame(
          x: x + (slot.width - strip) / 2 + channel * (tileWidth + 4), y: y + nameHeight + channelHeight,
          width: tileWidth, height: tileHeight)
        if shape.channels > 1 {
          let name = channelName(channel, of: shape)
          let words = Words(text: name, x: tile.x + tileWidth / 2, y: tile.y - 9, anchor: .middle, dot: 1)
          drawing.write(words.limited(toPixels: tileWidth))
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

extension Words {
  /// Cut to what fits into a width.
  func limited(toPixels width: Int) -> Words {
    var result = self
    result.limit = max((width + dot) / Words.advance(dot: dot), 1)
    return result
  }
}

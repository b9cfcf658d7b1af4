import CZlib
import Testing

/// A decoder of the PNG files that the tests make: 8 bits a channel, grey or RGB, not interlaced. It knows
/// nothing of the encoder, and checks every chunk's checksum.
struct DecodedPNG {
  var width = 0
  var height = 0
  var channels = 0
  var pixels: [UInt8] = []

  init(_ file: [UInt8]) throws {
    try #require(file.prefix(8) == [137, 80, 78, 71, 13, 10, 26, 10])
    var (at, data, names) = (8, [UInt8](), [String]())
    while at < file.count {
      let length = Self.number(file, at)
      let body = Array(file[at + 4..<at + 8 + length])
      try #require(Self.number(file, at + 8 + length) == Int(CZlib.crc32(0, body, uInt(body.count))))
      let (name, content) = (String(decoding: body.prefix(4), as: UTF8.self), Array(body.dropFirst(4)))
      names.append(name)
      if name == "IHDR" {
        (width, height) = (Self.number(content, 0), Self.number(content, 4))
        try #require(content[8] == 8 && content[10...] == [0, 0, 0])
        channels = try #require([0: 1, 2: 3][content[9]])
      } else if name == "IDAT" {
        data += content
      }
      at += 12 + length
    }
    try #require(names.first == "IHDR" && names.last == "IEND" && names.count { $0 == "IEND" } == 1)
    pixels = try Self.unfiltered(inflated(data), bytesPerPixel: channels, stride: width * channels)
  }

  subscript(x: Int, y: Int) -> [Int] {
    pixels[(y * width + x) * channels..<(y * width + x + 1) * channels].map(Int.init)
  }

  private static func number(_ bytes: [UInt8], _ at: Int) -> Int {
    bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
  }

  private func inflated(_ data: [UInt8]) throws -> [UInt8] {
    let size = height * (width * channels + 1)
    var (out, length) = ([UInt8](repeating: 0, count: size + 1), uLong(size + 1))
    try #require(uncompress(&out, &length, data, uLong(data.count)) == Z_OK)
    try #require(Int(length) == size)
    return out.dropLast()
  }

  private static func unfiltered(_ rows: [UInt8], bytesPerPixel: Int, stride: Int) throws -> [UInt8] {
    var pixels: [UInt8] = []
    for start in Swift.stride(from: 0, to: rows.count, by: stride + 1) {
      let above = pixels.isEmpty ? Array(repeating: 0, count: stride) : Array(pixels.suffix(stride))
      let row = Array(rows[start + 1..<start + 1 + stride])
      switch rows[start] {
      case 0: pixels += row
      case 1:
        for i in 0..<stride {
          pixels.append(row[i] &+ (i < bytesPerPixel ? 0 : pixels[pixels.count - bytesPerPixel]))
        }
      case 2: pixels += zip(row, above).map { $0 &+ $1 }
      case let filter: Issue.record("filter \(filter) is not decoded here")
      }
    }
    return pixels
  }
}

internal import CZlib
internal import LinearAlgebra

/// Images of 8 bits a channel as PNG files, in memory.
///
/// The same pixels give the same bytes (with the same zlib). Every row is stored as its difference from
/// the row above, which suits pictures of enlarged pixels: repeated rows cost next to nothing.
///
/// ```swift
/// let bytes = PNG.encode(grey: [0, 85, 170, 255], width: 2, height: 2)
/// ```
///
/// Format: Portable Network Graphics, third edition, <https://www.w3.org/TR/png-3/>.
public enum PNG {
  /// `pixels` holds red, green and blue of each pixel, row after row from the top.
  public static func encode(rgb pixels: [UInt8], width: Int, height: Int) -> [UInt8] {
    encode(pixels, width: width, height: height, channels: 3, colourType: 2)
  }

  /// `pixels` holds one number a pixel, 0 black and 255 white, row after row from the top.
  public static func encode(grey pixels: [UInt8], width: Int, height: Int) -> [UInt8] {
    encode(pixels, width: width, height: height, channels: 1, colourType: 0)
  }

  private static func encode(
    _ pixels: [UInt8], width: Int, height: Int, channels: Int, colourType: UInt8
  ) -> [UInt8] {
    let sides = 1...Int(Int32.max)
    require(sides.contains(width) && sides.contains(height), "an image of \(width) × \(height) pixels")
    require(
      pixels.count == width * height * channels,
      "\(width) × \(height) pixels of \(channels) bytes need \(width * height * channels), not \(pixels.count)"
    )
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    append("IHDR", bigEndian(width) + bigEndian(height) + [8, colourType, 0, 0, 0], to: &file)
    append("tEXt", maker, to: &file)
    let data = deflated(filtered(pixels, stride: width * channels))
    for start in stride(from: 0, to: data.count, by: 1 << 20) {
      append("IDAT", data[start..<min(start + 1 << 20, data.count)], to: &file)
    }
    append("IEND", [], to: &file)
    return file
  }

  /// By which a picture that was drawn here is known again.
  static let maker = Array("Software\0descent".utf8)

  /// A file of another program as one of ours: the mark goes behind the header, which is the first chunk.
  static func marked(_ file: [UInt8]) -> [UInt8] {
    let header = 8 + 12 + 13
    guard file.count >= header else { return file }
    var result = Array(file.prefix(header))
    append("tEXt", maker, to: &result)
    return result + file.dropFirst(header)
  }

  /// Each row as a filter byte and its difference from the row above (filter 2, "Up").
  private static func filtered(_ pixels: [UInt8], stride: Int) -> [UInt8] {
    let rows = pixels.count / stride
    return [UInt8](unsafeUninitializedCapacity: rows * (stride + 1)) { out, count in
      for row in 0..<rows {
        let (from, to) = (row * stride, row * (stride + 1))
        out[to] = 2
        for i in 0..<stride {
          out[to + 1 + i] = pixels[from + i] &- (row == 0 ? 0 : pixels[from - stride + i])
        }
      }
      count = rows * (stride + 1)
    }
  }

  private static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    let bound = compressBound(uLong(bytes.count))
    return [UInt8](unsafeUninitializedCapacity: Int(bound)) { out, count in
      var length = bound
      let status = compress2(out.baseAddress, &length, bytes, uLong(bytes.count), Z_BEST_COMPRESSION)
      require(status == Z_OK, "zlib could not compress \(bytes.count) bytes: status \(status)")
      count = Int(length)
    }
  }

  /// A chunk: its length, name and content, and the checksum of the latter two.
  private static func append(_ name: String, _ content: some Collection<UInt8>, to file: inout [UInt8]) {
    let body = Array(name.utf8) + content
    file += bigEndian(content.count) + body + bigEndian(Int(crc32(0, body, uInt(body.count))))
  }

  private static func bigEndian(_ number: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt32(number).bigEndian, Array.init)
  }
}

/// A type of texts in an NPY file: of code points of 32 bits (`<U5`), or of bytes (`|S5`), padded by NULs.
struct NPYText: Equatable {
  let size: Int
  private let isUnicode: Bool
  private let isBigEndian: Bool

  /// Nil for what holds no text of a size.
  init?(_ descr: String) {
    guard let order = descr.first, let kind = descr.dropFirst().first, let count = Int(descr.dropFirst(2)),
      "<>|=".contains(order), "USa".contains(kind), (0...1 << 20).contains(count)
    else { return nil }
    (isUnicode, isBigEndian) = (kind == "U", order == ">")
    size = isUnicode ? 4 * count : count
  }

  /// The text as UTF-8, if it is one of code points: of bytes nothing is known. Nil where a code point is none.
  func text(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    guard isUnicode else {
      return Array(bytes[..<(bytes.lastIndex { $0 != 0 }.map { $0 + 1 } ?? bytes.startIndex)])
    }
    var points: [UInt32] = []
    for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 4) {
      let point = bytes[start..<start + 4].reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
      points.append(isBigEndian ? point : point.byteSwapped)
    }
    while points.last == 0 { points.removeLast() }
    var text = String.UnicodeScalarView()
    for point in points {
      guard let scalar = Unicode.Scalar(point) else { return nil }
      text.append(scalar)
    }
    return Array(String(text).utf8)
  }
}

/// What an NPY file holds.
enum NPYElement: Equatable {
  case number(NPYType)
  case text(NPYText)

  var size: Int {
    switch self {
    case .number(let type): type.size
    case .text(let text): text.size
    }
  }
}

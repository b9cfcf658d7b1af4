extension StringProtocol {
  /// How many columns of a terminal it takes: letters of East Asia and pictures take two.
  var columns: Int { utf8.count == count ? count : reduce(0) { $0 + $1.columns } }

  /// As much of its beginning as fits so many columns.
  func prefix(columns most: Int) -> SubSequence {
    var (end, used) = (startIndex, 0)
    while end < endIndex, used + self[end].columns <= most {
      used += self[end].columns
      end = index(after: end)
    }
    return self[..<end]
  }
}

extension Character {
  fileprivate var columns: Int {
    guard let scalar = unicodeScalars.first, scalar.value >= 0x1100 else { return 1 }
    let isWide = Self.wide.contains { $0.contains(scalar.value) } || scalar.properties.isEmojiPresentation
    return isWide ? 2 : 1
  }

  /// What Unicode's Annex 11 calls wide or full, by blocks: https://www.unicode.org/reports/tr11.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD,
  ]
}

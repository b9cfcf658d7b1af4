/// A line of text, each character as wide as the other.
struct Words {
  enum Anchor { case start, middle, end }

  var text: String
  /// The point that the text starts at, is centred on, or ends at; at half the height of a capital.
  var x, y: Int
  var anchor = Anchor.start
  /// Of the font, in pixels.
  var size = 20
  /// What a resting pointer is told, where the text is not all of it.
  var title: String?

  /// In pixels.
  var width: Int { Self.width(of: text, size: size) }

  /// In most monospaced fonts a character is 0.6 times as wide as the font's size.
  static func width(of text: String, size: Int = 20) -> Int { (text.columns * size * 6 + 9) / 10 }
}

extension String {
  /// How many characters wide it is in a monospaced font, in which those of East Asia and emoji are twice as wide as others.
  var columns: Int { reduce(0) { $0 + ($1.isWide ? 2 : 1) } }
}

extension Character {
  /// After Unicode's East_Asian_Width, roughly: its blocks of wide characters.
  fileprivate var isWide: Bool {
    guard let first = unicodeScalars.first else { return false }
    switch first.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F000...0x1FAFF, 0x20000...0x3FFFD:
      return true
    default: return first.properties.isEmojiPresentation
    }
  }
}

/// A font of 5×7 dots, and one below the line, for printable ASCII and the ellipsis, so that a PNG can
/// carry labels.
enum Font {
  static let width = 5
  /// Of a capital.
  static let height = 7
  /// From one character to the next.
  static let advance = 6

  /// The columns of a character from the left, the lowest bit on top; those of `?` where there is none.
  static func columns(of character: Character) -> ArraySlice<UInt8> {
    let glyph: Int
    switch (character, character.asciiValue) {
    case ("…", _): glyph = 95
    case (_, let ascii?) where (32...126).contains(ascii): glyph = Int(ascii) - 32
    default: glyph = 31
    }
    return glyphs[glyph * width..<(glyph + 1) * width]
  }

  /// Five bytes a glyph, in ASCII's order from the space on.
  private static let glyphs: [UInt8] =
    """
    0000000000 00005F0000 0007000700 147F147F14 242A7F2A12 2313086462 3649552250 0000070000
    001C224100 0041221C00 2A1C7F1C2A 08083E0808 00A0600000 0808080808 0060600000 2010080402
    3E5149453E 00427F4000 4261514946 2141454B31 1814127F10 2745454539 3C4A494930 0171090503
    3649494936 064949291E 0036360000 0056360000 0814224100 1414141414 0041221408 0201510906
    324979413E 7E1111117E 7F49494936 3E41414122 7F4141221C 7F49494941 7F09090901 3E4149497A
    7F0808087F 00417F4100 2040413F01 7F08142241 7F40404040 7F020C027F 7F0408107F 3E4141413E
    7F09090906 3E4151215E 7F09192946 4649494931 01017F0101 3F4040403F 1F2040201F 3F4038403F
    6314081463 0708700807 6151494543 007F414100 0204081020 0041417F00 0402010204 4040404040
    0001020400 2054545478 7F48444438 3844444420 384444487F 3854545418 087E090102 18A4A4A47C
    7F08040478 00447D4000 4080847D00 7F10284400 00417F4000 7C04180478 7C08040478 3844444438
    FC24242418 18242424FC 7C08040408 4854545420 043F444020 3C4040207C 1C2040201C 3C4030403C
    4428102844 1CA0A0A07C 4464544C44 0008364100 00007F0000 0041360800 0804081008 4000400040
    """
    .split(whereSeparator: \.isWhitespace).flatMap { glyph in
      glyph.utf8.map { UInt8($0 < 65 ? $0 - 48 : $0 - 55) }.pairs.map { $0 << 4 | $1 }
    }
}

extension Array {
  /// The elements two by two.
  fileprivate var pairs: [(Element, Element)] {
    stride(from: 0, to: count - 1, by: 2).map { (self[$0], self[$0 + 1]) }
  }
}

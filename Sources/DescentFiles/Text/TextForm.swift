internal import Descent

/// How the bytes of a text are split into cells, and how numbers are spelt there: a ``TableForm`` once it has been settled.
struct TextForm: Sendable, Equatable {
  /// What separates fields: ``blanks`` for runs of them.
  var delimiter: UInt8
  /// What begins a comment; 0 for nothing, which no text holds.
  var comment: UInt8 = 0
  /// How numbers are spelt; nil is with a decimal point and nothing between thousands.
  var numbers: NumberSpelling?
  /// How many empty fields end each row, and are no columns.
  var emptyFields = 0

  static let blanks = UInt8.space

  init(delimiter: UInt8) { self.delimiter = delimiter }

  var hasBlanks: Bool { delimiter == Self.blanks }

  /// Whether fields and numbers are what most tables have, whatever the delimiter.
  var isPlain: Bool { !hasBlanks && numbers == nil && emptyFields == 0 }

  /// Where the comment ends that stands at `i`, if one does: at the line's end.
  func endOfComment(_ bytes: UnsafeBufferPointer<UInt8>, at i: Int) -> Int? {
    guard comment != 0, bytes[i] == comment, i == 0 || bytes[i - 1].isBlank else { return nil }
    return bytes[i...].firstIndex(of: .newline) ?? bytes.count
  }
}

extension UInt8 {
  static let space = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")
  static let quote = UInt8(ascii: "\"")
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")

  var isBlank: Bool { self == .space || self == .tab }
}

extension TableForm.Delimiter {
  /// What separates fields as bytes have it; nil where it cannot.
  var byte: UInt8? {
    switch self {
    case .blanks: TextForm.blanks
    case .character(let character): DataOptions.canSeparateFields(character) ? character.asciiValue : nil
    }
  }

  init(_ byte: UInt8) {
    self = byte == TextForm.blanks ? .blanks : .character(Character(UnicodeScalar(byte)))
  }

  /// What to say where it may separate the fields, and something else is taken to.
  var remedy: Phrase {
    let word =
      switch self {
      case .blanks: "space"
      case "\t": "tab"
      case .character(let character): String(character)
      }
    return "the fields may be separated by \(words): say \(.delimiter) \(value: word)"
  }

  /// What fields are separated by, in a sentence.
  var words: String {
    switch self {
    case .blanks: "blanks"
    case ",": "commas"
    case ";": "semicolons"
    case "\t": "tabs"
    case "|": "vertical bars"
    case .character(let character): quoted(String(character))
    }
  }
}

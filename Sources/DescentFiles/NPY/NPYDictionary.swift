internal import Descent

/// The dictionary in an NPY header: a fixed grammar, of which Python is not asked.
///
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`, the keys in any order, each once.
struct NPYDictionary {
  private(set) var element: NPYElement?
  private(set) var isFortran: Bool?
  private(set) var shape: [Int]?
  private let text: [UInt8]
  private let file: String
  private let offset: Int
  private let takesText: Bool
  private var position = 0

  /// - Parameters:
  ///   - offset: where `text` starts in the file.
  ///   - takesText: Whether the array may hold text, as labels do.
  init(_ text: [UInt8], file: String, offset: Int, takesText: Bool) {
    (self.text, self.file, self.offset, self.takesText) = (text, file, offset, takesText)
  }

  mutating func parse() throws(FileError) {
    try expect("{")
    while !take("}") {
      let start = position
      let key = try string()
      try expect(":")
      switch key {
      case "descr" where element == nil: element = try content()
      case "fortran_order" where isFortran == nil: isFortran = try bool()
      case "shape" where shape == nil: shape = try dimensions()
      case "descr", "fortran_order", "shape": throw failure("the key '\(key)' comes twice", at: start)
      default: throw failure("there is a key \(quoted(key)) that NPY does not have", at: start)
      }
      if !take(",") {
        try expect("}")
        break
      }
    }
    skipSpace()
    guard position == text.count else { throw failure("something follows the dictionary") }
    let missing = [("descr", element == nil), ("fortran_order", isFortran == nil), ("shape", shape == nil)]
    if let (name, _) = missing.first(where: \.1) { throw failure("the key '\(name)' is missing", at: 0) }
  }

  private mutating func content() throws(FileError) -> NPYElement {
    skipSpace()
    let start = position
    if position < text.count, text[position] == UInt8(ascii: "[") {
      throw failure(
        "the array holds records of several fields", at: start, remedy: "save a plain array of numbers")
    }
    let descr = try string()
    if let type = NPYType(descr) { return .number(type) }
    if takesText, let text = NPYText(descr) { return .text(text) }
    throw failure(
      "the array holds \(NPYType.meaning(of: descr)) (\(quoted(descr)))", at: start,
      remedy: takesText
        ? "save it as numbers, or as text by y.astype(str)" : "save it as uint8, float16, float32 or float64")
  }

  private mutating func bool() throws(FileError) -> Bool {
    for (word, value) in [("True", true), ("False", false)] where take(word) { return value }
    throw failure("fortran_order is neither True nor False")
  }

  private mutating func dimensions() throws(FileError) -> [Int] {
    try expect("(")
    var result: [Int] = []
    while !take(")") {
      skipSpace()
      let digits = text[position...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard let dimension = Int(String(decoding: digits, as: UTF8.self)) else {
        throw failure(
          digits.isEmpty ? "a dimension is not a whole number of 0 or more" : "a dimension is too large")
      }
      position = digits.endIndex
      result.append(dimension)
      guard result.count <= 32 else { throw failure("the shape has more than 32 dimensions") }
      if !take(",") {
        try expect(")")
        break
      }
    }
    return result
  }

  private mutating func string() throws(FileError) -> String {
    skipSpace()
    guard position < text.count, [UInt8(ascii: "'"), UInt8(ascii: "\"")].contains(text[position]) else {
      throw failure("a text in quotes is expected")
    }
    let rest = text[(position + 1)...]
    guard let end = rest.firstIndex(of: text[position]), !rest[..<end].contains(UInt8(ascii: "\\")) else {
      throw failure("a quote is not closed")
    }
    position = end + 1
    return String(decoding: rest[..<end], as: UTF8.self)
  }

  private mutating func skipSpace() {
    while position < text.count, [0x20, 0x09, 0x0a, 0x0d].contains(text[position]) { position += 1 }
  }

  private mutating func take(_ word: String) -> Bool {
    skipSpace()
    guard text[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  private mutating func expect(_ word: String) throws(FileError) {
    if !take(word) { throw failure("'\(word)' is expected in the header") }
  }

  private func failure(
    _ problem: String, at position: Int? = nil, remedy: Phrase = "save the array again with numpy.save"
  ) -> FileError {
    FileError(.badData, file, at: .byte(offset + (position ?? self.position)), problem, remedy: remedy)
  }
}

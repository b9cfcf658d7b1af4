/// A type of numbers in an NPY file, as its header spells it: byte order, kind, bytes.
struct NPYType: Equatable {
  enum Kind: Character {
    case bool = "b"
    case unsigned = "u"
    case signed = "i"
    case float = "f"
  }

  var kind: Kind
  var size: Int
  var isBigEndian: Bool

  static let uint8 = NPYType(kind: .unsigned, size: 1, isBigEndian: false)
  static let float16 = NPYType(kind: .float, size: 2, isBigEndian: false)
  static let float32 = NPYType(kind: .float, size: 4, isBigEndian: false)
  static let float64 = NPYType(kind: .float, size: 8, isBigEndian: false)
  static let int64 = NPYType(kind: .signed, size: 8, isBigEndian: false)

  /// Whether Float does not hold all numbers of the type as they are.
  var mayExceedSingle: Bool { size > 4 || size == 4 && kind != .float }

  /// `<f4`, `|u1`
  var descr: String { "\(size == 1 ? "|" : isBigEndian ? ">" : "<")\(kind.rawValue)\(size)" }

  init(kind: Kind, size: Int, isBigEndian: Bool) {
    (self.kind, self.size, self.isBigEndian) = (kind, size, isBigEndian)
  }

  /// Nil for what is no plain number; ``meaning(of:)`` says what it is.
  init?(_ descr: String) {
    var rest = descr[...]
    guard let order = rest.popFirst(), "<>|=".contains(order), let kind = rest.popFirst().flatMap(Kind.init),
      rest.count == 1, let size = Int(rest)
    else { return nil }
    let sizes: [Int] =
      switch kind {
      case .bool: [1]
      case .unsigned, .signed: [1, 2, 4, 8]
      case .float: [2, 4, 8]
      }
    guard sizes.contains(size), order != "|" || size == 1 else { return nil }
    self.init(kind: kind, size: size, isBigEndian: order == ">" && size > 1)
  }

  /// What a type that is not read holds, in words.
  static func meaning(of descr: String) -> String {
    let names: [Character: String] = [
      "O": "Python objects", "S": "text", "U": "text", "a": "text", "V": "records", "c": "complex numbers",
      "M": "dates", "m": "time spans", "f": "floats of another size", "i": "integers of another size",
      "u": "integers of another size",
    ]
    let kind = descr.first { !"<>|=".contains($0) }
    return kind.flatMap { names[$0] } ?? "numbers of a type that is not known"
  }
}

/// Lists in one text, such as `age=0,income=2`: what separates their parts is written `\,` where a name holds it.
enum ListedNames {
  /// The parts between `separator`, without the escapes of it.
  static func split(_ text: String, at separator: Character) -> [String] {
    var parts = [""]
    var isEscaped = false
    for letter in text {
      if isEscaped {
        parts[parts.count - 1] += letter == separator || letter == "\\" ? "\(letter)" : "\\\(letter)"
        isEscaped = false
      } else if letter == "\\" {
        isEscaped = true
      } else if letter == separator {
        parts.append("")
      } else {
        parts[parts.count - 1].append(letter)
      }
    }
    if isEscaped { parts[parts.count - 1] += "\\" }
    return parts
  }

  /// What ``split(_:at:)`` takes apart.
  static func join(_ parts: [String], by separator: Character) -> String {
    parts.map { $0.reduce(into: "") { $0 += $1 == separator || $1 == "\\" ? "\\\($1)" : "\($1)" } }
      .joined(separator: "\(separator)")
  }

  /// A number as people write it: 2 and not 2.0.
  static func text(_ number: Double) -> String {
    Int(exactly: number).map { "\($0)" } ?? "\(number)"
  }
}

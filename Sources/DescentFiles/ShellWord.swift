public import Descent

extension String {
  /// The text as a shell takes it for one word: in quotes where it is not plain, so that what is proposed can be pasted.
  public var shellWord: String {
    let isPlain =
      !isEmpty && first != "="
      && unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_./,:=+@%".unicodeScalars.contains($0)
      }
    if isPlain { return self }
    if contains("'"), !contains(where: { "\"$`\\!".contains($0) }) { return "\"\(self)\"" }
    return "'" + replacing("'", with: "'\\''") + "'"
  }
}

extension Phrase.StringInterpolation {
  /// What an option is given, as one word.
  public mutating func appendInterpolation(value: String) { appendLiteral(value.shellWord) }
}

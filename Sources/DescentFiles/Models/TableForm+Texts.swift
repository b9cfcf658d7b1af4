internal import Descent

extension TableForm {
  /// As model files say it, by key: what was said or found alone.
  var texts: [String: String] {
    var texts: [String: String] = [:]
    switch delimiter {
    case .character(let character): texts["delimiter"] = String(character)
    case .blanks: texts["delimiter"] = Self.blanks
    case nil: break
    }
    texts["decimal"] = decimal.map { String($0.rawValue) }
    texts["thousands"] = thousands.map { String($0.rawValue) }
    texts["comment_mark"] = comment.map { String($0) }
    texts["skipped_lines"] = skippedLines.map { String($0) }
    return texts
  }

  /// What makes sense of such texts.
  init(texts: [String: String]) {
    self.init()
    func character(_ key: String) -> Character? { texts[key].flatMap { $0.count == 1 ? $0.first : nil } }
    var form = TableForm()
    form.delimiter =
      texts["delimiter"] == Self.blanks ? .blanks : character("delimiter").map { .character($0) }
    form.comment = character("comment_mark")
    form.decimal = character("decimal").flatMap { Decimal(rawValue: $0) }
    form.thousands = character("thousands").flatMap { Thousands(rawValue: $0) }
    form.skippedLines = texts["skipped_lines"].flatMap { Int($0) }
    if form.problem == nil { self = form }
  }

  private static let blanks = "space"
}

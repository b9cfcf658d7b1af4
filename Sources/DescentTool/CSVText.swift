/// Fields of tables that are written.
enum CSVText {
  /// A name as a field of a line, in quotes where it would break it.
  ///
  /// - Parameter isAlone: Whether it is the line's only field: commas break nothing then.
  static func field(_ name: String, isAlone: Bool = false) -> String {
    let breaks = name.contains { $0.isNewline || $0 == "\"" || ($0 == "," && !isAlone) }
    return breaks ? "\"\(name.replacing("\"", with: "\"\""))\"" : name
  }

  static func line(_ fields: some Sequence<String>) -> String { fields.joined(separator: ",") + "\n" }
}

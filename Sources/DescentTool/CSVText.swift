/// Fields of tables that are written.
enum CSVText {
  /// A name as a field of a line, in quotes where it would break it, or lose spaces.
  static func field(_ name: String) -> String {
    let breaks =
      name.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0) }
      || name.first == " " || name.last == " "
    return breaks ? "\"\(name.replacing("\"", with: "\"\""))\"" : name
  }

  static func line(_ fields: some Sequence<String>) -> String { fields.joined(separator: ",") + "\n" }
}

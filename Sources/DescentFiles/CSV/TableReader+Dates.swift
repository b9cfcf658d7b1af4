internal import Descent

extension TableReader {
  /// What to do about a column of dates: to leave it out, or to count its days by SQLite where that reads them.
  func dateRemedy(_ cell: CSVCell, _ column: Int, _ delimiter: UInt8) -> Phrase {
    let leaving: Phrase =
      "leave the column out by \(.ignore) \(value: layout.nameOrNumber(of: column))"
    guard cell.date?.isISO == true else { return leaving + ", or write days as numbers" }
    guard let command = julianDays(column, delimiter) else {
      return leaving + ", or count days by SQLite's julianday()"
    }
    return leaving + ", or count days: \(command)"
  }

  /// A command that writes the table anew, or the part of a query, if none of the names needs care.
  private func julianDays(_ column: Int, _ delimiter: UInt8) -> String? {
    guard layout.hasHeader else { return nil }
    let name = layout.names[column]
    func isPlain(_ text: String) -> Bool { !text.contains { "'\"\\$`!".contains($0) || $0.isNewline } }
    guard isPlain(name) else { return nil }
    guard delimiter != 0 else { return "julianday(\"\(name)\") in the query" }
    guard isPlain(file), !file.contains(" "), Compression(ending: file) == nil else { return nil }
    let separator =
      delimiter == UInt8(ascii: ",") ? "" : " -separator '\(Character(UnicodeScalar(delimiter)))'"
    return "sqlite3 -csv -header\(separator) :memory: '.import \(file) t' "
      + "'update t set \"\(name)\" = julianday(\"\(name)\")' 'select * from t' > days.csv"
  }
}

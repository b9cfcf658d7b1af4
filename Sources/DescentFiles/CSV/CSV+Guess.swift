internal import Descent

extension CSV {
  /// Whether a file whose name tells nothing begins as a table does: by lines of text that have as many fields each.
  ///
  /// What was said of a table's form says that it is one.
  static func isLikely(_ input: Input, _ options: DataOptions) throws(FileError) -> Bool {
    if options.form != TableForm() || options.header != .automatic { return true }
    let most = 1 << 14
    var bytes = Array(try input.peek(most))
    // UTF-16 is named where tables are read.
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) { return true }
    if bytes.count == most { bytes = bytes[..<((bytes.lastIndex(of: .newline) ?? -1) + 1)].map { $0 } }
    guard !bytes.contains(where: { $0 < .space && !"\n\r\t".utf8.contains($0) }),
      String(validating: bytes, as: UTF8.self) != nil
    else { return false }
    let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count + 2)
    _ = memory.update(fromContentsOf: bytes)
    let window = RecordWindow(memory, count: bytes.count)
    var records = CSVRecords(
      window, file: input.name, TextForm(delimiter: options.namedDelimiter(input.name) ?? UInt8(ascii: ",")),
      greatestRecord: most)
    let finder = DelimiterFinder(likely: records.form.delimiter, model: nil, numbers: nil)
    guard (try? finder.find(&records)) == true else { return false }
    let rows = try records.sample(DelimiterFinder.records, by: records.form)
    let (fields, share) = DelimiterFinder.commonest(rows)
    return fields > 1 && share > 0.5
  }
}

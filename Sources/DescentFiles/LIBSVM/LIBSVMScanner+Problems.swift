internal import Descent

/// What is wrong with rows, in words.
extension LIBSVMScanner {
  func labelMissing(_ token: UnsafeBufferPointer<UInt8>, _ line: Line) -> FileError {
    failure(
      token.baseAddress!, line, "\(quoted(token)) stands where the label belongs",
      "begin each row with its label")
  }

  func badIndex(_ begin: UnsafePointer<UInt8>, _ line: Line) -> FileError {
    let token = token(begin, line.end)
    if token.starts(with: Array("qid:".utf8)) {
      return failure(begin, line, "\(quoted(token)) is for ranking, which is not supported", "leave qid out")
    }
    return failure(
      begin, line,
      token.contains(0) ? "there is a NUL byte" : "\(quoted(token)) is not a feature such as '3:0.5'",
      "write index:value, the index a whole number from \(firstIndex)")
  }

  func badValue(_ begin: UnsafePointer<UInt8>, _ number: UnsafePointer<UInt8>, _ line: Line) -> FileError {
    let (whole, value) = (token(begin, line.end), token(number, line.end))
    if CSVCell(value).isMissing, !value.isEmpty {
      return failure(
        number, line, "\(quoted(value)) is \(CSVCell(value).kindOfMissing)",
        "write a number or remove the row")
    }
    return failure(
      number, line, "the value of \(quoted(whole)) is \(value.isEmpty ? "missing" : "not a number")",
      "write index:value without spaces, the value a decimal number")
  }

  func tooLarge(_ number: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ line: Line) -> FileError {
    let text = String(decoding: UnsafeBufferPointer(start: number, count: end - number), as: UTF8.self)
    return failure(
      number, line,
      "'\(escaped(text, limit: 40))' is too large for \(isSingle ? "single" : "double") precision",
      isSingle ? "use double precision or scale the features down" : "scale the features down")
  }

  func badOrder(_ index: Int, _ last: Int, _ begin: UnsafePointer<UInt8>, _ line: Line) -> FileError {
    if index < 0 { return failure(begin, line, "index 0, where indices count from 1", "give \(.zeroBased)") }
    if index >= Self.greatestIndex {
      return failure(
        begin, line, "the index is greater than \(Self.greatestIndex), the most that is read",
        "number the features without holes")
    }
    let written = index + firstIndex
    let problem =
      index == last ? "index \(written) comes twice" : "index \(written) comes after \(last + firstIndex)"
    return failure(begin, line, problem, "list each feature once, by ascending index")
  }

  func extraFeature(
    _ written: Int, of features: Int, _ begin: UnsafePointer<UInt8>, _ line: Line
  ) -> FileError {
    failure(
      begin, line, "there is a feature \(written), and the model takes \(features) features",
      "leave such features out with \(.dropExtraFeatures), or train on data that have them")
  }

  /// What is wrong at `p`.
  func failure(_ p: UnsafePointer<UInt8>, _ line: Line, _ problem: String, _ remedy: Phrase) -> FileError {
    FileError(
      .badData, file, at: .cell(line: line.number, column: p - line.start + 1, header: nil), problem,
      remedy: remedy)
  }
}

internal import Descent
internal import LinearAlgebra

extension DataFile {
  /// Opens several files that are read as one.
  ///
  /// - Parameter path: the pattern that names them.
  static func open(
    _ shards: [String], of path: String, _ options: DataOptions, _ progress: ReadProgress?
  ) throws(FileError) -> (OpenedFile, DataOptions.Format) {
    let first = try Input(shards[0], maximumInflatedBytes: options.maximumInflatedBytes, progress: progress)
    try ForeignFormat.refuse(first, readsArchives: options.format == .npz || NPZ.isNamed(first))
    let format = try format(of: first, options)
    try options.check(for: format, path)
    let place = MemberPath(path)
    if format.reader.readsShards {
      return (
        OpenedFile(path: path, place: place, inputs: [first], progress: progress, shards: shards), format
      )
    }
    guard let lines = try format.reader.linesBefore(rowsOf: shards, options) else {
      throw FileError(
        .badData, path,
        "names \(counted(shards.count, "file")), and such of \(format.reader.name) are not read as one",
        remedy: "name one, or convert each to an array")
    }
    let text = ShardedText.Files(
      name: path, shards: zip(shards, lines).map { TextShard(path: $0, linesBefore: $1) },
      maximumInflatedBytes: options.maximumInflatedBytes, progress: progress)
    return (
      OpenedFile(
        path: path, place: place, inputs: [text.input], progress: progress, shards: shards, text: text),
      format
    )
  }
}

extension OpenedFile {
  /// Whether it can be read again from its start.
  var isRegular: Bool {
    shards.isEmpty ? FileSource.isRegular(path) : shards.allSatisfy(FileSource.isRegular)
  }

  /// The same, at its start.
  func reopened(_ options: DataOptions) throws(FileError) -> Input {
    if let text { return text.input }
    return try Input(path, maximumInflatedBytes: options.maximumInflatedBytes, progress: progress)
  }

  /// What `body` returns; errors of lines of several files' text are such of one file's.
  func naming<Result>(_ body: () throws(FileError) -> Result) throws(FileError) -> Result {
    guard let text else { return try body() }
    return try text.lines.naming(body)
  }

  /// The same of errors to come.
  func naming<Element: KernelScalar & StoredNumber>(
    _ stream: any RowStream<Element>
  ) -> any RowStream<Element> {
    text.map { ShardedTextStream(stream, $0.lines) } ?? stream
  }
}

extension TableFormat {
  /// Tables of one kind: by the same names, or of as many columns where none has names.
  static func linesBefore(
    rowsOf shards: [String], _ options: DataOptions
  ) throws(FileError) -> [Int]? {
    var options = options
    options.tally = nil
    func table(_ path: String) throws(FileError) -> CSVReader {
      try CSVReader(Input(path, maximumInflatedBytes: options.maximumInflatedBytes), options)
    }
    let first = try table(shards[0])
    options.header = first.layout.hasHeader ? .present : .absent
    options.form = first.form
    var lines = [0]
    for path in shards.dropFirst() {
      let other = try table(path)
      try other.check(like: first)
      lines.append(other.linesRead)
    }
    return lines
  }
}

extension CSVReader {
  /// That its columns are those of another table, in the same order.
  fileprivate func check(like first: CSVReader) throws(FileError) {
    func failure(_ problem: String) -> FileError {
      FileError(
        .badData, file, problem, remedy: "give files of the same columns, in the same order")
    }
    guard layout.columns == first.layout.columns else {
      throw failure(
        "has \(counted(layout.columns, "column")), and \(first.file) has \(first.layout.columns)")
    }
    guard delimiter == first.delimiter else {
      throw failure("its fields are separated otherwise than those of \(first.file)")
    }
    for (column, (name, other)) in zip(layout.names, first.layout.names).enumerated() where name != other {
      throw failure("column \(column + 1) is \(quoted(name)), and \(quoted(other)) in \(first.file)")
    }
  }
}

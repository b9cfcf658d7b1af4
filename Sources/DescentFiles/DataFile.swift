public import Descent
internal import LinearAlgebra

/// Reads files of data in any of the formats, told by the name or given.
///
/// ```swift
/// let digits = try DataFile.read("digits.csv")
/// let fashion = try DataFile.read("images-idx3-ubyte.gz", DataOptions(labelsPath: "labels-idx1-ubyte.gz"))
/// ```
public enum DataFile {
  /// Reads all rows of the file at `path` with their targets; `-` is standard input, `data.npz:images` an array of an
  /// archive (see ``MemberPath``), and a pattern such as `part-*.csv` all files that it names, one after the other in the
  /// order of the names' bytes, as one table, sparse text or array.
  ///
  /// Features are `[rows, features]`: bytes for IDX files of bytes, sparse for LIBSVM, as they are stored for NPY files, which are mapped
  /// into memory where that can be (see ``NPY``), else Floats where each number of the file is one, and Doubles otherwise: no
  /// number is rounded. One that `type`, the precision of the models to come, cannot hold is an error. Where `options.model`
  /// is given the columns must fit it, and classes are numbered as it numbers them.
  ///
  /// - Throws: ``FileError`` of kind `noInput`, `badData`, or `inputOutput` where reading fails half way.
  public static func read<Element: KernelScalar & StoredNumber>(
    _ path: String, _ options: DataOptions = DataOptions(), as type: Element.Type = Float.self,
    progress: ReadProgress? = nil
  ) throws(FileError) -> Dataset {
    var data = try readRows(path, options, as: type, progress)
    data.reading = FileReading(options, form: data.reading.form)
    return data
  }

  private static func readRows<Element: KernelScalar & StoredNumber>(
    _ path: String, _ options: DataOptions, as type: Element.Type, _ progress: ReadProgress?
  ) throws(FileError) -> Dataset {
    if options.query != nil { return try SQLite.read(path, options, as: type, progress: progress) }
    let (file, format) = try open(path, options, progress)
    return try file.naming { () throws(FileError) in try format.reader.read(file, options, as: type) }
  }

  /// Opens a file, or the files of a folder, and tells the format.
  static func open(
    _ path: String, _ options: DataOptions, _ progress: ReadProgress?
  ) throws(FileError) -> (OpenedFile, DataOptions.Format) {
    let place = MemberPath(path)
    if let shards = try ShardPattern.files(place.file) {
      guard shards.count == 1 else { return try open(shards, of: path, options, progress) }
      return try open(shards[0] + (place.member.map { ":\($0)" } ?? ""), options, progress)
    }
    let folder = DataOptions.Format.allCases.first { !$0.reader.files(in: place.file).isEmpty }
    var inputs: [Input] = []
    for path in folder?.reader.files(in: place.file) ?? [place.file] {
      inputs.append(
        try Input(path, maximumInflatedBytes: options.maximumInflatedBytes, progress: progress))
    }
    if folder == nil {
      let isArchive = options.format == .npz || options.format == nil && NPZ.isNamed(inputs[0])
      try ForeignFormat.refuse(inputs[0], readsArchives: isArchive)
    }
    let format = if let folder { folder } else { try format(of: inputs[0], options) }
    try place.check(format)
    try options.check(for: format, inputs[0].name)
    return (OpenedFile(path: path, place: place, inputs: inputs, progress: progress), format)
  }

  /// The rows of the file at `path` block by block, in memory that does not grow with it; `-` is standard
  /// input.
  ///
  /// IDX, NPY and NPZ files are streamed without labels. Labels of a table are checked against `options.model`, or
  /// left out where `options.target` is `ignored`.
  ///
  /// - Throws: ``FileError``, as `read` does.
  public static func stream<Element: KernelScalar & StoredNumber>(
    _ path: String, _ options: DataOptions, as type: Element.Type = Float.self, progress: ReadProgress? = nil
  ) throws(FileError) -> any RowStream<Element> {
    if options.query != nil {
      return TableRowStream<Element>(
        try SQLiteReader(path, options, isSingle: Element.self == Float.self, progress), options)
    }
    let (file, format) = try open(path, options, progress)
    return try file.naming(
      file.naming { () throws(FileError) in try format.reader.stream(file, options, as: type) })
  }

  /// The format: that of the options, else by the name, else by the first bytes; standard input is CSV
  /// unless they are those of another.
  static func format(of input: Input, _ options: DataOptions) throws(FileError) -> DataOptions.Format {
    if let format = options.format { return format }
    let formats = DataOptions.Format.allCases
    if let named = formats.first(where: { $0.reader.isNamed(input) }) { return named }
    for format in formats {
      if try format.reader.begins(input) { return format }
    }
    if CIFAR10.isPerhapsNamed(input) { return .cifar10 }
    if input.isStandardInput { return .csv }
    if try CSV.isLikely(input, options) { return .csv }
    throw FileError(
      .badData, input.name, "neither the name nor the first bytes tell the format",
      remedy: "give it with \(.format): \(formats.map(\.rawValue).joined(separator: ", "))")
  }

  static func refuseLabels(_ path: String, _ options: DataOptions) throws(FileError) {
    guard options.labelsPath != nil else { return }
    throw FileError(
      .badData, path, "a table holds its labels in a column", remedy: "name it with \(.label), not \(.labels)"
    )
  }
}

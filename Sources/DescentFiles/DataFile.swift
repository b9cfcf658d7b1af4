public import Descent
public import LinearAlgebra

/// Reads files of data in any of the formats, told by the name or given.
///
/// ```swift
/// let digits = try DataFile.read("digits.csv")
/// let fashion = try DataFile.read("images-idx3-ubyte.gz", DataOptions(labelsPath: "labels-idx1-ubyte.gz"))
/// ```
public enum DataFile {
  /// Reads all rows of the file at `path` with their targets; `-` is standard input, and `data.npz:images` an array of an
  /// archive (see ``MemberPath``).
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
    data.reading = FileReading(options)
    return data
  }

  private static func readRows<Element: KernelScalar & StoredNumber>(
    _ path: String, _ options: DataOptions, as type: Element.Type, _ progress: ReadProgress?
  ) throws(FileError) -> Dataset {
    if options.query != nil { return try SQLite.read(path, options, as: type, progress: progress) }
    let (inputs, place, format) = try open(path, options, progress)
    let input = inputs[0]
    switch format {
    case .csv, .tsv:
      try refuseLabels(path, options)
      return try CSV.read(input, options, as: type)
    case .libsvm:
      try refuseLabels(path, options)
      return try LIBSVM.read(input, options, as: type)
    case .idx: return try IDX.read(input, labels: labels(path, "IDX", options), options, as: type)
    case .npy: return try NPY.read(input, labels: labels(path, "NPY", options), options, as: type)
    case .npz:
      let labels = options.labelsPath == nil ? nil : try labels(path, "NPZ", options)
      return try NPZ.read(
        input, member: place.member, labels: labels, options, as: type, progress: progress)
    case .cifar10: return try CIFAR10.read(inputs, options)
    }
  }

  /// Opens a file, or the files of a folder of CIFAR-10's batches, and tells the format.
  static func open(
    _ path: String, _ options: DataOptions, _ progress: ReadProgress?
  ) throws(FileError) -> ([Input], MemberPath, DataOptions.Format) {
    let place = MemberPath(path)
    let batches = CIFAR10.batches(in: place.file)
    var inputs: [Input] = []
    for path in batches.isEmpty ? [place.file] : batches {
      inputs.append(
        try Input(path, maximumInflatedBytes: options.maximumInflatedBytes, progress: progress))
    }
    let format = batches.isEmpty ? try format(of: inputs[0], options) : .cifar10
    try place.check(format)
    try options.check(for: format, inputs[0].name)
    return (inputs, place, format)
  }

  private static func labels(
    _ path: String, _ format: String, _ options: DataOptions
  ) throws(FileError) -> Input {
    guard let labels = options.labelsPath else {
      throw FileError(
        .badData, path, "\(format) keeps the labels in a file of its own", remedy: "name it with \(.labels)")
    }
    return try LabelFile.open(labels, options)
  }

  /// The rows of the file at `path` block by block, in memory that does not grow with it; `-` is standard
  /// input.
  ///
  /// IDX, NPY and NPZ files are streamed without labels. Labels of a table are checked against `options.model`, or
  /// left out where `options.target` is `ignored`.
  ///
  /// - Throws: ``FileError``, as ``read`` does.
  public static func stream<Element: KernelScalar & StoredNumber>(
    _ path: String, _ options: DataOptions, as type: Element.Type = Float.self, progress: ReadProgress? = nil
  ) throws(FileError) -> any RowStream<Element> {
    if options.query != nil {
      return TableRowStream<Element>(
        try SQLiteReader(path, options, isSingle: Element.self == Float.self, progress), options)
    }
    let (inputs, place, format) = try open(path, options, progress)
    let input = inputs[0]
    switch format {
    case .idx: return try IDXRowStream<Element>(input, options)
    case .libsvm:
      try refuseLabels(path, options)
      return try LIBSVMRowStream<Element>(input, options)
    case .npy: return try NPYRowStream<Element>(input, options)
    case .cifar10: return try CIFARRowStream<Element>(inputs, options)
    case .npz: return try NPZ.stream(input, member: place.member, options, progress: progress, as: type)
    case .csv, .tsv:
      try refuseLabels(path, options)
      return try TableRowStream<Element>(input, options)
    }
  }

  /// The format: that of the options, else by the name, else by the first bytes; standard input is CSV
  /// unless they are those of another.
  static func format(of input: Input, _ options: DataOptions) throws(FileError) -> DataOptions.Format {
    if let format = options.format { return format }
    switch FileName(input.name).fileExtension {
    case "csv": return .csv
    case "tsv": return .tsv
    case "npy": return .npy
    case "npz": return .npz
    case "svm", "libsvm": return .libsvm
    case "bin" where CIFAR10.isWhole(input): return .cifar10
    default: break
    }
    // Four bytes may be more than the first row of a pipe has.
    switch try input.peek(1).first {
    case 0 where IDXHeader.isMagic(try input.peek(4)): return .idx
    case ZipArchive.magic[0] where try input.peek(4).elementsEqual(ZipArchive.magic): return .npz
    case NPYHeader.magic[0] where try input.peek(6).elementsEqual(NPYHeader.magic): return .npy
    default: break
    }
    // What is compressed tells its size at its end, and a file that was cut off is told of more clearly.
    if FileName(input.name).hasExtension("bin") { return .cifar10 }
    if input.isStandardInput || options.delimiter != nil { return .csv }
    throw FileError(
      .badData, input.name, "neither the name nor the first bytes tell the format",
      remedy:
        "give it with \(.format): \(DataOptions.Format.allCases.map(\.rawValue).joined(separator: ", "))")
  }

  static func refuseLabels(_ path: String, _ options: DataOptions) throws(FileError) {
    guard options.labelsPath != nil else { return }
    throw FileError(
      .badData, path, "a table holds its labels in a column", remedy: "name it with \(.label), not \(.labels)"
    )
  }
}

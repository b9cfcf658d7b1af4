internal import Descent
import LinearAlgebra

/// Writes a file of data in another format, block by block: memory does not grow with the rows, but for the labels of
/// formats that keep them in a file of their own (8 bytes a row).
///
/// ```swift
/// try Conversion(from: "rows.csv", to: "rows.npy", labels: "labels.npy").run()
/// ```
public struct Conversion: Sendable {
  /// The formats that are written.
  public enum Format: String, Sendable, CaseIterable {
    /// Tables, of commas or tabs, with the label in the last column; and an array of the features alone.
    case csv, tsv, npy
    /// The features under the name `x`, the labels under `y`.
    case npz
    /// A big-endian array of the features alone; and sparse rows that begin with their labels.
    case idx, libsvm

    /// By the name; nil where that does not tell.
    public init?(path: String) {
      let ending = FileName(path).fileExtension
      let told = Self(rawValue: ending) ?? (ending == "svm" ? .libsvm : path.contains("idx") ? .idx : nil)
      guard let told else { return nil }
      self = told
    }
  }

  /// A path as `DataFile` takes it: `-` is standard input, and a pattern names files that follow one another.
  public var input: String
  /// How the input is read. Columns of a table may be left out; an id, weights, offsets or groups are an error.
  public var options: DataOptions
  /// Compressed where its name ends in `.gz` or `.zst`.
  public var output: String
  /// Told by the output's name where it is nil.
  public var format: Format?
  /// Where the labels go that a table's last column would hold: an array of NPY, bytes of IDX, or by `.csv`, `.tsv` or
  /// `.txt` a text of a line each.
  public var labelsOutput: String?
  /// What NPY and IDX store, one of ``NumberType/written``; nil is the input's own type, and Float for tables.
  public var numberType: NumberType?

  /// Opens nothing and checks nothing: ``run(progress:)`` does, and traps where `numberType` is none of ``NumberType/written``.
  public init(
    from input: String, _ options: DataOptions = DataOptions(), to output: String, format: Format? = nil,
    labels labelsOutput: String? = nil, as numberType: NumberType? = nil
  ) {
    (self.input, self.options, self.output, self.format) = (input, options, output, format)
    (self.labelsOutput, self.numberType) = (labelsOutput, numberType)
  }

  /// Converts all rows; returns how many there were.
  ///
  /// - Throws: ``FileError``; neither output is there then, or what was there before is. Where one of the two cannot be put
  ///   back the error says so.
  @discardableResult
  public func run(progress: ReadProgress? = nil) throws -> Int {
    let format = try self.format ?? Self.format(of: output)
    let source = try ConversionSource(self.input, options, progress)
    try check(source, format)
    var labels = try labelsOutput.map { path throws(FileError) in
      try LabelSink(path, header: source.found.labelName)
    }
    if format == .npz, source.hasLabels { labels = LabelSink(inArchive: output) }
    var rows = 0
    let paths = [output] + (labelsOutput.map { [$0] } ?? [])
    try AtomicFile.write(paths.map { ($0, Compression(ending: $0)) }) { files in
      let sink = try sink(format, files[0], source, labels)
      while let block = try source.next() {
        try sink.write(block)
        if let given = block.labels { try labels?.add(given, firstRow: rows, of: self.input) }
        rows += block.features.rows
      }
      guard rows > 0 else {
        throw FileError(
          .badData, self.input, "there are no rows of data", remedy: "check that it is the right file")
      }
      try sink.finish(rows: rows)
      if files.count > 1 { try labels?.finish(files[1]) }
    }
    return rows
  }

  private func check(_ source: ConversionSource, _ format: Format) throws(FileError) {
    if Compression(ending: output) != nil {
      if format == .npy || format == .npz { throw LabelSink.compressedArray(output) }
      if format == .idx, source.found.rows == nil {
        throw FileError(
          .cannotCreate, output,
          "IDX begins with the number of rows, which \(input) tells at its end only",
          remedy: "leave the compression out, and compress the file afterwards")
      }
    }
    guard output != labelsOutput else {
      throw FileError(
        .cannotCreate, output, "the labels would go to the same file",
        remedy: "name another with \(.labelsOutput)")
    }
    let holdsLabels = format != .npy && format != .idx
    if holdsLabels, let labelsOutput {
      throw FileError(
        .cannotCreate, labelsOutput,
        format == .libsvm
          ? "LIBSVM rows begin with their labels"
          : format == .npz ? "an archive holds its labels" : "a table holds its labels in its last column",
        remedy: "leave \(.labelsOutput) out")
    }
    if !holdsLabels, source.hasLabels, labelsOutput == nil {
      throw FileError(
        .cannotCreate, output, "\(format.rawValue.uppercased()) keeps the labels in a file of its own",
        remedy: "name it with \(.labelsOutput), or say \(.noLabels)")
    }
    if let labelsOutput, !source.hasLabels {
      throw FileError(
        .cannotCreate, labelsOutput, "\(input) comes without labels",
        remedy: "name their file with \(.labels)")
    }
  }

  private func sink(
    _ format: Format, _ file: OutputFile, _ source: ConversionSource, _ labels: LabelSink?
  ) throws(FileError) -> any RowSink {
    let type = numberType ?? source.found.type
    require(NumberType.written.contains(type), "numbers of \(type), where \(NumberType.written) are written")
    switch format {
    case .csv, .tsv: return try TableSink(file, source, delimiter: format == .tsv ? "\t" : ",")
    case .libsvm: return LIBSVMSink(file)
    case .npy: return try NPYSink(file, type, columns: source.columns, rows: source.found.rows)
    case .npz: return try NPZSink(file, type, columns: source.columns, labels: labels)
    case .idx:
      guard type.idxCode != nil else {
        throw FileError(
          .cannotCreate, output, "IDX has no type \(type.rawValue)",
          remedy: "choose another with \(.type), such as float32")
      }
      return try IDXSink(file, type, shape: source.found.shape, rows: source.found.rows)
    }
  }

  private static func format(of path: String) throws(FileError) -> Format {
    if let format = Format(path: path) { return format }
    throw FileError(
      .cannotCreate, path, "its name does not tell the format",
      remedy: "give it with \(.outputFormat): \(Format.allCases.map(\.rawValue).joined(separator: ", "))")
  }
}

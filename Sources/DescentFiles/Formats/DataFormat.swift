internal import Descent
internal import LinearAlgebra

/// A format of data, as far as the rest of the library asks: how its files are told, and how they are read.
///
/// Names come first: where that of a file tells no format its first bytes are looked at.
protocol DataFormat {
  /// What it is called in a sentence.
  static var name: String { get }
  /// How names of its files end, compression left out, in lower case.
  static var endings: [String] { get }
  /// Whether its rows have columns of cells, which may be text or empty, under a line of names.
  static var isTable: Bool { get }
  /// Whether its rows say which features they hold, by an index.
  static var hasIndices: Bool { get }

  /// Whether NaN may stand among its numbers for one that is missing.
  static var mayLackNumbers: Bool { get }
  /// Whether a stream of its rows gives their targets.
  static var streamsTargets: Bool { get }

  /// Whether several of its files are read as one, of which it opens each (``OpenedFile/shards``).
  static var readsShards: Bool { get }
  /// How many lines stand before the rows of each of several files, where they are read as one text; nil where they are not.
  static func linesBefore(rowsOf shards: [String], _ options: DataOptions) throws(FileError) -> [Int]?

  /// The files that a folder of the format holds; none where `path` is no such folder.
  static func files(in path: String) -> [String]
  /// Whether the name says that it is one.
  static func isNamed(_ input: Input) -> Bool
  /// Whether the first bytes say so.
  static func begins(_ input: Input) throws(FileError) -> Bool

  /// All rows with their targets: see ``DataFile/read``.
  static func read<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> Dataset

  /// The rows block by block: see ``DataFile/stream``.
  static func stream<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> any RowStream<Element>

  /// The rows as a conversion takes them.
  static func convertible(_ file: OpenedFile, _ options: DataOptions) throws(FileError) -> ConvertibleRows
}

extension DataFormat {
  static var isTable: Bool { false }
  static var hasIndices: Bool { false }
  static var mayLackNumbers: Bool { false }
  static var streamsTargets: Bool { false }
  static var readsShards: Bool { false }

  static func linesBefore(rowsOf shards: [String], _ options: DataOptions) throws(FileError) -> [Int]? { nil }
  static func files(in path: String) -> [String] { [] }
  static func isNamed(_ input: Input) -> Bool { endings.contains(FileName(input.name).fileExtension) }
  static func begins(_ input: Input) throws(FileError) -> Bool { false }

  /// The file that labels have of their own, where the format keeps them so.
  static func labels(of file: OpenedFile, _ options: DataOptions) throws(FileError) -> Input {
    guard let labels = options.labelsPath else { throw lacksLabels(file.path) }
    return try LabelFile.open(labels, options)
  }

  static func lacksLabels(_ path: String) -> FileError {
    FileError(
      .badData, path, "\(name) keeps the labels in a file of its own", remedy: "name it with \(.labels)")
  }
}

/// A file that is open, or the files of a folder or a pattern in their order.
struct OpenedFile {
  /// As it was given.
  let path: String
  let place: MemberPath
  let inputs: [Input]
  let progress: ReadProgress?
  /// The files that a pattern names; none where it is a file's name.
  var shards: [String] = []
  /// The same as one text, where that is what they are.
  var text: ShardedText.Files?

  var input: Input { inputs[0] }
}

/// Rows of a file on their way to another format, and what the file tells of them before.
struct ConvertibleRows {
  /// Where the labels are.
  enum Labels {
    /// With the rows, if there are any.
    case inRows(Bool)
    /// In a file of their own, which is this one unless another is named.
    case apart(Input?)
  }

  /// In Double, which holds every stored number as it is.
  let stream: any RowStream<Double>
  /// How many, where the file begins by telling.
  var rows: Int?
  /// The dimensions of a row.
  let shape: [Int]
  /// What the numbers are stored as, or the next larger type that is written.
  let type: NumberType
  var labels: Labels
  /// The features' names and the label's, where a table names them.
  var featureNames: [String] = []
  var labelName: String?
}

extension Input {
  /// Whether the bytes to come are these. Of a pipe no more is waited for than tells something: its first row may be
  /// shorter.
  func begins(with magic: [UInt8]) throws(FileError) -> Bool {
    guard try peek(1).first == magic.first else { return false }
    return try peek(magic.count).elementsEqual(magic)
  }
}

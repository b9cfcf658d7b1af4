internal import Descent
internal import LinearAlgebra

/// Arrays of several files that are read as one, row after row.
struct NPYShards {
  /// The pattern that names them.
  let name: String
  let files: [(path: String, header: NPYHeader)]
  let limit: Int

  /// Reads the headers, and checks that all tell of the same numbers a row, of one type.
  init(_ file: OpenedFile, _ options: DataOptions) throws(FileError) {
    (name, limit) = (file.path, options.maximumInflatedBytes)
    var files: [(path: String, header: NPYHeader)] = []
    for path in file.shards {
      let header = try NPY.featureHeader(Input(path, maximumInflatedBytes: limit), options)
      if let (first, other) = files.first {
        func failure(_ problem: String, _ remedy: Phrase) -> FileError {
          FileError(.badData, path, problem, remedy: remedy)
        }
        let (shape, others) = (header.shape.dropFirst(), other.shape.dropFirst())
        guard shape == others else {
          throw failure(
            "a row has \(words(Array(shape))) numbers, and one of \(first) \(words(Array(others)))",
            "give files of one data set")
        }
        guard header.type == other.type else {
          throw failure(
            "its numbers are of the type \(header.type.descr), and those of \(first) of \(other.type.descr)",
            "save all by one type")
        }
      }
      files.append((path, header))
    }
    self.files = files
  }

  var rows: Int { files.reduce(0) { $0 + $1.header.rows } }
  var header: NPYHeader { files[0].header }

  /// A file, read up to its first number.
  func opened(_ file: (path: String, header: NPYHeader)) throws(FileError) -> Input {
    let input = try Input(file.path, maximumInflatedBytes: limit)
    let header = try NPYHeader(input)
    guard header.shape == file.header.shape, header.type == file.header.type else {
      throw FileError(.inputOutput, file.path, "changed while it was read", remedy: "try again")
    }
    return input
  }

  /// The rows where they lie, or as they are read.
  func storage<Element: KernelScalar & StoredNumber>(as type: Element.Type) throws(FileError)
    -> any FeatureStorage
  {
    let bytes = files.reduce(0) { $0 + $1.header.payload }
    var shards: [any FeatureStorage] = []
    for file in files {
      shards.append(try NPY.storage(opened(file), file.header, ofAll: bytes, as: type))
    }
    return ShardedStorage(shards, names: files.map(\.path))
  }
}

extension NPY {
  static func readShards<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> Dataset {
    let shards = try NPYShards(file, options)
    let (targets, names) = try LabelShards.read(of: shards, options)
    guard options.missingPolicy == .refused else {
      var numbers: [Double] = []
      numbers.reserveCapacity(shards.rows * shards.header.columns)
      for part in shards.files {
        numbers += try numbersOrNone(shards.opened(part), part.header, as: type)
      }
      return try dataset(
        lacking: numbers, rows: shards.rows, shards.header, targets, names, options, file: shards.name)
    }
    return Dataset(
      features: try shards.storage(as: type), targets: targets, classNames: names,
      imageShape: shards.header.imageShape)
  }
}

/// The rows of such arrays, block by block, without their labels.
final class NPYShardStream<Element: KernelScalar & StoredNumber>: RowStream {
  private let shards: NPYShards
  private let options: DataOptions
  private var stream: NPYRowStream<Element>?
  private var next = 0
  private var row = 0

  init(_ shards: NPYShards, _ options: DataOptions) { (self.shards, self.options) = (shards, options) }

  /// As many as are asked for, of one file and the next: how rows are cut into files changes no bit of what comes of them.
  func next(_ count: Int) throws(FileError) -> RowBlock<Element>? {
    require(count > 0, "a block of \(count) rows")
    var (numbers, rows, columns) = ([Element](), 0, 0)
    while rows < count {
      if let block = try stream?.next(count - rows) {
        let features = block.features
        if rows == 0, features.rows == count {
          row += count
          return RowBlock(firstRow: row - count, features: features, targets: nil)
        }
        numbers += features.elements
        (rows, columns) = (rows + features.rows, features.columns)
        continue
      }
      guard next < shards.files.count else { break }
      let file = shards.files[next]
      stream = try NPYRowStream(shards.opened(file), file.header, options)
      next += 1
    }
    guard rows > 0 else { return nil }
    row += rows
    return RowBlock(
      firstRow: row - rows, features: Matrix(rows: rows, columns: columns, elements: numbers), targets: nil)
  }
}

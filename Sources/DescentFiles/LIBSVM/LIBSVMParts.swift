import Descent
import LinearAlgebra

/// What one chunk of LIBSVM rows holds.
struct LIBSVMPart {
  let reader: LIBSVMReader
  let targets: LIBSVMTargets
  /// The bytes that the chunk took.
  let bytes: Int
  /// Why there are no more rows, its lines counted from the chunk's first.
  let failure: FileError?

  /// Reads the rows of `chunk` up to its end, or to the first that is not as it should be.
  ///
  /// - Parameter nonzeros: Where they are written to, which nothing else uses as long as the part lives.
  init(
    _ chunk: RecordWindow, _ scanner: LIBSVMScanner, _ options: DataOptions, into nonzeros: NonzeroBuffer,
    expectedRows: Int
  ) {
    bytes = chunk.bytes.count
    var reader = LIBSVMReader(chunk, scanner, into: nonzeros, expectedRows: expectedRows)
    var (targets, failure) = (LIBSVMTargets(options), FileError?.none)
    do throws(FileError) {
      while try reader.next() { try targets.append(from: reader) }
    } catch {
      failure = error
    }
    (self.reader, self.targets, self.failure) = (reader, targets, failure)
  }
}

/// Reads the parts of a file of LIBSVM rows, and puts them together.
final class LIBSVMParts: PartReader {
  private let input: Input
  private let scanner: LIBSVMScanner
  private let options: DataOptions
  private let buffers = Spares<NonzeroBuffer>()
  private var targets: LIBSVMTargets
  private var starts = [0]
  private var indices: [Int32] = []
  private var values = ExactNumbers()
  private var (columns, lines, bytes) = (0, 0, 0)

  init(_ input: Input, _ options: DataOptions, isSingle: Bool) throws(FileError) {
    try CSVEncoding.check(input)
    (self.input, self.options) = (input, options)
    scanner = LIBSVMScanner(file: input.name, options, isSingle: isSingle, isRounding: false)
    targets = LIBSVMTargets(options)
  }

  /// Reads all of them.
  ///
  /// - Throws: The error that stands first in the file.
  func read(chunkSize: Int) throws(FileError) -> Dataset {
    let splitter = RecordSplitter(
      input, chunkSize: chunkSize, greatestRecord: LIBSVMReader.greatestLine, hasQuotes: false)
    try OrderedParts(input, splitter, self, threads: options.threads).read()
    guard starts.count > 1 else { throw LIBSVM.noRows(scanner.file) }
    let (labels, names) = targets.finished()
    let features = SparseStorage(
      columns: options.model?.features ?? columns, starts: starts, indices: indices,
      values: values.isWide ? .double(values.doubles) : .float(values.singles))
    return Dataset(features: features, targets: labels, classNames: names)
  }

  func part(_ chunk: RecordWindow, expectedRows: Int) -> LIBSVMPart {
    let nonzeros = buffers.take() ?? NonzeroBuffer()
    return LIBSVMPart(chunk, scanner, options, into: nonzeros, expectedRows: expectedRows)
  }

  func rows(of part: borrowing LIBSVMPart) -> Int { part.reader.rows }

  func append(_ part: consuming LIBSVMPart, expectedBytes: Int?) throws(FileError) {
    bytes += part.bytes
    let share = expectedBytes.map { Double(bytes) / Double(max(1, $0)) }
    try targets.append(part.targets, after: lines, file: scanner.file, share: share)
    if let failure = part.failure { throw failure.movedDown(by: lines) }
    // Blank lines are counted with the others.
    lines += part.reader.line
    columns = max(columns, part.reader.columns)
    reserve(&starts, part.reader.rows, share: share)
    let first = indices.count
    starts.append(contentsOf: part.reader.ends.lazy.map { first + Int($0) })
    part.reader.nonzeros.withNumbers { indices, values in
      reserve(&self.indices, indices.count, share: share)
      self.indices.append(contentsOf: indices)
      self.values.append(values, areSingles: part.reader.nonzeros.holdsSingles, share: share)
    }
    buffers.give(part.reader.nonzeros)
  }
}

import Descent
import LinearAlgebra

/// Reads the parts of a table, and puts them together.
final class CSVParts: PartReader {
  private var assembly: CSVAssembly
  private let input: Input
  private let table: CSVReader
  private let options: DataOptions
  private let chunkSize: Int
  /// What the table's reader has taken of the input and not read.
  private let rest: [UInt8]
  private let most: Double

  /// - Parameters:
  ///   - table: The reader of the table, which has read its header.
  ///   - rest: What it has taken of the input besides.
  ///   - most: Numbers of a greater magnitude are an error.
  init(
    _ input: Input, _ table: CSVReader, rest: [UInt8], _ options: DataOptions, beyond most: Double,
    chunkSize: Int
  ) {
    (self.input, self.table, self.options, self.chunkSize) = (input, table, options, chunkSize)
    self.rest = rest
    self.most = most
    assembly = CSVAssembly(table, options, lines: table.linesRead)
  }

  /// Reads all of them.
  ///
  /// - Throws: The error that stands first in the file.
  func read() throws(FileError) -> CSVAssembly {
    let splitter = RecordSplitter(
      input, rest: rest, chunkSize: chunkSize, greatestRecord: CSVReader.greatestRecord,
      hasQuotes: true, comment: table.textForm.comment)
    try OrderedParts(input, splitter, self, threads: options.threads).read()
    return assembly
  }

  func part(_ chunk: RecordWindow, expectedRows: Int) -> CSVPart {
    CSVPart(chunk, of: table, options, beyond: most, expectedRows: expectedRows)
  }

  func rows(of part: borrowing CSVPart) -> Int { part.rows }

  func append(_ part: consuming CSVPart, expectedBytes: Int?) throws(FileError) {
    try assembly.append(part, expectedBytes: expectedBytes)
  }
}

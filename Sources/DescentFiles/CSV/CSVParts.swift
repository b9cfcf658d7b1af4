import Descent
import LinearAlgebra

/// Reads the parts of a table, and puts them together.
final class CSVParts<Element: KernelScalar & StoredNumber>: PartReader {
  private var assembly: CSVAssembly<Element>
  private let input: Input
  private let table: CSVReader
  private let options: DataOptions
  private let chunkSize: Int

  /// - Parameter table: The reader of the table, which has read its header.
  init(_ input: Input, _ table: CSVReader, _ options: DataOptions, chunkSize: Int) {
    (self.input, self.table, self.options, self.chunkSize) = (input, table, options, chunkSize)
    assembly = CSVAssembly(table, options, lines: table.linesRead)
  }

  /// Reads all of them.
  ///
  /// - Throws: The error that stands first in the file.
  func read() throws(FileError) -> CSVAssembly<Element> {
    let splitter = RecordSplitter(
      input, rest: Array(table.rest), chunkSize: chunkSize, greatestRecord: CSVReader.greatestRecord,
      hasQuotes: true)
    try OrderedParts(input, splitter, self, threads: options.threads).read()
    return assembly
  }

  func part(_ chunk: RecordWindow, expectedRows: Int) -> CSVPart<Element> {
    CSVPart(chunk, of: table, options, expectedRows: expectedRows)
  }

  func rows(of part: borrowing CSVPart<Element>) -> Int { part.rows }

  func append(_ part: consuming CSVPart<Element>, expectedBytes: Int?) throws(FileError) {
    try assembly.append(part, expectedBytes: expectedBytes)
  }
}

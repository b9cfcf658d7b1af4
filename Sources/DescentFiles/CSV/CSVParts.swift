import Descent
internal import Dispatch
internal import Foundation
import LinearAlgebra

/// Reads the parts of a table on several threads at a time.
///
/// Each thread takes the next chunk of the input, which it inflates where it is compressed, and parses it
/// while another thread takes the one after it. Whoever finishes the part that is next in order appends it.
/// What comes of it, errors too, does not depend on who did what.
final class CSVParts<Element: Scalar & StoredNumber>: @unchecked Sendable {
  // Whoever holds the lock reads and writes what stands here.
  private let condition = NSCondition()
  private let input: Input
  private let splitter: CSVSplitter
  private var isSplitting = false
  private var expectedBytes: Int?
  private var taken = 0
  private var appended = 0
  private var early: [Int: CSVPart<Element>] = [:]
  private var assembly: CSVAssembly<Element>
  private var failure: FileError?
  private var isAtEnd = false

  private let table: CSVReader
  private let options: DataOptions
  private let threads: Int

  /// - Parameter table: The reader of the table, which has read its header.
  init(_ input: Input, _ table: CSVReader, _ options: DataOptions, chunkSize: Int) {
    (self.input, self.table, self.options) = (input, table, options)
    splitter = CSVSplitter(
      input, rest: Array(table.rest), chunkSize: chunkSize, greatestRecord: CSVReader.greatestRecord)
    assembly = CSVAssembly(table, options, lines: table.linesRead)
    threads = options.threads ?? max(1, ProcessInfo.processInfo.activeProcessorCount)
  }

  /// Reads all of them.
  ///
  /// - Throws: The error that stands first in the file.
  func read() throws(FileError) -> CSVAssembly<Element> {
    DispatchQueue.concurrentPerform(iterations: threads) { _ in work() }
    if let failure { throw failure }
    return assembly
  }

  private func work() {
    var expectedRows = 0
    while let (number, chunk) = take() {
      let part = CSVPart<Element>(chunk, of: table, options, expectedRows: expectedRows)
      expectedRows = part.rows + part.rows / 8
      add(part, number)
    }
  }

  /// The next chunk and its number; nil where there is none, or an error stands before it.
  private func take() -> (Int, RecordWindow)? {
    condition.lock()
    defer { condition.unlock() }
    // One thread splits at a time, and none runs far ahead of the slowest.
    while isSplitting || taken - appended > 2 * threads { condition.wait() }
    guard !isAtEnd else { return nil }
    isSplitting = true
    condition.unlock()
    let outcome = Result { () throws(FileError) in try splitter.next() }
    condition.lock()
    expectedBytes = input.expectedSize
    isSplitting = false
    defer { condition.broadcast() }
    switch outcome {
    case .success(let chunk?):
      taken += 1
      return (taken - 1, chunk)
    case .success(nil): isAtEnd = true
    case .failure(let error):
      isAtEnd = true
      // Parts that are still being read come before it, and their errors too.
      while appended < taken, failure == nil { condition.wait() }
      if failure == nil { failure = error }
    }
    return nil
  }

  private func add(_ part: CSVPart<Element>, _ number: Int) {
    condition.lock()
    defer { condition.unlock() }
    early[number] = part
    while let next = early.removeValue(forKey: appended) {
      if failure == nil {
        do throws(FileError) {
          try assembly.append(next, expectedBytes: expectedBytes)
        } catch {
          failure = error
          isAtEnd = true
        }
      }
      appended += 1
    }
    condition.broadcast()
  }
}

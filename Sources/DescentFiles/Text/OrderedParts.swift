internal import Descent
internal import Dispatch
internal import Foundation

/// What a text is made of, part by part.
protocol PartReader: AnyObject, SendableMetatype {
  associatedtype Part

  /// Reads the records of `chunk`; on several threads at a time.
  ///
  /// - Parameter expectedRows: About how many there are, by the part that the thread read before.
  func part(_ chunk: RecordWindow, expectedRows: Int) -> Part

  func rows(of part: borrowing Part) -> Int

  /// Adds a part: each once, in the text's order, one at a time.
  ///
  /// - Parameter expectedBytes: What all parts will take, where that can be told.
  func append(_ part: consuming Part, expectedBytes: Int?) throws(FileError)
}

/// Reads the parts of a text on several threads at a time.
///
/// Each thread takes the next chunk of the input, which it inflates where it is compressed, and parses it
/// while another thread takes the one after it. Whoever finishes the part that is next in order appends it.
/// What comes of it, errors too, does not depend on who did what.
final class OrderedParts<Reader: PartReader>: @unchecked Sendable {
  // Whoever holds the lock reads and writes what stands here.
  private let condition = NSCondition()
  private let input: Input
  private let splitter: RecordSplitter
  private var isSplitting = false
  private var expectedBytes: Int?
  private var taken = 0
  private var appended = 0
  private var early: [Int: Reader.Part] = [:]
  private var failure: FileError?
  private var isAtEnd = false

  private let reader: Reader
  private let threads: Int

  /// - Parameter threads: One for each of the machine's cores where it is nil.
  init(_ input: Input, _ splitter: RecordSplitter, _ reader: Reader, threads: Int?) {
    (self.input, self.splitter, self.reader) = (input, splitter, reader)
    self.threads = threads ?? availableCores
  }

  /// Reads all of them.
  ///
  /// - Throws: The error that stands first in the file.
  func read() throws(FileError) {
    DispatchQueue.concurrentPerform(iterations: threads) { _ in work() }
    if let failure { throw failure }
  }

  private func work() {
    var expectedRows = 0
    while let (number, chunk) = take() {
      let part = reader.part(chunk, expectedRows: expectedRows)
      let rows = reader.rows(of: part)
      expectedRows = rows + rows / 8
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

  private func add(_ part: consuming Reader.Part, _ number: Int) {
    condition.lock()
    defer { condition.unlock() }
    early[number] = part
    while let next = early.removeValue(forKey: appended) {
      if failure == nil {
        do throws(FileError) {
          try reader.append(next, expectedBytes: expectedBytes)
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

/// Makes room in an array for `count` more elements.
///
/// Where `share`, the part of the text that the array stands for by then, is known, the memory for the whole is taken at
/// once, and is not copied as the array grows. Some more is taken, since rows differ in length; what is never written to takes
/// no memory.
func reserve<Element>(_ array: inout [Element], _ count: Int, share: Double?) {
  let needed = array.count + count
  guard needed > array.capacity, let share, share > 0 else { return }
  array.reserveCapacity(max(needed, Int(min(0x1p40, 1.1 * Double(needed) / share))))
}

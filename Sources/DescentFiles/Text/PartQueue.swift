internal import Descent
internal import Dispatch
internal import Foundation

/// The parts of a text in their order, for who asks for one after the other: some are read ahead, on other threads.
///
/// Who asks reads too, where the part that is wanted is not there, so that no thread stands still. What comes of it does not
/// depend on who read what, and memory holds some parts however long the text is.
final class PartQueue<Part>: @unchecked Sendable {
  // Whoever holds the lock reads and writes what stands here.
  private let condition = NSCondition()
  private let splitter: RecordSplitter
  private var isSplitting = false
  private var isAtEnd = false
  private var failure: FileError?
  private var taken = 0
  private var given = 0
  private var early: [Int: Part] = [:]
  private var helpers = 0

  private let threads: Int
  private let read: (RecordWindow) -> Part

  /// - Parameters:
  ///   - threads: One for each of the machine's cores where it is nil.
  ///   - read: Reads the records of a chunk; on several threads at a time.
  init(_ splitter: RecordSplitter, threads: Int?, read: @escaping (RecordWindow) -> Part) {
    (self.splitter, self.read) = (splitter, read)
    self.threads = threads ?? availableCores
  }

  /// The part that follows; nil at the end.
  ///
  /// - Throws: What cutting the text throws, once the parts before it have been given.
  func next() throws(FileError) -> Part? {
    condition.lock()
    defer { condition.unlock() }
    while true {
      if let part = early.removeValue(forKey: given) {
        given += 1
        callHelpers()
        return part
      }
      if isAtEnd, given == taken {
        if let failure { throw failure }
        return nil
      }
      if !readOne() { condition.wait() }
    }
  }

  /// Reads a part, if nobody is splitting and there is room; whether it did. Called with the lock held, which it lets go
  /// meanwhile.
  private func readOne() -> Bool {
    guard !isSplitting, !isAtEnd, taken - given < 2 * threads else { return false }
    isSplitting = true
    condition.unlock()
    let outcome = Result { () throws(FileError) in try splitter.next() }
    condition.lock()
    isSplitting = false
    guard case .success(let chunk?) = outcome else {
      isAtEnd = true
      if case .failure(let error) = outcome { failure = error }
      condition.broadcast()
      return true
    }
    let number = taken
    taken += 1
    callHelpers()
    condition.unlock()
    let part = read(chunk)
    condition.lock()
    early[number] = part
    condition.broadcast()
    return true
  }

  /// Has other threads read ahead, where there is something for them. They end when there is not: a queue that nobody asks
  /// any more goes away by itself.
  private func callHelpers() {
    while helpers < threads - 1, !isAtEnd, taken - given < 2 * threads {
      helpers += 1
      DispatchQueue.global().async { self.help() }
    }
    // Those that are there already may wait for who was splitting.
    condition.broadcast()
  }

  private func help() {
    condition.lock()
    defer { condition.unlock() }
    while !isAtEnd, taken - given < 2 * threads {
      if !readOne() { condition.wait() }
    }
    helpers -= 1
  }
}

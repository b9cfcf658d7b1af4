import Descent
internal import DescentMapping
internal import Glibc

/// A file that is mapped into memory, to be read only.
///
/// Where it shrinks while it is mapped, or its disk fails, zeros are read in place of what is lost and
/// ``failure`` is set: never a crash. Nothing of it changes while it lives, so threads may share it.
final class MappedFile: MappedBytes, @unchecked Sendable {
  private let address: UnsafeRawPointer
  private let count: Int
  private let watch: Int32
  private let descriptor: Int32
  private let name: String
  let areFew: Bool

  /// Maps the first `count` bytes of a regular file.
  ///
  /// - Parameter bytes: of all files that are read at the same time; nil where it is this one alone.
  /// - Throws: ``FileError`` of kind `noInput` where it cannot be opened, `inputOutput` where it cannot be mapped or
  ///   has fewer bytes by now.
  init(_ path: String, count: Int, ofAll bytes: Int? = nil) throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      throw FileError(.noInput, path, "cannot be opened: \(reason(code))", code: code)
    }
    var isMapped = false
    defer { if !isMapped { close(descriptor) } }
    var status = stat()
    guard fstat(descriptor, &status) == 0, Int(status.st_size) >= count else {
      throw FileError(.inputOutput, path, "shrank while it was read", remedy: Phrase(Self.remedy))
    }
    let memory = mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0)
    guard memory != MAP_FAILED, let memory else {
      let code = errno
      throw FileError(.inputOutput, path, "cannot be mapped into memory: \(reason(code))", code: code)
    }
    // What is read in order is copied or asked for. Of a row here and there the system would fetch megabytes around.
    madvise(memory, count, MADV_RANDOM)
    areFew = (bytes ?? count) <= MachineMemory.bytes / 4
    watch = descent_mapping_watch(memory, count)
    guard watch >= 0 else {
      munmap(memory, count)
      throw FileError(.inputOutput, path, "cannot be watched: too many files are mapped")
    }
    (address, self.count, self.descriptor, name) = (UnsafeRawPointer(memory), count, descriptor, path)
    isMapped = true
  }

  deinit {
    descent_mapping_release(watch)
    munmap(UnsafeMutableRawPointer(mutating: address), count)
    close(descriptor)
  }

  private static let remedy = "try again once nothing writes to it"

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    body(UnsafeRawBufferPointer(start: address, count: count))
  }

  /// Reads the file besides its mapping: into memory the system fetches small pages only, and here in pieces of megabytes.
  func copy(_ range: Range<Int>, to memory: UnsafeMutableRawBufferPointer) -> Bool {
    var done = 0
    while done < range.count {
      let more = pread(descriptor, memory.baseAddress! + done, range.count - done, range.lowerBound + done)
      if more < 0, errno == EINTR { continue }
      guard more > 0 else { return false }
      done += more
    }
    return true
  }

  /// The system fetches no more than its read-ahead at a call: so it is called for each 128 kB.
  func willRead(_ range: Range<Int>) {
    let step = 128 << 10
    let (first, last) = (max(0, range.lowerBound) / step * step, min(range.upperBound, count))
    for start in stride(from: first, to: last, by: step) {
      madvise(
        UnsafeMutableRawPointer(mutating: address) + start, min(step, count - start), MADV_WILLNEED)
    }
  }

  var failure: StorageFailure? {
    guard descent_mapping_is_lost(watch) else { return nil }
    return StorageFailure(
      "\(escaped(name, limit: .max)): could not be read to its end any more: it shrank, or its disk failed; "
        + Self.remedy)
  }
}

internal import Glibc
internal import LinearAlgebra

/// A file that is open to be written to, through a buffer.
public final class OutputFile {
  /// The path that the user gave, for messages.
  let name: String
  let descriptor: Int32
  private var buffer: [UInt8] = []
  private let compressor: (any Compressor)?
  private var isOpen = true

  private static let capacity = 1 << 16

  /// Takes over `descriptor`. What is written to it is compressed on the way, where that is asked for.
  init(_ descriptor: Int32, name: String, compressedBy compression: Compression? = nil) {
    (self.descriptor, self.name) = (descriptor, name)
    compressor = compression?.compressor()
  }

  deinit {
    if isOpen { Glibc.close(descriptor) }
  }

  /// Adds `bytes` to the file.
  ///
  /// - Throws: ``FileError`` of kind `inputOutput`.
  public func write(_ bytes: some Sequence<UInt8>) throws(FileError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Adds `text` in UTF-8.
  public func write(_ text: String) throws(FileError) { try write(text.utf8) }

  /// Hands to the system what the buffer holds. Of a compressed file some stays behind until its end.
  public func flush() throws(FileError) { try flush(isLast: false) }

  private func flush(isLast: Bool) throws(FileError) {
    if let compressor { buffer = compressor.compress(buffer, isLast: isLast) }
    var written = 0
    while written < buffer.count {
      let count = buffer.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(errno) }
      written += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes `bytes` over the first ones of the file.
  func overwriteStart(_ bytes: [UInt8]) throws(FileError) {
    require(compressor == nil, "the start of a compressed file cannot be overwritten")
    try flush()
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress! + written, $0.count - written, off_t(written))
      }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == ESPIPE {
        throw FileError(
          .cannotCreate, name, "begins with the number of rows, which a table tells at its end only",
          remedy: "write to a file", code: ESPIPE)
      }
      guard count >= 0 else { throw failure(errno) }
      written += count
    }
  }

  /// Writes what is left, to the disk where it is a file on one, and closes.
  func finish(
    synchronized: Bool, beforeClosing body: () throws(FileError) -> Void = {}
  ) throws(FileError) {
    try flush(isLast: true)
    if synchronized, fsync(descriptor) != 0 { throw failure(errno) }
    try body()
    isOpen = false
    // A file on another machine may say only now that the disk is full.
    if Glibc.close(descriptor) != 0, errno != EINTR { throw failure(errno) }
  }

  private func failure(_ code: Int32) -> FileError {
    FileError(.inputOutput, name, "cannot be written: \(reason(code))", code: code)
  }
}

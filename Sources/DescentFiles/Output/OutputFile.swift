internal import Descent
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

  /// Whether what has been written can be written anew, where nothing has yet been: not in a pipe, nor in a file that
  /// whoever opened it has begun, or lets grow at its end only.
  var canBeOverwritten: Bool {
    var status = stat()
    return compressor == nil && buffer.isEmpty && fstat(descriptor, &status) == 0
      && status.st_mode & S_IFMT == S_IFREG && lseek(descriptor, 0, SEEK_CUR) == 0
      && fcntl(descriptor, F_GETFL) & O_APPEND == 0
  }

  /// That a file which begins with the number of rows is told it, or can be begun anew at the end.
  func checkRows(_ rows: Int?) throws(FileError) {
    guard rows == nil, !canBeOverwritten else { return }
    throw FileError(
      .cannotCreate, name, "begins with the number of rows, which a table tells at its end only",
      remedy: "write to a file")
  }

  /// Writes `bytes` over those of the file from `offset` on.
  func overwrite(_ bytes: [UInt8], at offset: Int) throws(FileError) {
    require(compressor == nil, "a compressed file cannot be overwritten")
    try flush()
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress! + written, $0.count - written, off_t(offset + written))
      }
      if count < 0, errno == EINTR { continue }
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

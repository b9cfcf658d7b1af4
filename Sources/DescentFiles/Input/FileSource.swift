internal import Descent
import Glibc

/// The bytes of a file, a pipe or standard input, through `read(2)`.
///
/// Nothing is mapped into memory: a file that shrinks while it is read is an error, and not a crash.
final class FileSource: ByteSource {
  let name: String
  /// The size of a regular file when it was opened.
  let size: Int?
  private let descriptor: Int32
  private let progress: ReadProgress?
  private var count = 0

  /// Opens `path`; `-` is standard input.
  init(_ path: String, progress: ReadProgress? = nil) throws(FileError) {
    let isStandardInput = path == "-"
    name = isStandardInput ? "standard input" : path
    self.progress = progress
    if isStandardInput {
      descriptor = 0
      let access = fcntl(descriptor, F_GETFL)
      guard access >= 0, access & O_ACCMODE != O_WRONLY else {
        throw FileError(
          .noInput, name, "is not open", remedy: "name a file, or give it one by '<'", code: EBADF)
      }
    } else {
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      if descriptor < 0 { throw Self.cannotOpen(path, errno) }
    }
    var status = stat()
    let kind = fstat(descriptor, &status) == 0 ? status.st_mode & S_IFMT : 0
    size = kind == S_IFREG ? Int(status.st_size) : nil
    if kind == S_IFDIR {
      throw FileError(.noInput, name, "is a directory", remedy: "name a file in it", code: EISDIR)
    }
  }

  /// Whether `path` is a file that can be read again from its start.
  static func isRegular(_ path: String) -> Bool {
    var status = stat()
    return path != "-" && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  deinit {
    if descriptor > 0 { close(descriptor) }
  }

  var bound: Int? { size }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    guard buffer.count > 0 else { return 0 }
    var result: Int
    repeat {
      result = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    } while result < 0 && errno == EINTR
    if result < 0 {
      let code = errno
      throw FileError(.inputOutput, name, "cannot be read: \(reason(code))", code: code)
    }
    count += result
    if result == 0, let size, count < size {
      throw FileError(
        .inputOutput, name, "shrank while it was read: \(count) of \(size) bytes were left",
        remedy: "try again once nothing writes to it")
    }
    progress?(count, size)
    return result
  }

  /// `count` bytes from `offset` on, wherever reading stands; they were seen to be within ``size``.
  func bytes(from offset: Int, count: Int) throws(FileError) -> [UInt8] {
    guard lseek(descriptor, offset, SEEK_SET) >= 0 else {
      throw FileError(.inputOutput, name, "cannot be read: \(reason(errno))", code: errno)
    }
    var result = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let more = try result.withUnsafeMutableBufferPointer { (buffer) throws(FileError) in
        try read(
          into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...]))
      }
      guard more > 0 else { throw FileError(.inputOutput, name, "shrank while it was read") }
      filled += more
    }
    return result
  }

  private static func cannotOpen(_ path: String, _ code: Int32) -> FileError {
    switch code {
    case ENOENT: FileError(.noInput, path, "there is no such file", remedy: "check the path", code: code)
    case EACCES: FileError(.noInput, path, "may not be read", remedy: "check its permissions", code: code)
    default: FileError(.noInput, path, "cannot be opened: \(reason(code))", code: code)
    }
  }
}

/// The system's words for an error number.
func reason(_ code: Int32) -> String { String(cString: strerror(code)) }

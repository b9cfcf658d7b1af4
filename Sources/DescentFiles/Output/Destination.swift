internal import Descent
internal import Glibc

/// Where output to a path goes.
enum Destination {
  /// Straight to a descriptor: standard output, a pipe, a device.
  case stream(Int32)
  /// To a file, which had this mode if it was there.
  case file(String, mode: mode_t?)

  init(_ path: String) throws(FileError) {
    func refusal(_ problem: String, _ remedy: Phrase = "", _ code: Int32? = nil) -> FileError {
      FileError(
        .cannotCreate, path == "-" ? "standard output" : path, problem, remedy: remedy, code: code)
    }
    if let open = Self.openDescriptor(path) {
      let access = fcntl(open, F_GETFL)
      let copy = access < 0 || access & O_ACCMODE == O_RDONLY ? -1 : fcntl(open, F_DUPFD_CLOEXEC, 0)
      guard copy >= 0 else {
        throw FileError(
          .inputOutput, path == "-" ? "standard output" : path, "is not open to be written", code: EBADF)
      }
      self = .stream(copy)
      return
    }
    if path.isEmpty { throw refusal("the name is empty", "name a file") }
    if path.last == "/" { throw refusal("is a folder", "name a file in it") }
    var status = stat()
    guard stat(path, &status) == 0 else {
      let code = errno
      guard code == ENOENT else { throw refusal("cannot be created: \(reason(code))", "", code) }
      if lstat(path, &status) == 0 { throw refusal("is a link to a file that is not there", "remove it") }
      self = .file(path, mode: nil)
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      throw refusal("is a folder", "name a file in it", EISDIR)
    case S_IFREG:
      if access(path, W_OK) != 0 { throw refusal("may not be written to", "change its permissions", errno) }
      guard let resolved = realpath(path, nil) else { throw refusal("cannot be resolved", "", errno) }
      defer { free(resolved) }
      self = .file(String(cString: resolved), mode: status.st_mode & 0o7777)
    default:
      let descriptor = Glibc.open(path, O_WRONLY | O_CLOEXEC)
      if descriptor < 0 { throw refusal("cannot be opened: \(reason(errno))", "", errno) }
      self = .stream(descriptor)
    }
  }

  /// The descriptor that a path stands for, whatever is behind it: a file there is not to be replaced.
  private static func openDescriptor(_ path: String) -> Int32? {
    if path == "-" || path == "/dev/stdout" { return 1 }
    if path == "/dev/stderr" { return 2 }
    return path.hasPrefix("/dev/fd/") ? Int32(path.dropFirst(8)) : nil
  }
}

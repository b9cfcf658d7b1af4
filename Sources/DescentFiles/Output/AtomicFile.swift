internal import Glibc

/// Writes files that are there whole or not at all.
public enum AtomicFile {
  /// Writes a file by `body`.
  ///
  /// The bytes go to a temporary file in the same folder, reach the disk, and only then take the name. Where
  /// anything fails, `body` too, the temporary file is removed and a file of that name stays as it was. A new
  /// file gets the user's default mode, one that was there keeps its own. Where `path` is a link, the file
  /// that it leads to is replaced.
  ///
  /// `-` is standard output. That, pipes and devices cannot be replaced and are written straight through.
  ///
  /// - Throws: What `body` throws; ``FileError`` of kind `cannotCreate` where there is no place for the file,
  ///   `inputOutput` where writing fails.
  public static func write(_ path: String, _ body: (OutputFile) throws -> Void) throws {
    try write(path, compressedBy: nil, body)
  }

  /// The same of a file that is compressed on the way.
  static func write(
    _ path: String, compressedBy compression: Compression?, _ body: (OutputFile) throws -> Void
  ) throws {
    switch try Destination(path) {
    case .stream(let descriptor):
      let name = path == "-" ? "standard output" : path
      let file = OutputFile(descriptor, name: name, compressedBy: compression)
      try body(file)
      try file.finish(synchronized: false)
    case .file(let target, let mode):
      try replace(target, named: path, mode: mode, compression, body)
    }
  }

  /// Writes a file of these bytes.
  public static func write(_ path: String, _ bytes: some Sequence<UInt8>) throws {
    try write(path) { try $0.write(bytes) }
  }

  private static func replace(
    _ target: String, named path: String, mode: mode_t?, _ compression: Compression?,
    _ body: (OutputFile) throws -> Void
  ) throws {
    let folder = Self.folder(of: target)
    let (descriptor, temporary, isNamed) = try create(in: folder, for: path)
    do {
      let file = OutputFile(descriptor, name: path, compressedBy: compression)
      if let mode, fchmod(descriptor, mode) != 0 { throw failure(path, errno) }
      try body(file)
      try file.finish(synchronized: true) { () throws(FileError) in
        if !isNamed, !link(descriptor, to: temporary) { throw failure(path, errno) }
      }
      if rename(temporary, target) != 0 { throw failure(path, errno) }
    } catch {
      unlink(temporary)
      throw error
    }
    try synchronize(folder, for: path)
  }

  /// A new file, with the mode that the user's mask leaves, and a name that nobody else has.
  ///
  /// Where the file system can it has no name until it is whole: a process that is killed leaves nothing behind.
  private static func create(
    in folder: String, for path: String
  ) throws(FileError) -> (descriptor: Int32, name: String, isNamed: Bool) {
    while true {
      let name = "\(folder)/.descent-\(getpid())-\(UInt32.random(in: 0 ... .max)).tmp"
      if access("/proc/self/fd", X_OK) == 0 {
        let descriptor = open(folder, O_WRONLY | nameless | O_CLOEXEC, 0o666)
        if descriptor >= 0 { return (descriptor, name, false) }
      }
      let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (descriptor, name, true) }
      let code = errno
      switch code {
      case EEXIST, EINTR: continue
      case ENOENT:
        throw FileError(
          .cannotCreate, path, "there is no folder '\(escaped(folder, limit: .max))'",
          remedy: "create it first", code: code)
      case EACCES, EROFS, EPERM:
        throw FileError(
          .cannotCreate, path, "the folder may not be written to: \(reason(code))",
          remedy: "choose another or change its permissions", code: code)
      default:
        throw FileError(.cannotCreate, path, "cannot be created: \(reason(code))", code: code)
      }
    }
  }

  /// O_TMPFILE, whose macro does not import.
  private static var nameless: Int32 { 0o20000000 | O_DIRECTORY }

  /// Gives a file without a name one. (open(2), O_TMPFILE.)
  private static func link(_ descriptor: Int32, to name: String) -> Bool {
    linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0
  }

  /// Brings the new name to the disk. File systems that cannot are left alone.
  private static func synchronize(_ folder: String, for path: String) throws(FileError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    if fsync(descriptor) != 0, errno != EINVAL, errno != ENOTSUP, errno != EROFS {
      throw failure(path, errno)
    }
  }

  private static func failure(_ path: String, _ code: Int32) -> FileError {
    FileError(.inputOutput, path, "cannot be written: \(reason(code))", code: code)
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

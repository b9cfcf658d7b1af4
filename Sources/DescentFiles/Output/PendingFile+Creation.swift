internal import Glibc

extension PendingFile {
  /// A new file, with the mode that the user's mask leaves, and a name that nobody else has.
  ///
  /// Where the file system can it has no name until it is whole: a process that is killed leaves nothing behind.
  static func create(
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
  static func link(_ descriptor: Int32, to name: String) -> Bool {
    linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

internal import Descent
internal import Glibc

extension PendingFile {
  /// A new file, with the mode that the user's mask leaves, and the name that it is to bear until it takes the target's.
  ///
  /// Where the file system can it has no name until it is whole: a process that is killed leaves nothing behind but in the moment
  /// between the two names. What it then leaves has the name that the next file for that target takes.
  static func create(
    in folder: String, for path: String, target: String
  ) throws(FileError) -> (descriptor: Int32, name: TemporaryName, isNamed: Bool) {
    var name = TemporaryName(in: folder, for: target)
    while true {
      if access("/proc/self/fd", X_OK) == 0 {
        let descriptor = open(folder, O_WRONLY | nameless | O_CLOEXEC, 0o666)
        if descriptor >= 0 {
          flock(descriptor, LOCK_EX | LOCK_NB)
          return (descriptor, name, false)
        }
      }
      let descriptor = open(name.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        flock(descriptor, LOCK_EX | LOCK_NB)
        var status = stat()
        if fstat(descriptor, &status) == 0, status.st_nlink > 0 { return (descriptor, name, true) }
        // Somebody took it for abandoned before it was locked.
        close(descriptor)
        continue
      }
      let code = errno
      switch code {
      case EINTR: continue
      case EEXIST: name.isTaken()
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
  static func link(_ descriptor: Int32, to name: inout TemporaryName) -> Bool {
    while linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, name.path, AT_SYMLINK_FOLLOW) != 0 {
      guard errno == EEXIST else { return false }
      name.isTaken()
    }
    return true
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

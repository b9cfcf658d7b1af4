internal import Descent
internal import Glibc

/// The names of files that are read as one data set: a pattern as shells have it, such as `part-*.npy`.
enum ShardPattern {
  /// The files that a pattern names, by the bytes of their names in ascending order; nil where `path` is none, or a file
  /// has that very name.
  ///
  /// - Throws: ``FileError`` of kind `noInput` where no file has such a name.
  static func files(_ path: String) throws(FileError) -> [String]? {
    guard path.contains(where: { "*?[".contains($0) }), access(path, F_OK) != 0 else { return nil }
    var found = glob_t()
    defer { globfree(&found) }
    switch glob(path, GLOB_NOSORT | GLOB_ERR, nil, &found) {
    case 0: break
    case GLOB_NOMATCH:
      throw FileError(.noInput, path, "no file has such a name", remedy: "check the pattern")
    default:
      throw FileError(
        .noInput, path, "a folder of the pattern may not be read", remedy: "check its permissions")
    }
    let names = (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

extension DataFile {
  /// The files that are read where data are called `path`: those of a pattern, such as `part-*.npy`, in the order in which
  /// their rows come, else the one itself.
  public static func files(of path: String) throws(FileError) -> [String] {
    try ShardPattern.files(MemberPath(path).file) ?? [path]
  }
}

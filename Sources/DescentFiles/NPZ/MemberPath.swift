internal import Descent
internal import Glibc

/// A path that may name a member of an NPZ archive: `data.npz:images`.
public struct MemberPath: Sendable, Equatable {
  /// The path of the file itself.
  public let file: String
  /// The name of an array, with or without `.npy`; nil where the path names none: the archive's only one, or one of a usual
  /// name, is taken then.
  public let member: String?

  /// A colon separates the two where an ending of NPZ stands before it, and no file has the whole name.
  public init(_ path: String) {
    let colon = path.indices.first { path[$0] == ":" && FileName(String(path[..<$0])).hasExtension("npz") }
    guard let colon, access(path, F_OK) != 0 else {
      (file, member) = (path, nil)
      return
    }
    (file, member) = (String(path[..<colon]), String(path[path.index(after: colon)...]))
  }

  /// That a member is named where there are some.
  func check(_ format: DataOptions.Format) throws(FileError) {
    guard let member, format != .npz else { return }
    throw FileError(
      .badData, file, "is no NPZ archive, and has no member \(quoted(member))", remedy: "name the file alone")
  }
}

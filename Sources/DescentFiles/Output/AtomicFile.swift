internal import Descent

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
  /// - Parameters:
  ///   - path: the file's place.
  ///   - body: what writes the bytes.
  ///   - isCompressedByName: A name that ends in `.gz` or `.zst` is that of a compressed file.
  /// - Throws: What `body` throws; ``FileError`` of kind `cannotCreate` where there is no place for the file,
  ///   `inputOutput` where writing fails.
  public static func write(
    _ path: String, isCompressedByName: Bool = false, _ body: (OutputFile) throws -> Void
  ) throws {
    try write([(path, isCompressedByName ? Compression(ending: path) : nil)]) { try body($0[0]) }
  }

  /// Writes a file of these bytes.
  public static func write(_ path: String, _ bytes: some Sequence<UInt8>) throws {
    try write(path) { try $0.write(bytes) }
  }

  /// Writes several files that belong together, compressed on the way where that is asked for.
  ///
  /// All are on the disk before the first takes its name. Where one cannot take its own, those before it get back what was there; the error
  /// says where that too fails.
  static func write(
    _ files: [(path: String, compression: Compression?)], _ body: ([OutputFile]) throws -> Void
  ) throws {
    var pending: [PendingFile] = []
    defer { for file in pending { file.discard() } }
    for (path, compression) in files { pending.append(try PendingFile(path, compressedBy: compression)) }
    try body(pending.map(\.output))
    for file in pending { try file.complete() }
    try take(pending)
    for file in pending { try file.synchronizeFolder() }
  }

  /// Gives files that are complete their names: all, or where one fails none.
  static func take(_ files: [PendingFile]) throws(FileError) {
    for (index, file) in files.enumerated() {
      do throws(FileError) {
        try file.take(keepingOld: index < files.count - 1)
      } catch {
        var error = error
        let standing = files[..<index].filter { !$0.putBack() }.map { "'\(escaped($0.path, limit: .max))'" }
        if !standing.isEmpty {
          error.remedy =
            "\(standing.joined(separator: ", ")) is there already, and goes with what was not written"
        }
        throw error
      }
    }
  }
}

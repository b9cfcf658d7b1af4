public import Descent

/// Checkpoints as files.
///
/// | bytes | what |
/// |---|---|
/// | 8 | `DSCKPT\r\n` |
/// | 4 | the version of the format, 1 |
/// | 8 | the length of the checkpoint, in bytes |
/// | 8 | its hash, XXH3 of 64 bits |
/// | length | the checkpoint, as `Checkpoint.encoded()` gives it |
///
/// Numbers are little-endian. A file that is cut off or has a bit changed is an error.
public enum CheckpointFile {
  static let version: UInt32 = 1
  private static let magic = Array("DSCKPT\r\n".utf8)
  private static let headerSize = 28

  /// Writes a checkpoint, whole or not at all: a file of that name stays until the new one is on the disk.
  ///
  /// - Throws: ``FileError`` of kind `cannotCreate` or `inputOutput`.
  public static func write(_ checkpoint: Checkpoint, to path: String) throws {
    try AtomicFile.write(path, bytes(of: checkpoint))
  }

  /// Reads the checkpoint in the file at `path`.
  ///
  /// - Throws: ``FileError`` of kind `noInput`, or `badData` where the file is not a whole checkpoint.
  public static func read(_ path: String) throws(FileError) -> Checkpoint {
    try read(from: Input(path))
  }

  /// What a file of it holds, header included: ``checkpoint(decoding:file:)`` reads it again.
  public static func bytes(of checkpoint: Checkpoint) -> [UInt8] {
    let content = checkpoint.encoded()
    let length = littleEndian(UInt64(content.count))
    return magic + littleEndian(version) + length + littleEndian(hash(of: content)) + content
  }

  /// Reads a file's bytes.
  public static func checkpoint(decoding bytes: [UInt8], file: String) throws(FileError) -> Checkpoint {
    try read(from: Input(bytes: bytes, name: file))
  }

  private static func read(from input: Input) throws(FileError) -> Checkpoint {
    func damaged(_ problem: String) -> FileError {
      FileError(
        .badData, input.name, problem,
        remedy: "the file is damaged: take an earlier copy, or remove it and train from the beginning")
    }
    let header = try input.take(headerSize)
    guard header.prefix(magic.count) == magic[...] else {
      throw FileError(
        .badData, input.name, "is no checkpoint of descent", remedy: "give the file that \(.checkpoint) named"
      )
    }
    guard header.count == headerSize else { throw damaged("ends within its header") }
    let version = number(header[8..<12])
    guard version <= UInt64(Self.version) else {
      throw FileError(
        .badData, input.name,
        "was made by a newer descent (format \(version), this one reads \(Self.version))",
        remedy: "update descent")
    }
    guard version == UInt64(Self.version) else { throw damaged("names no version of the format") }
    let (length, declaredHash) = (number(header[12..<20]), number(header[20..<28]))
    if let size = input.size, UInt64(size - headerSize) != length {
      throw damaged("holds \(size - headerSize) of \(length) bytes")
    }
    guard length <= UInt64(input.bound ?? .max) else { throw damaged("declares \(length) bytes") }
    let content = try input.take(Int(length))
    guard content.count == Int(length), try input.take(1).isEmpty else {
      throw damaged("does not end after \(length) bytes")
    }
    guard hash(of: content) == declaredHash else { throw damaged("does not have the hash that it names") }
    do { return try Checkpoint(decoding: content) } catch { throw damaged(error.description) }
  }

  private static func hash(of bytes: [UInt8]) -> UInt64 {
    let hash = ContentHash()
    hash.add(bytes)
    return hash.value
  }

  private static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

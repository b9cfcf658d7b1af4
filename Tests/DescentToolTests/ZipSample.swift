import CZlib

/// An archive of the zip format, as it should be or with lies in it.
struct ZipSample {
  struct Member {
    var name: String
    var bytes: [UInt8]
    var isDeflated = false
    /// What the archive says in place of the truth.
    var size: Int?
    var checksum: UInt?
    var method: Int?
    var flags = 0
  }

  var members: [Member] = []

  /// An archive of arrays, by their names without `.npy`.
  static func npz(_ arrays: KeyValuePairs<String, [UInt8]>, isDeflated: Bool = false) -> [UInt8] {
    ZipSample(members: arrays.map { Member(name: $0 + ".npy", bytes: $1, isDeflated: isDeflated) }).bytes
  }

  /// Local headers with what they head, the central directory, and its end.
  var bytes: [UInt8] {
    var (file, directory): ([UInt8], [UInt8]) = ([], [])
    for member in members {
      let stored =
        member.isDeflated ? Array(Samples.gzip(member.bytes).dropFirst(10).dropLast(8)) : member.bytes
      let name = Array(member.name.utf8)
      let checksum = member.checksum ?? crc32(0, member.bytes, UInt32(member.bytes.count))
      let fields =
        Self.bytes(2, 20, member.flags, member.method ?? (member.isDeflated ? 8 : 0), 0, 0x21)
        + Self.bytes(4, Int(checksum), stored.count, member.size ?? member.bytes.count)
        + Self.bytes(2, name.count, 0)
      directory += Self.bytes(4, 0x0201_4b50) + Self.bytes(2, 20) + fields + Self.bytes(2, 0, 0, 0)
      directory += Self.bytes(4, 0, file.count) + name
      file += Self.bytes(4, 0x0403_4b50) + fields + name + stored
    }
    let counts = Self.bytes(2, 0, 0, members.count, members.count)
    return file + directory + Self.bytes(4, 0x0605_4b50) + counts + Self.bytes(4, directory.count, file.count)
      + Self.bytes(2, 0)
  }

  /// Numbers of `size` bytes each, the lowest byte first.
  private static func bytes(_ size: Int, _ numbers: Int...) -> [UInt8] {
    numbers.flatMap { number in (0..<size).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
  }
}

internal import Descent
internal import CZlib

/// A zip archive whose members are stored as they are, written one after the other.
///
/// Sizes have 64 bits throughout, as numpy.savez has them in its members. (APPNOTE.TXT 6.3.10, sections 4.3 and 4.5.3.) Sizes and checksums
/// stand before what they tell of: the file must be one that can be overwritten.
final class ZipWriter {
  private let file: OutputFile
  private var directory: [UInt8] = []
  private var (members, offset) = (0, 0)
  /// The member that is being written: what its first bytes will be, and the rest so far.
  private var (name, startLength, restLength): ([UInt8], Int, Int) = ([], 0, 0)
  private var checksum: UInt = 0

  init(_ file: OutputFile) { self.file = file }

  /// Begins a member with bytes that ``end(start:)`` may replace by as many others.
  func begin(_ name: String, start: [UInt8]) throws(FileError) {
    (self.name, startLength, restLength, checksum) = (Array(name.utf8), start.count, 0, 0)
    try file.write(localHeader(checksum: 0, size: 0) + start)
  }

  func write(_ bytes: [UInt8]) throws(FileError) {
    checksum = Self.checksum(of: bytes, after: checksum)
    restLength += bytes.count
    try file.write(bytes)
  }

  /// Ends a member, whose first bytes are these.
  func end(start: [UInt8]) throws(FileError) {
    let size = startLength + restLength
    let whole = crc32_combine(Self.checksum(of: start, after: 0), checksum, restLength)
    let header = localHeader(checksum: whole, size: size)
    try file.overwrite(header + start, at: offset)
    let entry: [[UInt8]] = [
      Self.bytes(4, 0x0201_4b50), Self.bytes(2, 0x032d), Self.fields(checksum: whole),
      Self.bytes(2, name.count, 28, 0, 0, 0), Self.bytes(4, 0o100644 << 16, 0xffff_ffff), name,
      Self.bytes(2, 1, 24), Self.bytes(8, size, size, offset),
    ]
    directory += entry.joined()
    offset += header.count + size
    members += 1
  }

  /// Writes the directory, which ends the archive.
  func finish() throws(FileError) {
    let end = offset + directory.count
    try file.write(directory)
    let records: [[UInt8]] = [
      // Those of 64 bits: the end of the directory, and where it stands.
      Self.bytes(4, 0x0606_4b50), Self.bytes(8, 44), Self.bytes(2, 0x032d, 45), Self.bytes(4, 0, 0),
      Self.bytes(8, members, members, directory.count, offset),
      Self.bytes(4, 0x0706_4b50, 0), Self.bytes(8, end), Self.bytes(4, 1),
      // The old one, which says that it holds nothing.
      Self.bytes(4, 0x0605_4b50), Self.bytes(2, 0, 0, 0xffff, 0xffff),
      Self.bytes(4, 0xffff_ffff, 0xffff_ffff), Self.bytes(2, 0),
    ]
    try file.write(records.joined())
  }

  private func localHeader(checksum: UInt, size: Int) -> [UInt8] {
    let parts: [[UInt8]] = [
      Self.bytes(4, 0x0403_4b50), Self.fields(checksum: checksum), Self.bytes(2, name.count, 20), name,
      Self.bytes(2, 1, 16), Self.bytes(8, size, size),
    ]
    return Array(parts.joined())
  }

  /// Version 4.5, no flags, stored, the first day that the format knows, and sizes that stand elsewhere.
  private static func fields(checksum: UInt) -> [UInt8] {
    bytes(2, 45, 0, 0, 0, 0x21) + bytes(4, Int(checksum), 0xffff_ffff, 0xffff_ffff)
  }

  private static func checksum(of bytes: [UInt8], after checksum: UInt) -> UInt {
    var checksum = checksum
    for start in stride(from: 0, to: bytes.count, by: 1 << 30) {
      let part = bytes[start..<min(bytes.count, start + 1 << 30)]
      checksum = part.withUnsafeBufferPointer { crc32(checksum, $0.baseAddress, UInt32($0.count)) }
    }
    return checksum
  }

  /// Numbers of `size` bytes each, the lowest byte first.
  private static func bytes(_ size: Int, _ numbers: Int...) -> [UInt8] {
    numbers.flatMap { number in (0..<size).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
  }
}

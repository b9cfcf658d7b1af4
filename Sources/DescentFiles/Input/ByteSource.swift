internal import Descent

/// Bytes that come one after the other: of a file, of an inflated file, of memory.
protocol ByteSource: AnyObject {
  /// What messages call it.
  var name: String { get }

  /// No more bytes than this will come in all, where that is known; what a file declares is checked
  /// against it before memory is taken.
  var bound: Int? { get }

  /// How many bytes come in all, where that is known.
  var size: Int? { get }

  /// How many bytes probably come in all, by those that have come, where there is a way to tell.
  var expectedSize: Int? { get }

  /// Writes the next bytes to `buffer` and returns how many; none at the end alone.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int
}

extension ByteSource {
  var expectedSize: Int? { size }
}

/// Told how many bytes of the file have been read, and how many there are where that is known.
public typealias ReadProgress = (_ read: Int, _ total: Int?) -> Void

/// Bytes in memory.
final class MemorySource: ByteSource {
  let name: String
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8], name: String) { (self.bytes, self.name) = (bytes, name) }

  var bound: Int? { bytes.count }
  var size: Int? { bytes.count }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, bytes.count - position)
    buffer.copyBytes(from: bytes[position..<position + count])
    position += count
    return count
  }
}

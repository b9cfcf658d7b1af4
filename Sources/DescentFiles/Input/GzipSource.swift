internal import Descent
internal import CZlib
internal import LinearAlgebra

/// The inflated bytes of a gzip file of one or several members.
final class GzipSource: ByteSource {
  let name: String
  let bound: Int?
  var size: Int? { nil }
  var expectedSize: Int? {
    source.size.map { DescentFiles.expectedSize(of: $0, read: read, inflated: inflated) }
  }
  private let source: any ByteSource
  private let limit: Int
  private var stream = z_stream()
  private let input: UnsafeMutableBufferPointer<UInt8>
  private var read = 0
  private var inflated = 0
  private var isInsideMember = true

  /// Inflates `front`, which has been read already, and then the rest of `source`, up to `limit` bytes.
  init(front: some Collection<UInt8>, _ source: any ByteSource, limit: Int) {
    (name, self.source, self.limit) = (source.name, source, limit)
    bound = Compression.gzip.bound(source)
    input = .allocate(capacity: max(1 << 18, front.count))
    _ = input.update(fromContentsOf: front)
    stream.next_in = input.baseAddress
    stream.avail_in = UInt32(front.count)
    read = front.count
    // 16 more than the window's 15 bits: gzip's header and checksum, and no other format.
    let status = inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    require(status == Z_OK, "zlib \(ZLIB_VERSION) does not start: \(status)")
  }

  deinit {
    inflateEnd(&stream)
    input.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    let capacity = min(buffer.count, 1 << 30)
    stream.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = UInt32(capacity)
    while stream.avail_out == capacity, capacity > 0 {
      if stream.avail_in == 0, try !refill() {
        if !isInsideMember { return 0 }
        throw failure("the gzip data end too early", remedy: "the file is cut off: copy it again")
      }
      if !isInsideMember {
        // A next member follows, or the data end, behind zeros perhaps: tapes and disks are filled up with them.
        while stream.avail_in > 0, stream.next_in.pointee == 0 {
          stream.next_in += 1
          stream.avail_in -= 1
        }
        guard stream.avail_in > 0 else { continue }
        guard stream.next_in.pointee == 0x1f else {
          throw failure("something follows the gzip data", remedy: "compress the file again")
        }
        inflateReset(&stream)
        isInsideMember = true
      }
      switch inflate(&stream, Z_NO_FLUSH) {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END: isInsideMember = false
      default:
        let words = stream.msg.map { String(cString: $0) } ?? "zlib refuses them"
        throw failure("the gzip data are damaged (\(words))", remedy: "copy the file again")
      }
    }
    let count = capacity - Int(stream.avail_out)
    inflated += count
    guard inflated <= limit else {
      throw failure("inflates to more than \(limit) bytes", remedy: "inflate it first if that is meant")
    }
    return count
  }

  private func refill() throws(FileError) -> Bool {
    let count = try source.read(into: UnsafeMutableRawBufferPointer(input))
    read += count
    stream.next_in = input.baseAddress
    stream.avail_in = UInt32(count)
    return count > 0
  }

  private func failure(_ problem: String, remedy: Phrase) -> FileError {
    FileError(.badData, name, at: .byte(read - Int(stream.avail_in)), problem, remedy: remedy)
  }
}

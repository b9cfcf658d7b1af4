internal import Descent
internal import CZlib
internal import LinearAlgebra

/// One member of gzip's format, at zlib's usual level. It bears no time: the same bytes become the same file.
final class GzipCompressor: Compressor {
  private var stream = z_stream()
  private var output = [UInt8](repeating: 0, count: 1 << 16)

  init() {
    // 16 more than the window's 15 bits: gzip's header and checksum.
    let status = deflateInit2_(
      &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    require(status == Z_OK, "zlib \(ZLIB_VERSION) does not start: \(status)")
  }

  deinit { deflateEnd(&stream) }

  func compress(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
    var (bytes, result) = (bytes, [UInt8]())
    bytes.withUnsafeMutableBufferPointer { input in
      (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
      repeat {
        let count = output.withUnsafeMutableBufferPointer { buffer in
          (stream.next_out, stream.avail_out) = (buffer.baseAddress, UInt32(buffer.count))
          deflate(&stream, isLast ? Z_FINISH : Z_NO_FLUSH)
          return buffer.count - Int(stream.avail_out)
        }
        result += output.prefix(count)
      } while stream.avail_out == 0
    }
    return result
  }
}

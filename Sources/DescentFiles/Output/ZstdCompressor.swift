internal import Descent
internal import CZstd
internal import LinearAlgebra

/// One frame of zstd's format, at its usual level, with a checksum.
final class ZstdCompressor: Compressor {
  private let context: OpaquePointer
  private var output = [UInt8](repeating: 0, count: 1 << 17)

  init() {
    let context = ZSTD_createCCtx()
    require(context != nil, "zstd \(ZSTD_VERSION_MAJOR).\(ZSTD_VERSION_MINOR) does not start")
    self.context = context!
    ZSTD_CCtx_setParameter(self.context, ZSTD_c_checksumFlag, 1)
  }

  deinit { ZSTD_freeCCtx(context) }

  func compress(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
    var result: [UInt8] = []
    bytes.withUnsafeBytes { bytes in
      var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
      var left = 0
      repeat {
        let count = output.withUnsafeMutableBytes { buffer in
          var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
          left = ZSTD_compressStream2(context, &output, &input, isLast ? ZSTD_e_end : ZSTD_e_continue)
          require(ZSTD_isError(left) == 0, "zstd: \(String(cString: ZSTD_getErrorName(left)))")
          return output.pos
        }
        result += output.prefix(count)
      } while input.pos < input.size || isLast && left > 0
    }
    return result
  }
}

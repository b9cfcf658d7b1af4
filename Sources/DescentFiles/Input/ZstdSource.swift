internal import Descent
internal import CZstd
internal import LinearAlgebra

/// The inflated bytes of a zstd file of one or several frames.
final class ZstdSource: ByteSource {
  let name: String
  let bound: Int?
  var size: Int? { nil }
  var expectedSize: Int? {
    source.size.map { DescentFiles.expectedSize(of: $0, read: read, inflated: inflated) }
  }
  private let source: any ByteSource
  private let limit: Int
  private let context: OpaquePointer
  /// The logarithm of the longest window that a frame may ask for.
  ///
  /// It is memory that is taken before anything is inflated: at most 32 MiB, or 16 bytes for each of the file's, up to
  /// zstd's own limit of 128 MiB.
  private let windowLog: Int32
  private let memory: UnsafeMutableBufferPointer<UInt8>
  private var input: ZSTD_inBuffer
  private var read: Int
  private var inflated = 0
  private var isInsideFrame = true

  /// Inflates `front`, which has been read already, and then the rest of `source`, up to `limit` bytes.
  init(front: some Collection<UInt8>, _ source: any ByteSource, limit: Int) {
    (name, self.source, self.limit) = (source.name, source, limit)
    bound = Compression.zstd.bound(source)
    memory = .allocate(capacity: max(1 << 18, front.count))
    _ = memory.update(fromContentsOf: front)
    input = ZSTD_inBuffer(src: memory.baseAddress, size: front.count, pos: 0)
    read = front.count
    let context = ZSTD_createDCtx()
    require(context != nil, "zstd \(ZSTD_VERSION_MAJOR).\(ZSTD_VERSION_MINOR) does not start")
    self.context = context!
    let size = source.size ?? .max
    windowLog = (26...27).last { 16 * min(size, 1 << 32) >= 1 << $0 } ?? 25
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, windowLog)
  }

  deinit {
    ZSTD_freeDCtx(context)
    memory.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileError) -> Int {
    var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
    while output.pos == 0, output.size > 0 {
      if input.pos == input.size, try !refill(), !isInsideFrame { return 0 }
      // Where nothing more comes in, what has been inflated already may still come out.
      let isCutOff = input.pos == input.size
      let status = ZSTD_decompressStream(context, &output, &input)
      if ZSTD_isError(status) != 0 {
        throw damage(status)
      }
      if isCutOff, output.pos == 0 {
        throw failure("the zstd data end too early", remedy: "the file is cut off: copy it again")
      }
      isInsideFrame = status != 0
    }
    inflated += output.pos
    guard inflated <= limit else {
      throw failure("inflates to more than \(limit) bytes", remedy: "inflate it first if that is meant")
    }
    return output.pos
  }

  private func refill() throws(FileError) -> Bool {
    let count = try source.read(into: UnsafeMutableRawBufferPointer(memory))
    read += count
    input = ZSTD_inBuffer(src: memory.baseAddress, size: count, pos: 0)
    return count > 0
  }

  private func damage(_ status: Int) -> FileError {
    switch ZSTD_getErrorCode(status) {
    case ZSTD_error_prefix_unknown:
      failure("something follows the zstd data", remedy: "compress the file again")
    case ZSTD_error_frameParameter_windowTooLarge:
      failure(
        "needs more than \(1 << (windowLog - 20)) MiB to be inflated",
        // The options of zstd itself.
        remedy: "compress it again, without --long or --ultra")
    case ZSTD_error_dictionary_wrong:
      failure("was compressed with a dictionary", remedy: "inflate it with that dictionary first")
    default:
      failure(
        "the zstd data are damaged (\(String(cString: ZSTD_getErrorName(status))))",
        remedy: "copy the file again")
    }
  }

  private func failure(_ problem: String, remedy: Phrase) -> FileError {
    FileError(.badData, name, at: .byte(read - (input.size - input.pos)), problem, remedy: remedy)
  }
}

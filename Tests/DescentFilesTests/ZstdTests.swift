import CZstd
import Testing

@testable import DescentFiles

@Suite struct ZstdTests {
  /// A frame with a checksum.
  static func frame(_ bytes: [UInt8]) -> [UInt8] {
    let context = ZSTD_createCCtx()
    defer { ZSTD_freeCCtx(context) }
    _ = ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    var result = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
    let count = ZSTD_compress2(context, &result, result.count, bytes, bytes.count)
    precondition(ZSTD_isError(count) == 0)
    return Array(result[..<count])
  }

  private func inflated(_ bytes: [UInt8], limit: Int = Input.maximumInflatedBytes) throws -> [UInt8] {
    try Input(bytes: bytes, name: "x.zst", maximumInflatedBytes: limit).take(.max)
  }

  private let text = Array("1,2,a\n3,4,b\n".utf8)

  @Test func inflatesOneFrameAndSeveral() throws {
    let one = Self.frame(text)
    #expect(try inflated(one) == text)
    #expect(try inflated(one + Self.frame([]) + one) == text + text)
    #expect(try inflated(Self.frame([])) == [])
    var generator = SplitMix(state: 1)
    let long = (0..<2_000_000).map { _ in UInt8.random(in: 0..<20, using: &generator) }
    #expect(try inflated(Self.frame(long) + one) == long + text)
  }

  @Test func takesOtherBytesAsTheyAre() throws {
    for bytes in [[0x28], [0x28, 0xb5], [0x28, 0xb5, 0x2f, 0], Array("(1,2".utf8)] as [[UInt8]] {
      #expect(try inflated(bytes) == bytes)
    }
  }

  @Test func isRefusedWhenCutAtEveryByte() throws {
    let frame = Self.frame(text)
    let two = frame + frame
    for count in 4..<two.count where count != frame.count {
      let error = failure { _ = try inflated(Array(two[..<count])) }
      #expect(error.kind == .badData)
      #expect(error.problem == "the zstd data end too early", "\(count) bytes")
      #expect(error.place == .byte(count))
    }
    #expect(try inflated(Array(two[..<frame.count])) == text)
  }

  @Test func isRefusedWithSomethingBehindIt() {
    let error = failure { _ = try inflated(Self.frame(text) + Array("more of it".utf8)) }
    #expect(error.description.hasSuffix("something follows the zstd data; compress the file again"))
  }

  @Test func isRefusedOrWholeWithEveryByteFlipped() throws {
    let frame = Self.frame(text)
    for index in 4..<frame.count {
      var bytes = frame
      bytes[index] ^= 0xff
      do {
        #expect(try inflated(bytes) == text, "byte \(index)")
      } catch let error as FileError {
        #expect(error.kind == .badData)
      }
    }
  }

  @Test func hasALimit() throws {
    #expect(try inflated(Self.frame(text), limit: text.count) == text)
    #expect(
      failure { _ = try inflated(Self.frame(text), limit: text.count - 1) }.problem
        == "inflates to more than 11 bytes")
    let bomb = Self.frame([UInt8](repeating: 0, count: 1 << 24))
    #expect(bomb.count < 1 << 11)
    #expect(
      failure { _ = try inflated(bomb, limit: 1 << 20) }.problem == "inflates to more than 1048576 bytes")
  }

  /// A frame of 2 GiB windows, which would take as much memory.
  @Test func aGreatWindowIsRefused() {
    let header: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 21 << 3, 0x01, 0x00, 0x00]
    #expect(failure { _ = try inflated(header) }.problem == "needs more than 32 MiB to be inflated")
  }

  @Test func isRefusedWhenCompressedTwice() {
    let twice = [
      (Self.frame(Self.frame(text)), "is compressed by zstd twice"),
      (Self.frame(gzipped(text)), "is compressed by gzip and then by zstd"),
      (gzipped(Self.frame(text)), "is compressed by zstd and then by gzip"),
    ]
    for (bytes, problem) in twice { #expect(failure { _ = try inflated(bytes) }.problem == problem) }
  }

  @Test func everyFormatMayBeCompressed() throws {
    try withTemporaryFolder { folder in
      try write(Self.frame(text), to: "\(folder)/x.csv.zst")
      #expect(labels(try DataFile.read("\(folder)/x.csv.zst")) == ["a", "b"])
      try write(Self.frame([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 1, 7, 9]), to: "\(folder)/images.zst")
      try write(Self.frame([0, 0, 8, 1, 0, 0, 0, 2, 3, 4]), to: "\(folder)/labels.zst")
      let data = try DataFile.read("\(folder)/images.zst", DataOptions(labelsPath: "\(folder)/labels.zst"))
      #expect(features(data) == [7, 9])
      #expect(labels(data) == ["3", "4"])
    }
  }
}

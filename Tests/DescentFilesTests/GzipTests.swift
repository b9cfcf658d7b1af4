import Testing

@testable import DescentFiles

@Suite struct GzipTests {
  private func inflated(_ bytes: [UInt8], limit: Int = Input.maximumInflatedBytes) throws -> [UInt8] {
    try Input(bytes: bytes, name: "x.gz", maximumInflatedBytes: limit).take(.max)
  }

  private let text = Array("1,2,a\n3,4,b\n".utf8)

  @Test func inflatesOneMemberAndSeveral() throws {
    #expect(try inflated(gzipped(text)) == text)
    #expect(try inflated(gzipped(text) + gzipped([]) + gzipped(text)) == text + text)
    #expect(try inflated(gzipped([])) == [])
    let long = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 >> 3) }
    #expect(try inflated(gzipped(long) + gzipped(long)) == long + long)
  }

  @Test func takesOtherBytesAsTheyAre() throws {
    #expect(try inflated(text) == text)
    #expect(try inflated([0x1f]) == [0x1f])
    #expect(try inflated([]) == [])
  }

  /// A first member cut off is too early; a second one, or its start, is as well.
  @Test func isRefusedWhenCutAtEveryByte() throws {
    let member = gzipped(text)
    let two = member + member
    for count in 2..<two.count where count != member.count {
      let error = failure { _ = try inflated(Array(two[..<count])) }
      #expect(error.kind == .badData)
      #expect(error.problem == "the gzip data end too early", "\(count) bytes")
      #expect(error.place == .byte(count))
    }
    #expect(try inflated(Array(two[..<member.count])) == text)
  }

  @Test func isRefusedWithSomethingBehindIt() {
    for rest in [[0, 1], [0x1f, 0], Array("text".utf8)] as [[UInt8]] {
      let error = failure { _ = try inflated(gzipped(text) + rest) }
      #expect(error.kind == .badData)
      #expect(error.description.contains("gzip data"))
    }
  }

  /// Tapes and disks are filled up with zeros, which say nothing.
  @Test func mayBeFilledUpWithZeros() throws {
    for count in [1, 511, 1 << 19] {
      let zeros = [UInt8](repeating: 0, count: count)
      #expect(try inflated(gzipped(text) + zeros) == text)
      #expect(try inflated(gzipped(text) + zeros + gzipped(text)) == text + text)
    }
  }

  @Test func isRefusedOrWholeWithEveryByteFlipped() throws {
    let member = gzipped(text)
    for index in 2..<member.count {
      var bytes = member
      bytes[index] ^= 0xff
      do {
        // The header's time, flags' spare bits and system do not matter to the content.
        #expect(try inflated(bytes) == text, "byte \(index)")
      } catch let error as FileError {
        #expect(error.kind == .badData)
      }
    }
  }

  @Test func hasALimit() throws {
    #expect(try inflated(gzipped(text), limit: text.count) == text)
    let error = failure { _ = try inflated(gzipped(text), limit: text.count - 1) }
    #expect(error.problem == "inflates to more than 11 bytes")
  }

  /// A kilobyte of gzip that holds a megabyte of zeros.
  @Test func aBombIsStopped() throws {
    // One block of fixed codes: the literal 0, then 258 more of it again and again.
    var bits: [UInt8] = [1, 1, 0] + [0, 0, 1, 1, 0, 0, 0, 0]
    for _ in 0..<4096 { bits += [1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0] }
    bits += [0, 0, 0, 0, 0, 0, 0]
    let deflated = stride(from: 0, to: bits.count, by: 8).map { start in
      bits[start..<min(start + 8, bits.count)].enumerated().reduce(0 as UInt8) {
        $0 | $1.element << $1.offset
      }
    }
    let bomb = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255] + deflated
    #expect(
      failure { _ = try inflated(bomb, limit: 1 << 19) }.problem == "inflates to more than 524288 bytes")
    // Without its checksum it is cut off, but all of it inflates.
    #expect(failure { _ = try inflated(bomb) }.problem == "the gzip data end too early")
  }

  @Test func isRefusedWhenCompressedTwice() {
    #expect(
      failure { _ = try inflated(gzipped(gzipped(text))) }.description
        == "x.gz: is compressed by gzip twice; inflate it once")
  }
}

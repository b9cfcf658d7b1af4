import Testing

@testable import DescentFiles

/// A file of safetensors: its header, and the numbers' bytes.
func safetensors(_ header: String, _ payload: Int = 0, length: UInt64? = nil) -> [UInt8] {
  let json = Array(header.utf8)
  let length = withUnsafeBytes(of: (length ?? UInt64(json.count)).littleEndian) { Array($0) }
  return length + json + [UInt8](repeating: 0, count: payload)
}

@Suite struct SafetensorsTests {
  static let file = Safetensors(
    [
      .init("W", [2, 3], .float([1, -2, 0.5, 0, .leastNonzeroMagnitude, .greatestFiniteMagnitude])),
      .init("b", [1], .double([0.1])), .init("n", [], .int64([-5])), .init("x", [3], .uint8([1, 2, 255])),
      .init("empty", [0, 7], .float([])),
    ],
    metadata: ["format": "1", "names": "[\"a\\u0001\",\"é😀\"]", "z\n\"": "\\ \u{7f}/\t"])

  @Test func comesBackAsItWas() throws {
    let bytes = Self.file.encoded()
    let read = try Safetensors(decoding: bytes, file: "m")
    #expect(read.metadata == Self.file.metadata)
    #expect(read.tensors.sorted { $0.name < $1.name } == Self.file.tensors.sorted { $0.name < $1.name })
    #expect(read["b"]?.values == .double([0.1]))
    #expect(read.encoded() == bytes)
  }

  @Test func isTheSameInAnyOrder() {
    let turned = Safetensors(Self.file.tensors.reversed(), metadata: Self.file.metadata)
    #expect(turned.encoded() == Self.file.encoded())
  }

  @Test func hasTheDocumentedLayout() {
    let bytes = Safetensors(
      [.init("b", [1], .float([1])), .init("a", [2], .uint8([7, 8]))], metadata: ["k": "v"]
    )
    .encoded()
    let json =
      #"{"__metadata__":{"k":"v"},"a":{"dtype":"U8","shape":[2],"data_offsets":[4,6]},"#
      + #""b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
    let padded = json + String(repeating: " ", count: (8 - json.utf8.count % 8) % 8)
    #expect(bytes == safetensors(padded) + [0, 0, 0x80, 0x3f, 7, 8])
  }

  @Test func readsEscapesAndSpace() throws {
    let header = #" { "__metadata__" : { "a\"\\\/\b\f\n\r\t\u00e9" : "\ud83d\ude00" } } "#
    let read = try Safetensors(decoding: safetensors(header), file: "m")
    #expect(read.metadata == ["a\"\\/\u{8}\u{c}\n\r\t\u{e9}": "\u{1f600}"])
  }

  @Test func readsAFileWithoutTensors() throws {
    #expect(try Safetensors(decoding: safetensors("{}"), file: "m") == Safetensors([]))
  }

  @Test func refusesNumbersThatAreNotFiniteUnlessAsked() throws {
    let bytes = Safetensors([.init("a", [1], .uint8([1])), .init("W", [2], .float([1, .nan]))]).encoded()
    let error = failure { _ = try Safetensors(decoding: bytes, file: "m") }
    #expect(error.problem == "number 1 of tensor 'W' is not finite")
    #expect(error.place == .byte(bytes.count - 5))
    #expect(throws: Never.self) { try Safetensors(decoding: bytes, file: "m", allowsNonFinite: true) }
  }

  @Test func isRefusedWhenCutAtEveryByte() {
    let bytes = Self.file.encoded()
    for count in 0..<bytes.count {
      #expect(failure { _ = try Safetensors(decoding: Array(bytes[..<count]), file: "m") }.kind == .badData)
    }
  }

  @Test func isRefusedOrSoundWithEveryBitFlipped() throws {
    let bytes = Self.file.encoded()
    var refused = 0
    for bit in 0..<bytes.count * 8 {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << (bit % 8)
      do {
        let read = try Safetensors(decoding: flipped, file: "m")
        #expect(read != Self.file)
      } catch {
        #expect(error.kind == .badData)
        #expect(error.description.hasPrefix("m: at byte ") && !error.description.contains("\n"))
        refused += 1
      }
    }
    // Only names, texts and numbers can change without a trace.
    #expect(refused > bytes.count * 3)
  }
}

@Suite struct SafetensorsBadInputTests {
  private static func tensor(_ dtype: String, _ shape: String, _ offsets: String) -> String {
    #"{"dtype":"\#(dtype)","shape":\#(shape),"data_offsets":\#(offsets)}"#
  }

  private static let f32 = tensor("F32", "[1]", "[0,4]")

  @Test(
    arguments: [
      ([], "at byte 0: 0 bytes where a header starts with 8"),
      ([1, 2, 3], "at byte 0: 3 bytes where a header starts with 8"),
      (safetensors("{}", length: 1 << 40), "at byte 0: declares a header of 1099511627776 bytes"),
      (safetensors("{}", length: .max), "at byte 0: declares a header of 18446744073709551615 bytes"),
      (safetensors("{}", length: 11), "at byte 0: declares a header of 11 bytes"),
      (safetensors("{}", length: 3), "at byte 10: ends within its header of 3 bytes"),
      (safetensors(""), "at byte 8: '{' is missing"),
      (safetensors("[]"), "at byte 8: '{' is missing"),
      (safetensors("{} x"), "at byte 11: something follows the header's JSON"),
      (
        safetensors(String(repeating: "{\"a\":", count: 10000)),
        "at byte 18: tensor 'a' has an unknown key 'a'"
      ),
      (safetensors("{\"a\":\(String(repeating: "[", count: 10000))"), "at byte 13: '{' is missing"),
      (safetensors("{\"a\":\(f32),\"a\":\(f32)}", 4), "at byte 62: the key 'a' comes twice"),
      (safetensors(#"{"__metadata__":{"a":"","a":""}}"#), "at byte 32: the key 'a' comes twice"),
      (safetensors(#"{"__metadata__":{"a":1}}"#), "at byte 29: '\"' is missing"),
      (safetensors(#"{"a":{"dtype":"F32","dtype":"F32"}}"#), "at byte 28: the key 'dtype' comes twice"),
      (
        safetensors("{\"a\":\(tensor("F16", "[1]", "[0,2]"))}", 2),
        "at byte 27: tensor 'a' has the number type 'F16'"
      ),
      (
        safetensors(#"{"a":{"dtype":"F32","shape":[1]}}"#),
        "at byte 13: tensor 'a' lacks its dtype, shape or two data_offsets"
      ),
      (
        safetensors("{\"a\":\(tensor("F32", "[1]", "[0,4,8]"))}", 4),
        "at byte 13: tensor 'a' lacks its dtype, shape or two data_offsets"
      ),
      (
        safetensors("{\"a\":\(tensor("F32", "[1]", "[4,0]"))}", 4),
        "at byte 13: tensor 'a' ends before it starts"
      ),
      (
        safetensors("{\"a\":\(tensor("F32", "[2]", "[0,4]"))}", 4),
        "at byte 13: tensor 'a' of shape [2] does not take 4 bytes"
      ),
      (
        safetensors("{\"a\":\(tensor("F32", "[8589934592,8589934592]", "[0,4]"))}", 4),
        "at byte 13: tensor 'a' of shape [8589934592, 8589934592] does not take 4 bytes"
      ),
      (
        safetensors("{\"a\":\(tensor("F32", "[-1]", "[0,4]"))}", 4),
        "at byte 37: a whole number from 0 is missing"
      ),
      (safetensors("{\"a\":\(tensor("F32", "[1.0]", "[0,4]"))}", 4), "at byte 38: ']' is missing"),
      (
        safetensors("{\"a\":\(tensor("F32", "[01]", "[0,4]"))}", 4), "at byte 37: a number starts with a zero"
      ),
      (
        safetensors("{\"a\":\(tensor("F32", "[99999999999999999999]", "[0,4]"))}", 4),
        "at byte 37: a number is too large"
      ),
      (
        safetensors("{\"a\":\(tensor("F32", "[1]", "[4,8]"))}", 8),
        "at byte 62: no tensor covers the bytes before 'a'"
      ),
      (
        safetensors("{\"a\":\(tensor("F32", "[2]", "[0,8]")),\"b\":\(tensor("F32", "[1]", "[4,8]"))}", 8),
        "at byte 119: tensor 'b' overlaps another"
      ),
      (safetensors("{\"a\":\(f32)}", 5), "at byte 66: the last tensor is followed by something"),
      (safetensors("{\"a\":\(f32)}", 3), "at byte 65: ends after 3 of 4 bytes of numbers"),
      (safetensors("{\"a"), "at byte 9: a string has no end"),
      (safetensors("{\"a\n\":1}"), "at byte 12: a control character in a string"),
      (safetensors("{\"\\x\":1}"), "at byte 12: an unknown escape in a string"),
      (safetensors("{\"\\u12\":1}"), "at byte 15: an escape without four hexadecimal digits"),
      (safetensors("{\"\\ud800\":1}"), "at byte 17: half a surrogate pair in a string"),
      (safetensors("{\"\\udc00\":1}"), "at byte 16: half a surrogate pair in a string"),
      ([4, 0, 0, 0, 0, 0, 0, 0] + [0x7b, 0x22, 0xff, 0x22], "at byte 9: a string is not UTF-8"),
      (Array("PK\u{3}\u{4}abcdefgh".utf8), "at byte 0: declares a header of 7233733595305823056 bytes"),
    ] as [([UInt8], String)])
  func isRefusedInOneLine(_ bytes: [UInt8], _ message: String) {
    let error = failure { _ = try Safetensors(decoding: bytes, file: "m") }
    #expect(error.kind == .badData)
    let remedy = "the file is damaged or not in safetensors layout: save or copy it again"
    #expect(error.description == "m: \(message); \(remedy)")
  }

  @Test func manyTensorsAreRead() throws {
    let tensors = (0..<20_000).map { Safetensors.Tensor("t\($0)", [1], .uint8([UInt8($0 & 255)])) }
    let bytes = Safetensors(tensors).encoded()
    #expect(try Safetensors(decoding: bytes, file: "m").tensors.count == 20_000)
  }
}

/// Builds one message in the wire format of Protocol Buffers.
///
/// Fields that hold their default are written too where the caller asks: readers take both.
struct ProtobufWriter {
  private(set) var bytes: [UInt8] = []

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func tag(_ number: Int, _ wireType: UInt64) { varint(UInt64(number) << 3 | wireType) }

  mutating func integer(_ number: Int, _ value: Int64) {
    tag(number, 0)
    varint(UInt64(bitPattern: value))
  }

  mutating func float(_ number: Int, _ value: Float) {
    tag(number, 5)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
  }

  mutating func data(_ number: Int, _ value: some Collection<UInt8>) {
    tag(number, 2)
    varint(UInt64(value.count))
    bytes += value
  }

  /// Nothing where it is empty.
  mutating func text(_ number: Int, _ value: String) {
    if !value.isEmpty { data(number, value.utf8) }
  }

  mutating func message(_ number: Int, _ body: (inout ProtobufWriter) -> Void) {
    var nested = ProtobufWriter()
    body(&nested)
    data(number, nested.bytes)
  }
}

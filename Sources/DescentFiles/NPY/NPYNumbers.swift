import LinearAlgebra

extension NPYType {
  /// The numbers of `bytes`, converted: rounded to the nearest where `Element` cannot hold them.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func numbers<Element: BinaryFloatingPoint>(_ bytes: [UInt8]) -> [Element] {
    let count = bytes.count / size
    return [Element](unsafeUninitializedCapacity: count) { result, initialized in
      bytes.withUnsafeBytes { bytes in
        let result = result.baseAddress!
        switch (kind, size) {
        case (.bool, _), (.unsigned, 1): for i in 0..<count { (result + i).initialize(to: Element(bytes[i])) }
        case (.signed, 1):
          for i in 0..<count { (result + i).initialize(to: Element(Int8(bitPattern: bytes[i]))) }
        case (.unsigned, 2): fill(result, bytes, count) { (n: UInt16) in Element(n) }
        case (.unsigned, 4): fill(result, bytes, count) { (n: UInt32) in Element(n) }
        case (.unsigned, _): fill(result, bytes, count) { (n: UInt64) in Element(n) }
        case (.signed, 2): fill(result, bytes, count) { (n: UInt16) in Element(Int16(bitPattern: n)) }
        case (.signed, 4): fill(result, bytes, count) { (n: UInt32) in Element(Int32(bitPattern: n)) }
        case (.signed, _): fill(result, bytes, count) { (n: UInt64) in Element(Int64(bitPattern: n)) }
        case (.float, 2): fill(result, bytes, count) { (n: UInt16) in Element(Float(Float16(bitPattern: n))) }
        case (.float, 4): fill(result, bytes, count) { (n: UInt32) in Element(Float(bitPattern: n)) }
        case (.float, _): fill(result, bytes, count) { (n: UInt64) in Element(Double(bitPattern: n)) }
        }
      }
      initialized = count
    }
  }

  @inline(__always)
  private func fill<Element, Bits: FixedWidthInteger & UnsignedInteger>(
    _ result: UnsafeMutablePointer<Element>, _ bytes: UnsafeRawBufferPointer, _ count: Int,
    _ number: (Bits) -> Element
  ) {
    for i in 0..<count {
      let stored = bytes.loadUnaligned(fromByteOffset: i * size, as: Bits.self)
      let bits = isBigEndian ? Bits(bigEndian: stored) : Bits(littleEndian: stored)
      (result + i).initialize(to: number(bits))
    }
  }
}

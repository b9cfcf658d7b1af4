import LinearAlgebra

extension NumberType {
  /// The numbers of `bytes`, converted: rounded to the nearest where `Element` cannot hold them.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func numbers<Element: BinaryFloatingPoint>(_ bytes: [UInt8], isBigEndian: Bool = false) -> [Element] {
    let count = bytes.count / size
    return [Element](unsafeUninitializedCapacity: count) { result, initialized in
      bytes.withUnsafeBytes { bytes in
        guard let start = result.baseAddress else { return }
        let fill = Filling(result: start, bytes: bytes, count: count, isBigEndian: isBigEndian)
        switch self {
        case .bool, .uint8: fill { (n: UInt8) in Element(n) }
        case .uint16: fill { (n: UInt16) in Element(n) }
        case .uint32: fill { (n: UInt32) in Element(n) }
        case .uint64: fill { (n: UInt64) in Element(n) }
        case .int8: fill { (n: UInt8) in Element(Int8(bitPattern: n)) }
        case .int16: fill { (n: UInt16) in Element(Int16(bitPattern: n)) }
        case .int32: fill { (n: UInt32) in Element(Int32(bitPattern: n)) }
        case .int64: fill { (n: UInt64) in Element(Int64(bitPattern: n)) }
        case .float16: fill { (n: UInt16) in Element(Float(Float16(bitPattern: n))) }
        case .float32: fill { (n: UInt32) in Element(Float(bitPattern: n)) }
        case .float64: fill { (n: UInt64) in Element(Double(bitPattern: n)) }
        }
      }
      initialized = count
    }
  }
}

/// Writes what each number's bits are to the elements of an array.
private struct Filling<Element> {
  let result: UnsafeMutablePointer<Element>
  let bytes: UnsafeRawBufferPointer
  let count: Int
  let isBigEndian: Bool

  @inline(__always)
  func callAsFunction<Bits: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ number: (Bits) -> Element
  ) {
    for i in 0..<count {
      let stored = bytes.loadUnaligned(fromByteOffset: i * MemoryLayout<Bits>.size, as: Bits.self)
      (result + i).initialize(
        to: number(isBigEndian ? Bits(bigEndian: stored) : Bits(littleEndian: stored)))
    }
  }
}

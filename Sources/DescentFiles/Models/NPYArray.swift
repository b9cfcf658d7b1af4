internal import Descent
public import LinearAlgebra

/// A matrix or vector in NumPy's format, version 1.0
/// (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
public enum NPYArray {
  /// The bytes of a file of `elements`, row-major and little-endian, 32 or 64 bits each.
  public static func bytes<Element: Scalar>(shape: [Int], _ elements: [Element]) -> [UInt8] {
    require(
      elements.count == shape.reduce(1, *), "\(elements.count) numbers for the shape \(shape)")
    let sizes = shape.map { "\($0)," }.joined(separator: " ")
    let type = NPYType(NumberType(of: Element.self)).descr
    var header = Array("{'descr': '\(type)', 'fortran_order': False, 'shape': (\(sizes)), }".utf8)
    // The numbers start at a multiple of 64 bytes, behind a line break.
    header += Array(repeating: .space, count: 63 - (10 + header.count) % 64) + [.newline]
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0]
    bytes += [UInt8(header.count & 0xff), UInt8(header.count >> 8)] + header
    bytes += elements.littleEndianBytes
    return bytes
  }
}

extension Collection where Element: Scalar {
  /// The numbers' bytes, one number after the other.
  var littleEndianBytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * MemoryLayout<Element>.size)
    for value in self {
      if Element.self == Float.self {
        withUnsafeBytes(of: Float(value).bitPattern.littleEndian) { bytes += $0 }
      } else {
        withUnsafeBytes(of: Double(value).bitPattern.littleEndian) { bytes += $0 }
      }
    }
    return bytes
  }
}

/// Reads decimal numbers: `[+-] digits [. digits] [e [+-] digits]`, with a digit before or after the point.
///
/// Nothing else is a number here: no `0x10`, `1_000`, `1e`, `nan` or `inf`. The result is the `Double`
/// nearest to the decimal, as `strtod` finds it; infinite where it is too large.
enum DecimalNumber {
  /// Reads a number at `p` and moves behind it; nil where there is none.
  ///
  /// The bytes must end with one that no number holds.
  @inline(__always)
  static func scan(_ p: inout UnsafePointer<UInt8>) -> Double? {
    let start = p
    let isNegative = p.pointee == UInt8(ascii: "-")
    if isNegative || p.pointee == UInt8(ascii: "+") { p += 1 }
    var mantissa: UInt64 = 0
    let digits = p
    while let digit = digit(p.pointee) {
      mantissa = mantissa &* 10 &+ digit
      p += 1
    }
    var count = p - digits
    var exponent = 0
    if p.pointee == UInt8(ascii: ".") {
      p += 1
      let fraction = p
      while let digit = digit(p.pointee) {
        mantissa = mantissa &* 10 &+ digit
        p += 1
      }
      exponent = fraction - p
      count -= exponent
    }
    if count == 0 { return nil }
    if p.pointee | 0x20 == UInt8(ascii: "e") {
      guard let power = scanExponent(&p) else { return nil }
      exponent += power
    }
    let magnitude: Double
    if count <= 15 && exponent == 0 {
      magnitude = Double(mantissa)
    } else if let value = exact(mantissa, exponent, digits: count, digits) {
      magnitude = value
    } else {
      return nearest(start, p)
    }
    return isNegative ? -magnitude : magnitude
  }

  @inline(__always)
  private static func digit(_ byte: UInt8) -> UInt64? {
    let value = byte &- UInt8(ascii: "0")
    return value < 10 ? UInt64(value) : nil
  }

  /// Reads `e-12` at `p`; nil where no digit follows the e. Far beyond any number it stops counting.
  private static func scanExponent(_ p: inout UnsafePointer<UInt8>) -> Int? {
    p += 1
    let isNegative = p.pointee == UInt8(ascii: "-")
    if isNegative || p.pointee == UInt8(ascii: "+") { p += 1 }
    guard digit(p.pointee) != nil else { return nil }
    var value = 0
    while let digit = digit(p.pointee) {
      value = min(value * 10 + Int(digit), 1 << 40)
      p += 1
    }
    return isNegative ? -value : value
  }

  /// `mantissa · 10^exponent`, rounded once; nil where that is not certain here.
  ///
  /// Up to 2^53 and 10^22 both factors are exact in Double, so that one operation rounds correctly
  /// (Clinger 1990). Up to 19 digits and 10^±27 it is done in integers: 5^27 fits 64 bits.
  private static func exact(
    _ mantissa: UInt64, _ exponent: Int, digits count: Int, _ digits: UnsafePointer<UInt8>
  ) -> Double? {
    // Zeros in front count for nothing, and a mantissa of 19 digits has not overflowed.
    if count > 19 && count - leadingZeros(digits) > 19 { return nil }
    if mantissa <= 1 << 53 {
      if exponent >= 0 && exponent <= 22 { return Double(mantissa) * powersOfTen[exponent] }
      if exponent < 0 && exponent >= -22 { return Double(mantissa) / powersOfTen[-exponent] }
    }
    if mantissa == 0 { return 0 }
    if exponent >= 0 && exponent <= 27 { return product(mantissa, exponent) }
    if exponent < 0 && exponent >= -27 { return quotient(mantissa, -exponent) }
    return nil
  }

  /// How many zeros stand at `p` before the first other digit, the point not counted.
  private static func leadingZeros(_ p: UnsafePointer<UInt8>) -> Int {
    var (p, count) = (p, 0)
    while p.pointee == UInt8(ascii: "0") || p.pointee == UInt8(ascii: ".") {
      if p.pointee == UInt8(ascii: "0") { count += 1 }
      p += 1
    }
    return count
  }

  /// The valid number from `start` to `end`: the standard library's `Double(_:)` rounds correctly and has no
  /// locale.
  private static func nearest(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Double? {
    Double(String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self))
  }
}

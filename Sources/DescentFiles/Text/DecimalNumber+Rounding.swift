internal import Descent
internal import LinearAlgebra

extension DecimalNumber {
  static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
  ]

  /// `value`, which is the double nearest to the decimal from `start` to `end`, or else the float nearest to it
  /// where that is not the float nearest to `value`.
  ///
  /// Rounding twice goes wrong in the middle of two floats alone (there, `value` has lost the digits that
  /// decide), and where floats are subnormal. Both are rare.
  @inline(__always)
  static func roundedOnce(
    _ value: Double, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> Double {
    let isInTheMiddle = value.bitPattern & 0x1fff_ffff == 0x1000_0000
    let isSubnormal = value.magnitude < Double(Float.leastNormalMagnitude) && value != 0
    return isInTheMiddle || isSubnormal ? nearestSingle(value, start, end) : value
  }

  @inline(never)
  private static func nearestSingle(
    _ value: Double, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> Double {
    let text = String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
    // One that is too large stays as it is: the error shows it.
    guard let single = Float(text), single.isFinite else { return value }
    return Double(single)
  }

  /// 5^0 to 5^27, the last that fits.
  private static let powersOfFive: [UInt64] = (0...27).map { n in (0..<n).reduce(1) { power, _ in power * 5 }
  }

  /// `mantissa · 10^exponent`, `mantissa` not 0 and `exponent` 0 to 27.
  static func product(_ mantissa: UInt64, _ exponent: Int) -> Double {
    let product = mantissa.multipliedFullWidth(by: powersOfFive[exponent])
    guard product.high > 0 else { return scaled(product.low, false, by: exponent) }
    let shift = 64 - product.high.leadingZeroBitCount
    let top = product.high << (64 - shift) | product.low >> shift
    return scaled(top, product.low & (1 << shift &- 1) != 0, by: exponent + shift)
  }

  /// `mantissa / 10^exponent`, `mantissa` not 0 and `exponent` 1 to 27.
  static func quotient(_ mantissa: UInt64, _ exponent: Int) -> Double {
    // Dividend and divisor fill their 64 bits, so that the quotient has 63 or 64: more than the 53 + 2 that
    // rounding looks at. What the division leaves over only breaks ties.
    let five = powersOfFive[exponent]
    let (up, over) = (mantissa.leadingZeroBitCount, five.leadingZeroBitCount)
    let dividend = mantissa << up
    let (quotient, remainder) = (five << over).dividingFullWidth((dividend >> 1, dividend << 63))
    return scaled(quotient, remainder != 0, by: over - up - 63 - exponent)
  }

  /// `(value + a rest below 1 if there is one) · 2^power`, rounded to nearest, ties to even. The result is a normal number.
  private static func scaled(_ value: UInt64, _ hasRest: Bool, by power: Int) -> Double {
    // The conversion rounds 64 bits to 53; a rest makes the lowest of the 64 odd, which moves a tie to its
    // proper side and changes nothing else.
    require(!hasRest || value >> 55 != 0, "too few bits to round")
    return Double(hasRest ? value | 1 : value) * Double(bitPattern: UInt64(1023 + power) << 52)
  }
}

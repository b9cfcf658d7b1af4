internal import Foundation

/// A determinant as its sign and the logarithm of its magnitude.
///
/// It is kept as s·2^e with 1 ≤ |s| < 2, so that no product of pivots leaves the range of numbers on its way.
public struct LogDeterminant: Equatable, Sendable {
  private var significand = 1.0
  private var exponent = 0

  /// That of the identity.
  init() {}

  /// That of a triangular matrix with these numbers on the diagonal, times 2^exponent, and −1 if it `isNegative`.
  init(diagonal: some Sequence<some Scalar>, exponent: Int = 0, isNegative: Bool = false) {
    for number in diagonal { multiply(by: Double(number)) }
    self.exponent += exponent
    if isNegative { significand.negate() }
  }

  /// That of a singular matrix.
  static var singular: LogDeterminant { LogDeterminant(diagonal: [0.0]) }

  /// 1, −1, or 0 for a singular matrix.
  public var sign: Int { significand == 0 ? 0 : significand < 0 ? -1 : 1 }

  /// The natural logarithm of the magnitude; −∞ for a singular matrix.
  public var logarithm: Double { log(abs(significand)) + Double(exponent) * log(2) }

  /// The square of this determinant.
  var squared: LogDeterminant {
    var square = self
    square.multiply(by: significand)
    square.exponent += exponent
    return square
  }

  /// The determinant itself, infinite or 0 where it is beyond the range.
  func value<Element: Scalar>() -> Element {
    Element(Double(sign: .plus, exponent: min(max(exponent, -3000), 3000), significand: significand))
  }

  private mutating func multiply(by factor: Double) {
    let product = significand * factor.significandWithSign
    exponent += (factor == 0 ? 0 : Int(factor.exponent)) + (product == 0 ? 0 : Int(product.exponent))
    significand = product.significandWithSign
  }
}

extension Double {
  /// The number divided by 2^exponent.
  fileprivate var significandWithSign: Double { sign == .minus ? -significand : significand }
}

import Foundation
import LinearAlgebra

/// The kinds of matrices that LAPACK's tests of Cholesky, QR, singular and eigenvalues go through.
///
/// Source: `dlatb4`, `dlatms` and `dlagge` of LAPACK's TESTING.
enum MatrixKind: String, CaseIterable, Sendable {
  case zero, identity, diagonal, wellConditioned, illConditioned, nearlySingular, clustered
  case firstZero, lastZero, middleZero, halfZero, repeated, graded
  case nearUnderflow, nearOverflow, atUnderflow, atOverflow, subnormal

  /// The power of 2 that the matrix is multiplied by: as LAPACK's tests do, or as far as a norm allows.
  func exponent<Element: Scalar>(_: Element.Type) -> Int {
    let (least, most) = (Element.leastNormalMagnitude.exponent, Element.greatestFiniteMagnitude.exponent)
    let precision = Element.significandBitCount + 1
    return switch self {
    case .nearUnderflow: Int(least) + precision - 2
    case .nearOverflow: -(Int(least) + precision - 2)
    case .atUnderflow: Int(least)
    case .atOverflow: Int(most) - 8
    case .subnormal: Int(least) - lostBits
    default: 0
    }
  }

  /// A rounding of the numbers: of so small ones bits are lost.
  func rounding<Element: Scalar>(_: Element.Type) -> Double {
    unit(Element.self).scaled(self == .subnormal ? lostBits : 0)
  }

  /// The values on the diagonal before it is turned, the largest 1, and nil where they are not those of the whole.
  func spectrum<Element: Scalar>(_ k: Int, _: Element.Type) -> [Double]? {
    let worst = 0.1 / unit(Element.self)
    func geometric(_ condition: Double) -> [Double] {
      (0..<k).map { i in k < 2 ? 1 : pow(1 / condition, Double(i) / Double(k - 1)) }
    }
    switch self {
    case .zero: return Array(repeating: 0, count: k)
    case .identity: return Array(repeating: 1, count: k)
    case .illConditioned: return geometric(worst.squareRoot())
    case .nearlySingular: return geometric(worst)
    case .clustered: return (0..<k).map { $0 == 0 ? 1 : 0.5 }
    case .firstZero, .lastZero, .middleZero, .halfZero, .repeated, .graded: return nil
    default: return geometric(2)
    }
  }

  /// Which columns of n are zero.
  func zeros(_ n: Int) -> Range<Int> {
    switch self {
    case .firstZero: 0..<min(1, n)
    case .lastZero: max(0, n - 1)..<n
    case .middleZero: n / 2..<min(n / 2 + 1, n)
    case .halfZero: n / 2..<n
    default: 0..<0
    }
  }

  /// The rank, where it is beyond doubt.
  func rank(_ rows: Int, _ columns: Int) -> Int? {
    switch self {
    case .zero: 0
    case .nearlySingular, .graded: nil
    // A wide matrix is made of so few reflections that every other column may have a lower rank.
    case .repeated: rows < columns ? nil : (columns + 1) / 2
    default: min(rows, columns - zeros(columns).count)
    }
  }
}

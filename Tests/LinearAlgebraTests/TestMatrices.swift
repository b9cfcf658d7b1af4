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

  func general<Element: Scalar>(_ rows: Int, _ columns: Int, _: Element.Type) -> Matrix<Element> {
    var generator = SplitMix64(state: UInt64(rows * 1000 + columns))
    let k = min(rows, columns)
    let values = spectrum(k, Element.self) ?? MatrixKind.wellConditioned.spectrum(k, Element.self) ?? []
    var a = Matrix<Double>(rows: rows, columns: columns)
    for (i, value) in values.enumerated() { a[i, i] = value }
    if ![.identity, .diagonal].contains(self) {
      for _ in 0..<2 {
        a.reflect(rows: reflector(rows, &generator))
        a = a.transposed
        a.reflect(rows: reflector(columns, &generator))
        a = a.transposed
      }
    }
    for i in 0..<rows {
      for j in zeros(columns) { a[i, j] = 0 }
      for j in 0..<columns where self == .repeated { a[i, j] = a[i, j / 2 * 2] }
      for j in 0..<columns where self == .graded { a[i, j] = a[i, j].scaled(-i - j) }
    }
    return scaled(a)
  }

  /// Symmetric, with the values of ``spectrum(_:_:)``, the odd ones negative unless it is to be `definite`.
  func symmetric<Element: Scalar>(_ n: Int, definite: Bool, _: Element.Type) -> Matrix<Element> {
    var generator = SplitMix64(state: UInt64(n))
    let values = signed(n, definite: definite, Element.self)
    var a = Matrix<Double>.diagonal(values)
    if ![.identity, .diagonal].contains(self) {
      for _ in 0..<2 {
        let v = reflector(n, &generator)
        a.reflect(rows: v)
        a = a.transposed
        a.reflect(rows: v)
      }
    }
    for i in 0..<n {
      for j in i..<n {
        if zeros(n).contains(i) || zeros(n).contains(j) { a[i, j] = 0 }
        if self == .repeated { a[i, j] = a[i / 2 * 2, j / 2 * 2] }
        if self == .graded { a[i, j] = a[i, j].scaled(-i - j) }
        a[j, i] = a[i, j]
      }
    }
    return scaled(a)
  }

  func signed<Element: Scalar>(_ n: Int, definite: Bool, _: Element.Type) -> [Double] {
    let values = spectrum(n, Element.self) ?? MatrixKind.wellConditioned.spectrum(n, Element.self) ?? []
    return values.enumerated().map { definite || $0 % 2 == 0 ? $1 : -$1 }
  }

  private func scaled<Element: Scalar>(_ a: Matrix<Double>) -> Matrix<Element> {
    let exponent = exponent(Element.self)
    return Matrix(
      rows: a.rows, columns: a.columns, elements: a.elements.map { Element($0.scaled(exponent)) })
  }

  private func reflector(_ n: Int, _ generator: inout SplitMix64) -> [Double] {
    (0..<n).map { _ in Double.random(in: -1...1, using: &generator) }
  }
}

extension Double {
  /// self·2^exponent.
  func scaled(_ exponent: Int) -> Double { Double(sign: .plus, exponent: exponent, significand: self) }
}

extension Matrix<Double> {
  /// self ← (I − 2·v·vᵀ/vᵀv)·self.
  fileprivate mutating func reflect(rows v: [Double]) {
    let square = v.reduce(0) { $0 + $1 * $1 }
    for j in 0..<columns {
      let share = 2 * (0..<rows).reduce(0) { $0 + v[$1] * self[$1, j] } / square
      for i in 0..<rows { self[i, j] -= share * v[i] }
    }
  }
}

import LinearAlgebra

extension MatrixKind {
  /// Of any shape, with the values of ``spectrum(_:_:)``; a column that is to be zero or repeated is made so at the end.
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

  /// The eigenvalues of ``symmetric(_:definite:_:)`` before columns are made zero or repeated.
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

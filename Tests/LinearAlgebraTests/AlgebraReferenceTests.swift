import ComplexModule
import LinearAlgebra
import Testing

@Suite("Answers are NumPy's and SciPy's")
struct AlgebraReferenceTests {
  static let known = References.all.matrices

  /// ‖found − wanted‖/‖wanted‖ below 100 roundings of what the condition allows.
  private func expect<E: Scalar>(
    _ found: Matrix<E>, near wanted: Matrix<Double>, growth: Double,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let error = (found.exact() - wanted).norm(.frobenius)
    #expect(
      error <= 100 * growth * Double(E.ulpOfOne) * wanted.norm(.frobenius), sourceLocation: location)
  }

  private func expect<E: Scalar>(
    _ found: E, near wanted: Double, growth: Double, _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(
      abs(Double(found) - wanted) <= 100 * growth * Double(E.ulpOfOne) * abs(wanted), sourceLocation: location
    )
  }

  @Test("norms and singular values", arguments: precisions, known)
  func norms(_ type: any Scalar.Type, _ known: References.Known) throws {
    func check<E: Scalar>(_: E.Type) throws {
      let a = Matrix(known.matrix).converted(to: E.self)
      expect(a.norm(.one), near: known.one, growth: 1)
      expect(a.norm(.infinity), near: known.infinity, growth: 1)
      expect(a.norm(.frobenius), near: known.frobenius, growth: 1)
      expect(a.norm(.spectral), near: known.spectral, growth: 1)
      let values = try a.singularValues()
      #expect(values.count == known.singularValues.count)
      for (value, wanted) in zip(values, known.singularValues) {
        #expect(abs(Double(value) - wanted) <= 100 * Double(E.ulpOfOne) * known.spectral)
      }
      if known.growth < 1e4 {
        #expect(try a.rank() == known.rank)
        #expect(try PivotedQR(a).rank == known.rank)
        let spread = known.singularValues.last.map { known.singularValues[0] / $0 } ?? 1
        if known.rank == min(a.rows, a.columns) { expect(try a.condition(), near: spread, growth: spread) }
      }
    }
    try check(type)
  }

  @Test(
    "determinants, inverses and solutions of square matrices", arguments: precisions, known.filter(\.isSquare)
  )
  func square(_ type: any Scalar.Type, _ known: References.Known) throws {
    func check<E: Scalar>(_: E.Type) throws {
      let a = Matrix(known.matrix).converted(to: E.self)
      guard known.growth < 0.01 / Double(E.ulpOfOne), let condition = known.condition else { return }
      let (sign, logarithm) = (try #require(known.sign), try #require(known.logarithm))
      let found = [
        try a.logDeterminant(), try QR(a, tolerance: 0).logDeterminant,
        try PivotedQR(a, tolerance: 0).logDeterminant,
      ]
      for one in found {
        #expect(one.sign == sign)
        #expect(abs(one.logarithm - logarithm) <= 100 * condition * Double(E.ulpOfOne))
      }
      expect(try a.determinant(), near: try #require(known.determinant), growth: condition)
      expect(try a.inverse(), near: Matrix(try #require(known.inverse)), growth: condition)
      let b = known.b.map { E($0) }
      let solution = Matrix(rows: a.rows, columns: 1, elements: try #require(known.solution))
      expect(Matrix(rows: a.rows, columns: 1, elements: try a.solve(b)), near: solution, growth: condition)
      // An estimate never exceeds what it estimates.
      let estimate = Double(try LU(a).condition)
      #expect(estimate <= condition * (1 + 100 * condition * Double(E.ulpOfOne)) && estimate >= condition / 3)
    }
    try check(type)
  }

  @Test("pseudoinverses and least squares of any shape and rank", arguments: precisions, known)
  func leastSquares(_ type: any Scalar.Type, _ known: References.Known) throws {
    func check<E: Scalar>(_: E.Type) throws {
      guard known.growth < 1e4 else { return }
      let a = Matrix(known.matrix).converted(to: E.self)
      expect(try a.pseudoinverse(), near: Matrix(known.pseudoinverse), growth: known.growth)
      let wanted = Matrix(rows: a.columns, columns: 1, elements: known.leastSquares)
      let x = try a.leastSquares(known.b.map { E($0) })
      expect(Matrix(rows: a.columns, columns: 1, elements: x), near: wanted, growth: known.growth)
    }
    try check(type)
  }

  @Test("eigenvalues of square matrices", arguments: known.filter(\.isSquare))
  func eigenvalues(_ known: References.Known) throws {
    let wanted = try #require(known.eigenvalues).map { Complex($0[0], $0[1]) }
    var found = try GeneralEigen(Matrix(known.matrix)).values
    #expect(found.count == wanted.count)
    #expect(try GeneralEigen.values(of: Matrix(known.matrix)).count == wanted.count)
    // Frank's smallest ones are known for their condition.
    let tolerance = known.spectral * (known.name.hasPrefix("Frank") ? 1e-9 : 1e-12)
    for value in wanted {
      let nearest = try #require(
        found.indices.min { (found[$0] - value).length < (found[$1] - value).length })
      #expect((found[nearest] - value).length <= tolerance)
      found.remove(at: nearest)
    }
  }

  @Test("a matrix prints as NumPy prints it", arguments: References.all.printed)
  func printing(_ printed: References.Printed) throws {
    let matrix = Matrix(try printed.matrix.map { try $0.map { try #require(Double($0)) } })
    #expect(matrix.description == printed.text)
  }
}

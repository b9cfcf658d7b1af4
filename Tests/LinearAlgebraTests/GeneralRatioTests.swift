import ComplexModule
import LinearAlgebra
import RealModule
import Testing

/// What eigenvalues are the complex numbers of.
protocol RealScalar: Scalar, Real {}
extension Float: RealScalar {}
extension Double: RealScalar {}

private let reals: [any RealScalar.Type] = [Float.self, Double.self]

@Suite("Residual ratios of square matrices are below 30")
struct GeneralRatioTests {
  // LAPACK: dget02 and, for the inverse, dget03.
  @Test("‖b − A·x‖/(‖A‖·‖x‖·ε), ‖I − A·A⁻¹‖/(n·‖A‖·‖A⁻¹‖·ε)", arguments: precisions, MatrixKind.allCases)
  func lu(_ type: any Scalar.Type, _ kind: MatrixKind) throws {
    func check<E: Scalar>(_: E.Type) throws {
      for n in sizes {
        let matrix: Matrix<E> = kind.general(n, n, E.self)
        try expectSolved(
          matrix, kind.exponent(E.self), kind.rounding(E.self), "n \(n)", isRegular: kind.rank(n, n) == n)
      }
    }
    try check(type)
  }

  @Test("the same of hostile matrices", arguments: precisions, HostileKind.allCases)
  func hostile(_ type: any Scalar.Type, _ kind: HostileKind) throws {
    func check<E: Scalar>(_: E.Type) throws {
      for n in sizes where kind != .wilkinsonGrowth || n <= 16 {
        let matrix = kind.matrix(n, E.self)
        try expectSolved(matrix, kind.exponent(matrix), unit(E.self), "n \(n)", isRegular: false)
      }
    }
    try check(type)
  }

  private func expectSolved<E: Scalar>(
    _ matrix: Matrix<E>, _ exponent: Int, _ ε: Double, _ comment: Comment, isRegular: Bool
  ) throws {
    let (a, n) = (matrix.exact(-exponent), matrix.rows)
    switch Result(catching: { () throws(FactorizationError) in try LU(matrix) }) {
    case .success(let lu):
      for k in [1, 3] {
        let b = Matrix<E>.random(n, k, seed: 1).scaled(exponent)
        let x = lu.solve(b)
        if x.elements.allSatisfy(\.isFinite) { expectSolves(a, x, b.exact(-exponent), ε, comment) }
        #expect(x.elements.allSatisfy { $0.isFinite } || lu.condition > 0.01 / E(ε), comment)
      }
      guard let inverse = try? lu.inverse() else {
        return #expect(lu.condition > 0.01 / E(ε) || exponent < -100, comment)
      }
      // The inverse of LAPACK is one from the left of our transpose.
      let (y, identity) = (inverse.exact(exponent), Matrix<Double>.identity(n))
      let scale = Double(max(n, 1)) * a.norm * y.norm
      let left = ratio(identity.minus(y, a).norm, over: scale, ε)
      let right = ratio(identity.minus(a, y).norm, over: scale, ε)
      #expect(min(left, right) < 30, comment)
    case .failure(.singular(let row, _)):
      #expect(!isRegular, comment)
      // The rows up to this one are dependent, or nearly so.
      let least = try #require(try a.rows(0..<row + 1).singularValues().last)
      #expect(least <= 30 * Double(n) * ε * a.norm, comment)
    case .failure(let error): throw error
    }
  }

  // LAPACK: ddrvev.
  @Test("‖A·v − λ·v‖/(n·‖A‖·ε) and ‖v‖ = 1", arguments: reals, MatrixKind.allCases)
  func eigen(_ type: any RealScalar.Type, _ kind: MatrixKind) throws {
    func check<E: RealScalar>(_: E.Type) throws {
      for n in sizes {
        let matrix: Matrix<E> = kind.general(n, n, E.self)
        for isBalanced in [true, false] {
          let eigen = try GeneralEigen(matrix, isBalanced: isBalanced)
          try expectPairs(eigen, matrix, kind.exponent(E.self), kind.rounding(E.self), "n \(n)")
        }
      }
    }
    try check(type)
  }

  @Test("the same of hostile matrices", arguments: reals, HostileKind.allCases)
  func hostileEigen(_ type: any RealScalar.Type, _ kind: HostileKind) throws {
    func check<E: RealScalar>(_: E.Type) throws {
      for n in sizes {
        let matrix = kind.matrix(n, E.self)
        // Balancing brings the small rows of this one to the size of the large ones.
        for isBalanced in kind == .mixedRows ? [false] : [true, false] {
          let eigen = try GeneralEigen(matrix, isBalanced: isBalanced)
          try expectPairs(eigen, matrix, kind.exponent(matrix), unit(E.self), "n \(n)")
        }
      }
    }
    try check(type)
  }

  private func expectPairs<E: RealScalar>(
    _ eigen: GeneralEigen<E>, _ matrix: Matrix<E>, _ exponent: Int, _ ε: Double, _ comment: Comment
  ) throws {
    let (a, n) = (matrix.exact(-exponent), matrix.rows)
    #expect(eigen.values.count == n && eigen.vectors.count == n, comment)
    for (value, vector) in zip(eigen.values, eigen.vectors) {
      // A·V − V·Λ = [A V]·[V −Λ], where V holds the real and the imaginary part.
      let v = Matrix<Double>(vector.map { [Double($0.real), Double($0.imaginary)] })
      let (x, y) = (Double(value.real).scaled(-exponent), Double(value.imaginary).scaled(-exponent))
      let left = Matrix(joining: [a, v])
      let right = Matrix(stacking: [v, [[-x, -y], [y, -x]]])
      let residual = Matrix<Double>(rows: n, columns: 2).minus(left, right)
      #expect(ratio(residual.norm, over: Double(n) * a.norm, ε) < 30, comment)
      #expect(abs(v.norm(.frobenius) - 1) < 30 * ε, comment)
    }
  }
}

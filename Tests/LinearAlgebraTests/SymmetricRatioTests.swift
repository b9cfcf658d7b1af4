import LinearAlgebra
import Testing

@Suite("Residual ratios of symmetric matrices are below 30")
struct SymmetricRatioTests {
  // LAPACK: dpot01, dpot02.
  @Test("‖A − Uᵀ·U‖/(n·‖A‖·ε) and ‖b − A·x‖/(‖A‖·‖x‖·ε)", arguments: precisions, MatrixKind.allCases)
  func cholesky(_ type: any Scalar.Type, _ kind: MatrixKind) throws {
    func check<E: Scalar>(_: E.Type) throws {
      let (ε, exponent) = (kind.rounding(E.self), kind.exponent(E.self))
      for n in sizes {
        let matrix: Matrix<E> = kind.symmetric(n, definite: true, E.self)
        let a = matrix.exact(-exponent)
        switch Result(catching: { () throws(FactorizationError) in try Cholesky(matrix) }) {
        case .success(let factor):
          #expect(kind.zeros(n).isEmpty && (kind != .zero || n == 0), "n \(n) has no factor")
          // Half of the exponent each; an odd one leaves a factor of 2 to one of them.
          let half = exponent / 2
          let (left, right) = (factor.factor.exact(-half), factor.factor.exact(half - exponent))
          let residual = ratio(a.minus(left.transposed, right).norm, over: Double(max(n, 1)) * a.norm, ε)
          #expect(residual < 30, "n \(n)")
          for k in [1, 3] {
            let b = Matrix<E>.random(n, k, seed: 1).scaled(exponent)
            let x = factor.solve(b)
            expectSolves(a, x, b.exact(-exponent), ε, "n \(n), \(k) right-hand sides")
          }
        case .failure(.notPositiveDefinite(let minor, _)):
          #expect(kind.zeros(n).isEmpty || minor == kind.zeros(n).lowerBound + 1, "n \(n)")
          let least = try #require(try SymmetricEigen(a.rows(0..<minor).leading(minor)).values.first)
          #expect(least <= 30 * Double(n) * ε * a.norm, "n \(n): minor \(minor) is positive definite")
        case .failure(let error): throw error
        }
      }
    }
    try check(type)
  }

  // LAPACK: dsyt21; Weyl's inequality for the eigenvalues.
  @Test("‖A − Vᵀ·Λ·V‖/(n·‖A‖·ε), ‖I − V·Vᵀ‖/(n·ε), eigenvalues", arguments: precisions, MatrixKind.allCases)
  func eigen(_ type: any Scalar.Type, _ kind: MatrixKind) throws {
    func check<E: Scalar>(_: E.Type) throws {
      let (ε, exponent) = (kind.rounding(E.self), kind.exponent(E.self))
      for n in sizes {
        let matrix: Matrix<E> = kind.symmetric(n, definite: false, E.self)
        let (a, eigen) = (matrix.exact(-exponent), try SymmetricEigen(matrix))
        let (v, scale) = (eigen.vectors.exact(), Double(max(n, 1)) * a.norm)
        let values = eigen.values.map { Double($0).scaled(-exponent) }
        #expect(ratio(a.minus(v.transposed, diagonal: values, v).norm, over: scale, ε) < 30, "n \(n)")
        #expect(v.transposed.orthogonality(ε) < 30, "n \(n)")
        #expect(values == values.sorted(), "n \(n)")
        if kind.spectrum(n, E.self) != nil {
          let known = kind.signed(n, definite: false, E.self).sorted()
          for (value, expected) in zip(values, known) {
            #expect(ratio(abs(value - expected), over: scale, ε) < 30, "n \(n)")
          }
        }
        if let rank = kind.rank(n, n) { #expect(eigen.rank == rank, "n \(n)") }
        guard eigen.rank == n, n > 0 else { continue }
        let b = Matrix<E>.random(n, 3, seed: 1).scaled(exponent)
        expectSolves(a, eigen.solve(b), b.exact(-exponent), ε, "n \(n)")
      }
    }
    try check(type)
  }
}

/// ‖b − A·x‖/(‖A‖·‖x‖·ε) < 30 in each column, as dpot02 has it.
func expectSolves<E: Scalar>(
  _ a: Matrix<Double>, _ x: Matrix<E>, _ b: Matrix<Double>, _ ε: Double, _ comment: Comment
) {
  let (x, norm) = (x.exact(), a.norm)
  let residual = b.minus(a, x)
  for j in 0..<x.columns {
    let worth = ratio(residual.columnMatrix(j).norm, over: norm * x.columnMatrix(j).norm, ε)
    #expect(worth < 30, comment)
  }
}

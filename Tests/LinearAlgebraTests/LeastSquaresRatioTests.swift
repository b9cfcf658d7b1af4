import LinearAlgebra
import Testing

@Suite("Residual ratios of rectangular matrices are below 30")
struct LeastSquaresRatioTests {
  // LAPACK: dqrt01, dqrt17.
  @Test("‖A − Q·R‖/(m·‖A‖·ε), ‖I − Qᵀ·Q‖/(m·ε), ‖Aᵀ·(b − A·x)‖", arguments: precisions, MatrixKind.allCases)
  func qr(_ type: any Scalar.Type, _ kind: MatrixKind) throws {
    func check<E: Scalar>(_: E.Type) throws {
      let (ε, exponent) = (kind.rounding(E.self), kind.exponent(E.self))
      for (m, n) in shapes {
        let matrix: Matrix<E> = kind.general(m, n, E.self)
        let a = matrix.exact(-exponent)
        switch Result(catching: { () throws(FactorizationError) in try QR(matrix) }) {
        case .success(let qr):
          #expect(kind.rank(m, n) ?? n == n, "\(m) × \(n) has dependent columns")
          let (q, r) = (qr.q.exact(), qr.r.exact(-exponent))
          #expect(ratio(a.minus(q, r).norm, over: Double(max(m, 1)) * a.norm, ε) < 30, "\(m) × \(n)")
          #expect(q.orthogonality(ε) < 30, "\(m) × \(n)")
          for k in [1, 3] {
            let b = Matrix<E>.random(m, k, seed: 1).scaled(exponent)
            expectLeast(a, qr.solve(b), b.exact(-exponent), ε, "\(m) × \(n), \(k) right-hand sides")
          }
        case .failure(.rankDeficient(let column, _)):
          // Beyond the rows a column depends on those before it whatever it is.
          if column < m { try expectDependent(a, column, kind, ε) }
        case .failure(let error): throw error
        }
      }
    }
    try check(type)
  }

  /// The new part of the column is small, so as small is some combination of columns of length 1.
  private func expectDependent(_ a: Matrix<Double>, _ column: Int, _ kind: MatrixKind, _ ε: Double) throws {
    var leading = a.leading(column + 1)
    for j in 0...column {
      let length = leading.columnMatrix(j).elements.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for i in 0..<a.rows where length > 0 { leading[i, j] /= length }
    }
    let least = try #require(try SVD(leading).singularValues.last)
    let size = Double(max(a.rows, a.columns))
    #expect(least <= 21 * size.squareRoot() * ε, "\(a.rows) × \(a.columns), column \(column)")
    if let zero = kind.zeros(a.columns).first { #expect(column == zero, "\(a.rows) × \(a.columns)") }
    if kind == .repeated { #expect(column == 1, "\(a.rows) × \(a.columns)") }
  }

  // LAPACK: dbdt01, dort01; Weyl's inequality for the singular values.
  @Test("‖A − U·Σ·Vᵀ‖/(max(m, n)·‖A‖·ε), U, V, σ, rank", arguments: precisions, MatrixKind.allCases)
  func svd(_ type: any Scalar.Type, _ kind: MatrixKind) throws {
    func check<E: Scalar>(_: E.Type) throws {
      let (ε, exponent) = (kind.rounding(E.self), kind.exponent(E.self))
      for (m, n) in shapes {
        let matrix: Matrix<E> = kind.general(m, n, E.self)
        let (a, svd) = (matrix.exact(-exponent), try SVD(matrix))
        let (u, vT, scale) = (svd.u.exact(), svd.vTransposed.exact(), Double(max(m, n, 1)) * a.norm)
        let values = svd.singularValues.map { Double($0).scaled(-exponent) }
        #expect(ratio(a.minus(u, diagonal: values, vT).norm, over: scale, ε) < 30, "\(m) × \(n)")
        #expect(u.orthogonality(ε) < 30 && vT.transposed.orthogonality(ε) < 30, "\(m) × \(n)")
        #expect(values == values.sorted(by: >) && values.allSatisfy { $0 >= 0 }, "\(m) × \(n)")
        for (value, expected) in zip(values, kind.spectrum(min(m, n), E.self) ?? []) {
          #expect(ratio(abs(value - expected), over: scale, ε) < 30, "\(m) × \(n)")
        }
        if let rank = kind.rank(m, n) { #expect(svd.rank == rank, "\(m) × \(n)") }
        for k in [1, 3] {
          let b = Matrix<E>.random(m, k, seed: 1).scaled(exponent)
          expectLeast(a, svd.solve(b), b.exact(-exponent), ε, "\(m) × \(n), \(k) right-hand sides")
        }
      }
    }
    try check(type)
  }

  private let shapes = sizes.flatMap { m in sizes.map { n in (m, n) } }
}

/// ‖Aᵀ·(b − A·x)‖/(max(m, n)·‖A‖·(‖b‖ + ‖A‖·‖x‖)·ε) < 30 in each column: no shorter residual is near.
func expectLeast<E: Scalar>(
  _ a: Matrix<Double>, _ x: Matrix<E>, _ b: Matrix<Double>, _ ε: Double, _ comment: Comment
) {
  let (x, norm) = (x.exact(), a.norm)
  let residual = b.minus(a, x)
  let slope = Matrix<Double>(rows: a.columns, columns: b.columns).minus(a.transposed, residual)
  for j in 0..<b.columns {
    let size = a.transposed.norm * (b.columnMatrix(j).norm + norm * x.columnMatrix(j).norm)
    let worth = ratio(slope.columnMatrix(j).norm, over: Double(max(a.rows, a.columns)) * size, ε)
    #expect(worth < 30, comment)
  }
}

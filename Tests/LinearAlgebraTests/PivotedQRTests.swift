import LinearAlgebra
import Testing

@Suite("PivotedQR: A·P = Q·R")
struct PivotedQRTests {
  // LAPACK: dqpt01, dqrt11, dqrt12, dqrt17.
  @Test(
    "‖A·P − Q·R‖/(m·‖A‖·ε), ‖I − Qᵀ·Q‖/(m·ε), the diagonal falls", arguments: precisions, MatrixKind.allCases)
  func ratios(_ type: any Scalar.Type, _ kind: MatrixKind) throws {
    func check<E: Scalar>(_: E.Type) throws {
      let (ε, exponent) = (kind.rounding(E.self), kind.exponent(E.self))
      for (m, n) in sizes.flatMap({ m in sizes.map { (m, $0) } }) {
        let matrix: Matrix<E> = kind.general(m, n, E.self)
        let (a, qr) = (matrix.exact(-exponent), try PivotedQR(matrix))
        #expect(qr.permutation.sorted() == Array(0..<n))
        let ordered = a.transposed.rows(at: qr.permutation).transposed
        let (q, r) = (qr.q.exact(), qr.r.exact(-exponent))
        #expect(ratio(ordered.minus(q, r).norm, over: Double(max(m, n, 1)) * a.norm, ε) < 30, "\(m) × \(n)")
        #expect(q.orthogonality(ε) < 30, "\(m) × \(n)")
        let diagonal = r.diagonal.map { abs($0) }
        for (next, last) in zip(diagonal.dropFirst(), diagonal) { #expect(next <= last * (1 + 30 * ε)) }
        if let rank = kind.rank(m, n) { #expect(qr.rank == rank, "\(m) × \(n)") }
        guard qr.rank == n else { continue }
        let b = Matrix<E>.random(m, 3, seed: 1).scaled(exponent)
        expectLeast(a, qr.solve(b), b.exact(-exponent), ε, "\(m) × \(n)")
        expectLeast(a, try matrix.leastSquares(b), b.exact(-exponent), ε, "\(m) × \(n)")
      }
    }
    try check(type)
  }

  @Test("a solution of low rank uses as many columns, and is as good", arguments: precisions)
  func lowRank(_ type: any Scalar.Type) throws {
    func check<E: Scalar>(_: E.Type) throws {
      for (m, n, rank) in [(9, 6, 2), (6, 9, 3), (5, 5, 4), (30, 30, 1), (4, 3, 0)] {
        let a = Matrix<E>.random(m, rank, seed: 1) * .random(rank, n, seed: 2)
        let qr = try PivotedQR(a)
        #expect(qr.rank == rank)
        let b = Matrix<E>.random(m, 2, seed: 3)
        let (x, shortest) = (qr.solve(b), try a.leastSquares(b))
        for j in 0..<2 { #expect(x.column(j).count { $0 != 0 } == rank) }
        #expect(distance(a * x, a * shortest) < 200)
        #expect(distance(shortest, try SVD(a).solve(b)) == 0)
        #expect(qr.condition > 0.001 / .ulpOfOne || rank == 0)
      }
      #expect(try PivotedQR(Matrix<E>.identity(4)).condition == 1)
      #expect(try PivotedQR(Matrix<E>(rows: 0, columns: 3)).condition == 1)
    }
    try check(type)
  }
}

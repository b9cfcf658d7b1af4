import LinearAlgebra
import Testing

@Suite("All singular vectors")
struct FullSVDTests {
  @Test("span the whole spaces and solve as the thin ones do", arguments: precisions, SVDTests.shapes)
  func full(_ type: any Scalar.Type, _ shape: (Int, Int)) throws {
    func check<E: Scalar>(_: E.Type) throws {
      let (m, n, k) = (shape.0, shape.1, min(shape.0, shape.1))
      let a = Matrix<E>.random(m, n, seed: 1)
      let (svd, thin) = (try SVD(a, vectors: .full), try SVD(a))
      #expect((svd.u.rows, svd.u.columns) == (m, m))
      #expect((svd.vTransposed.rows, svd.vTransposed.columns) == (n, n))
      #expect(distance(svd.u.gram, .identity(m)) < 60)
      #expect(distance(svd.vTransposed.gram, .identity(n)) < 60)
      #expect(distance(svd.singularValues, thin.singularValues) < 60)
      #expect(distance(try a.singularValues(), thin.singularValues) < 60)
      // UᵀA is diag(σ)·Vᵀ, and 0 in the rows beyond the values.
      let turned = svd.u.multiplied(by: a, .transposed)
      #expect(distance(turned.rows(0..<k), .diagonal(svd.singularValues) * svd.vTransposed.rows(0..<k)) < 100)
      #expect(turned.rows(k..<m).norm(.frobenius) < 100 * .ulpOfOne)
      let b = Matrix<E>.random(m, 2, seed: 2)
      #expect(distance(svd.solve(b), thin.solve(b)) < 1000)
    }
    try check(type)
  }
}

import LinearAlgebra
import Testing

@Suite("SVD: A = U·diag(σ)·Vᵀ")
struct SVDTests {
  static let shapes = [(0, 0), (0, 3), (3, 0), (1, 1), (1, 6), (5, 5), (7, 3), (3, 7), (90, 40)]

  @Test("U and V are orthonormal, σ descends, the product is A", arguments: precisions, shapes)
  func identities(_ type: any Scalar.Type, _ shape: (Int, Int)) throws {
    func check<E: Scalar>(_: E.Type) throws {
      let (m, n, k) = (shape.0, shape.1, min(shape.0, shape.1))
      let a = Matrix<E>.random(m, n, seed: 1)
      let svd = try SVD(a)
      #expect((svd.u.rows, svd.vTransposed.columns, svd.singularValues.count) == (m, n, k))
      #expect(distance(svd.u.gram, .identity(k)) < 40)
      #expect(distance(svd.vTransposed.transposed.gram, .identity(k)) < 40)
      #expect(distance(svd.u * .diagonal(svd.singularValues) * svd.vTransposed, a) < 60)
      #expect(svd.singularValues == svd.singularValues.sorted(by: >))
      #expect(svd.singularValues.allSatisfy { $0 >= 0 })
      #expect(svd.rank == k)
    }
    try check(type)
  }

  @Test("the pseudoinverse meets Penrose's four conditions at any rank", arguments: precisions, shapes)
  func penrose(_ type: any Scalar.Type, _ shape: (Int, Int)) throws {
    func check<E: Scalar>(_: E.Type, rank: Int) throws {
      let a = Matrix<E>.random(shape.0, rank, seed: 1) * .random(rank, shape.1, seed: 2)
      let svd = try SVD(a)
      #expect(svd.rank == rank)
      let p = svd.pseudoinverse
      let (left, right) = (a * p, p * a)
      let bound = 100 * (rank == 0 ? 1 : svd.singularValues[0] / svd.singularValues[rank - 1])
      #expect(distance(left * a, a) < bound)
      #expect(distance(right * p, p) < bound)
      #expect(distance(left, left.transposed) < bound)
      #expect(distance(right, right.transposed) < bound)
    }
    for rank in max(0, min(shape.0, shape.1) - 2)...min(shape.0, shape.1) { try check(type, rank: rank) }
  }

  // scipy.linalg: B = np.array([[1, 2, 3], [4, 5, 6.]]); svd(B, full_matrices=False)[1]; pinv(B);
  // lstsq(B, [1, 2])[0]
  @Test(arguments: precisions) func scipyWide(_ type: any Scalar.Type) throws {
    func check<E: Scalar>(_: E.Type) throws {
      let svd = try SVD([[1, 2, 3], [4, 5, 6]] as Matrix<E>)
      #expect(distance(svd.singularValues, [9.508032000695724, 0.7728696356734844]) < 4)
      let inverse: Matrix<E> = [
        [-0.9444444444444444, 0.4444444444444443], [-0.11111111111111108, 0.11111111111111109],
        [0.7222222222222221, -0.22222222222222207],
      ]
      #expect(distance(svd.pseudoinverse, inverse) < 20)
      #expect(
        distance(svd.solve([1, 2]), [-0.05555555555555583, 0.11111111111111112, 0.277777777777778]) < 20)
    }
    try check(type)
  }

  // scipy.linalg.lstsq(np.array([[1, 2, 3], [2, 4, 6], [1, 0, 1], [0, 1, 1.]]), [1, 2, 3, 4])
  @Test(arguments: precisions) func scipyRankDeficient(_ type: any Scalar.Type) throws {
    func check<E: Scalar>(_: E.Type) throws {
      let svd = try SVD([[1, 2, 3], [2, 4, 6], [1, 0, 1], [0, 1, 1]] as Matrix<E>)
      #expect(svd.rank == 2)
      #expect(distance(Array(svd.singularValues[..<2]), [8.539934920503985, 1.0341719168284527]) < 4)
      let x = svd.solve([1, 2, 3, 4])
      #expect(distance(x, [0.6666666666666666, -0.2564102564102565, 0.41025641025641013]) < 20)
      #expect(svd.condition > 0.01 / .ulpOfOne)
    }
    try check(type)
  }

  @Test("condition numbers") func condition() throws {
    // np.linalg.cond(scipy.linalg.hilbert(6))
    #expect(abs(try SVD(Matrix<Double>.hilbert(6)).condition / 14951058.642254734 - 1) < 1e-8)
    #expect(try SVD(Matrix<Double>.identity(3)).condition == 1)
    #expect(try SVD(Matrix<Double>(rows: 2, columns: 3)).condition == .infinity)
    #expect(try SVD(Matrix<Double>(rows: 0, columns: 3)).condition == 1)
  }

  @Test("values within the tolerance count as 0") func tolerance() throws {
    let a = Matrix<Double>.diagonal([1, 0.1, 0.001])
    #expect(try SVD(a).rank == 3)
    let cut = try SVD(a, tolerance: 0.01)
    #expect(cut.rank == 2)
    #expect(distance(cut.solve([1, 1, 1]), [1, 10, 0]) < 4)
    let none = try SVD(Matrix<Double>(rows: 2, columns: 2))
    #expect(none.rank == 0)
    #expect(none.solve([1, 1]) == [0, 0])
  }
}

import LinearAlgebra
import Testing

@Suite("SymmetricEigen: A = Vᵀ·diag(λ)·V")
struct SymmetricEigenTests {
  @Test("V is orthogonal, λ ascends, the product is A", arguments: precisions, [0, 1, 2, 5, 60])
  func identities(_ type: any Scalar.Type, _ n: Int) throws {
    func check<E: Scalar>(_: E.Type) throws {
      var a = Matrix<E>.random(n, n, seed: 1)
      for i in 0..<n { for j in 0..<i { a[i, j] = a[j, i] } }
      var upperOnly = a
      for i in 0..<n { for j in 0..<i { upperOnly[i, j] = .nan } }
      let eigen = try SymmetricEigen(upperOnly)
      let v = eigen.vectors
      #expect(distance(v.gram, .identity(n)) < 40)
      #expect(distance(v.multiplied(by: .diagonal(eigen.values) * v, .transposed), a) < 60)
      #expect(eigen.values == eigen.values.sorted())
      #expect(eigen.rank == n)
      for (i, value) in eigen.values.enumerated() {
        let row = Array(v[row: i])
        #expect(distance(a.multiplied(by: row), row.map { value * $0 }) < 60)
      }
      let x = Matrix<E>.random(n, 3, seed: 2)
      #expect(distance(eigen.solve(a * x), x) < 100 * eigen.condition)
    }
    try check(type)
  }

  // scipy.linalg.eigh(np.array([[2, -1, 0], [-1, 2, -1], [0, -1, 2.]])), and of [[1, 2], [2, 1]]
  @Test(arguments: precisions) func scipy(_ type: any Scalar.Type) throws {
    func check<E: Scalar>(_: E.Type) throws {
      let eigen = try SymmetricEigen([[2, -1, 0], [-1, 2, -1], [0, -1, 2]] as Matrix<E>)
      #expect(distance(eigen.values, [0.5857864376269073, 2, 3.414213562373095]) < 8)
      let half: E = 0.7071067811865475
      #expect(distance(eigen.vectors[row: 0].map { abs($0) }, [0.5, half, 0.5]) < 8)
      #expect(distance(eigen.vectors[row: 1].map { abs($0) }, [half, 0, half]) < 8)
      #expect(distance(try SymmetricEigen([[1, 2], [2, 1]] as Matrix<E>).values, [-1, 3]) < 8)
    }
    try check(type)
  }

  @Test("indefinite and singular matrices have the shortest solution") func singular() throws {
    let a: Matrix<Double> = [[1, 1, 0], [1, 1, 0], [0, 0, -2]]
    let eigen = try SymmetricEigen(a)
    #expect(eigen.rank == 2)
    #expect(distance(eigen.solve([2, 2, 4]), [1, 1, -2]) < 20)
    #expect(distance(eigen.solve(.identity(3)), try SVD(a).pseudoinverse) < 20)
    #expect(try SymmetricEigen(Matrix<Double>.diagonal([-4, 2])).condition == 2)
    #expect(try SymmetricEigen(Matrix<Double>.diagonal([1, 0])).condition == .infinity)
    #expect(try SymmetricEigen(Matrix<Double>.diagonal([1, 0.01]), tolerance: 0.1).rank == 1)
  }
}

import LinearAlgebra
import Testing

@Suite("Cholesky: A = Uᵀ·U")
struct CholeskyTests {
  @Test("U is upper triangular and its square is A", arguments: precisions, [0, 1, 2, 5, 40, 150])
  func identities(_ type: any Scalar.Type, _ n: Int) throws {
    func check<E: Scalar>(_: E.Type) throws {
      var a = Matrix<E>.random(2 * n, n, seed: 1).gram
      for i in 0..<n { a[i, i] += 1 }
      var upperOnly = a
      for i in 0..<n { for j in 0..<i { upperOnly[i, j] = .nan } }
      let cholesky = try Cholesky(upperOnly)
      let u = cholesky.factor
      #expect(distance(u.multiplied(by: u, .transposed), a) < 50)
      for i in 0..<n {
        #expect(u[i, i] > 0)
        for j in 0..<i { #expect(u[i, j] == 0) }
      }
      for k in [0, 1, 3] {
        let x = Matrix<E>.random(n, k, seed: 2)
        #expect(distance(cholesky.solve(a * x), x) < 1000, "\(k) right-hand sides")
      }
      let x = Array(Matrix<E>.random(n, 1, seed: 3).elements)
      #expect(distance(cholesky.solve(a.multiplied(by: x)), x) < 1000)
    }
    try check(type)
  }

  // scipy.linalg: A = np.array([[4, 2, 1], [2, 5, 3], [1, 3, 6.]]); cholesky(A);
  // cho_solve(cho_factor(A), [1, 2, 3]); np.linalg.slogdet(A)[1]
  @Test(arguments: precisions) func scipy(_ type: any Scalar.Type) throws {
    func check<E: Scalar>(_: E.Type) throws {
      let cholesky = try Cholesky([[4, 2, 1], [2, 5, 3], [1, 3, 6]] as Matrix<E>)
      #expect(distance(cholesky.factor, [[2, 1, 0.5], [0, 2, 1.25], [0, 0, 2.0463381929681126]]) < 4)
      let x = [0.08955223880597016, 0.10447761194029848, 0.4328358208955224] as [E]
      #expect(distance(cholesky.solve([1, 2, 3]), x) < 4)
      #expect(distance([E(cholesky.logDeterminant.logarithm)], [4.204692619390966]) < 4)
    }
    try check(type)
  }

  @Test("the logarithm of a determinant that underflows") func hilbert() throws {
    // np.linalg.slogdet(scipy.linalg.hilbert(8))[1]; the determinant is 2.7e-33.
    #expect(abs(try Cholesky(Matrix<Double>.hilbert(8)).logDeterminant.logarithm + 74.9784273675659) < 1e-4)
    let tiny = Matrix<Float>.diagonal(Array(repeating: 1e-30, count: 9))
    #expect(abs(try Cholesky(tiny).logDeterminant.logarithm + 9 * 30 * 2.302585092994046) < 1e-3)
    #expect(try Cholesky(Matrix<Float>(rows: 0, columns: 0)).logDeterminant.logarithm == 0)
  }

  @Test("Hilbert matrices solve to a small residual, where Float gives up at 9", arguments: 1...12)
  func hilbertResidual(_ n: Int) throws {
    let a = Matrix<Double>.hilbert(n)
    let b = a.multiplied(by: [Double](repeating: 1, count: n))
    let x = try Cholesky(a).solve(b)
    #expect(distance(a.multiplied(by: x), b) < 20)
    if n >= 9 {
      #expect(throws: FactorizationError.self) { try Cholesky(a.converted(to: Float.self)) }
    }
  }

  @Test("the failing leading minor is named", arguments: precisions, [1, 2, 5, 70, 130])
  func indefinite(_ type: any Scalar.Type, _ minor: Int) {
    func check<E: Scalar>(_: E.Type) {
      let n = 130
      for pivot in [-1, 0] as [E] {
        var a = Matrix<E>.identity(n)
        a[minor - 1, minor - 1] = pivot
        #expect(throws: FactorizationError.notPositiveDefinite(leadingMinor: minor, order: n)) {
          try Cholesky(a)
        }
      }
    }
    check(type)
  }

  @Test("singular, indefinite and overflowing matrices") func failures() {
    func check(_ a: Matrix<Double>, _ minor: Int) {
      #expect(throws: FactorizationError.notPositiveDefinite(leadingMinor: minor, order: a.rows)) {
        try Cholesky(a)
      }
    }
    check([[1, 2], [2, 1]], 2)
    check([[1, 1, 0], [1, 1, 0], [0, 0, 1]], 2)
    check([[0]], 1)
    // u₀₂ overflows, u₁₂ = −0·∞ is NaN, and so is the last pivot.
    check([[1e-300, 0, 1e200], [0, 1, 0], [1e200, 0, 1]], 3)
  }

  @Test("a solution in place") func inPlace() throws {
    let cholesky = try Cholesky([[4, 2], [2, 3]] as Matrix<Double>)
    var b: [Double] = [8, 4, 7, 2]  // two right-hand sides, side by side
    var span = b.mutableSpan
    cholesky.solve(into: &span, rightHandSides: 2)
    #expect(distance(b, [1.25, 1, 1.5, 0]) < 4)
  }
}

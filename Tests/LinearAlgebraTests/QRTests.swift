import LinearAlgebra
import Testing

@Suite("QR: A = Q·R")
struct QRTests {
  static let shapes = [(0, 0), (3, 0), (1, 1), (5, 5), (7, 3), (200, 60)]

  @Test("Qᵀ·Q = I, R is upper triangular, Q·R = A", arguments: precisions, shapes)
  func identities(_ type: any Scalar.Type, _ shape: (Int, Int)) throws {
    func check<E: Scalar>(_: E.Type) throws {
      let (m, n) = shape
      let a = Matrix<E>.random(m, n, seed: 1)
      let qr = try QR(a)
      #expect(distance(qr.q.gram, .identity(n)) < 30)
      #expect(distance(qr.q * qr.r, a) < 50)
      for i in 0..<n { for j in 0..<i { #expect(qr.r[i, j] == 0) } }
    }
    try check(type)
  }

  @Test("the residual is orthogonal to the columns", arguments: precisions, shapes)
  func leastSquares(_ type: any Scalar.Type, _ shape: (Int, Int)) throws {
    func check<E: Scalar>(_: E.Type) throws {
      let (m, n) = shape
      let a = Matrix<E>.random(m, n, seed: 1)
      let qr = try QR(a)
      for k in [0, 1, 3] {
        let b = Matrix<E>.random(m, k, seed: 2)
        let x = qr.solve(b)
        #expect((x.rows, x.columns) == (n, k))
        var residual = b
        residual.withMutableElements {
          gemm(m: m, n: k, k: n, alpha: -1, a.elements.span, x.elements.span, beta: 1, into: &$0)
        }
        let slope = a.multiplied(by: residual, .transposed)
        #expect(distance(slope, Matrix(rows: n, columns: k)) < 400, "\(k) right-hand sides")
      }
    }
    try check(type)
  }

  // scipy.linalg: V = np.vander(np.arange(1, 6.), 3); lstsq(V, [1, 4, 2, 5, 3.5])[0];
  // np.abs(qr(V, mode='economic')[1])
  @Test(arguments: precisions) func scipy(_ type: any Scalar.Type) throws {
    func check<E: Scalar>(_: E.Type) throws {
      let qr = try QR([[1, 1, 1], [4, 2, 1], [9, 3, 1], [16, 4, 1], [25, 5, 1]] as Matrix<E>)
      let x = qr.solve([1, 4, 2, 5, 3.5])
      #expect(distance(x, [-0.28571428571428625, 2.3142857142857185, -0.7000000000000034]) < 100)
      let r: Matrix<E> = [
        [31.288975694324026, 7.191031186131671, 1.7578076232766309],
        [0, 1.8135794661612474, 1.3010461387678514],
        [0, 0, 0.46625240412015734],
      ]
      #expect(distance(qr.r.elements.map { abs($0) }, Array(r.elements)) < 4)
    }
    try check(type)
  }

  @Test("the first dependent column is named", arguments: precisions)
  func rankDeficient(_ type: any Scalar.Type) {
    func check<E: Scalar>(_: E.Type) {
      for scale in [1e-6, 1, 1e6] as [E] {
        var a = Matrix<E>.random(2000, 12, seed: 1)
        for i in 0..<a.rows { a[i, 7] = scale * (a[i, 2] - 3 * a[i, 5]) }
        #expect(throws: FactorizationError.rankDeficient(column: 7, columns: 12)) { try QR(a) }
      }
      var zero = Matrix<E>.random(4, 3, seed: 1)
      for i in 0..<4 { zero[i, 1] = 0 }
      #expect(throws: FactorizationError.rankDeficient(column: 1, columns: 3)) { try QR(zero) }
      #expect(throws: FactorizationError.rankDeficient(column: 2, columns: 5)) {
        try QR(Matrix<E>.random(2, 5, seed: 1))
      }
      #expect(throws: FactorizationError.rankDeficient(column: 0, columns: 1)) {
        try QR(Matrix<E>(rows: 0, columns: 1))
      }
    }
    check(type)
  }

  @Test("the scale of a column decides nothing, the tolerance does") func tolerance() throws {
    let small: Matrix<Double> = [[1e-200, 1], [0, 1e200], [0, 1]]
    #expect(distance(try QR(small).solve([1e-200, 0, 0]), [1, 0]) < 4)
    let near: Matrix<Double> = [[1, 1], [0, 1e-3]]
    _ = try QR(near)
    #expect(throws: FactorizationError.rankDeficient(column: 1, columns: 2)) {
      try QR(near, tolerance: 1e-2)
    }
  }
}

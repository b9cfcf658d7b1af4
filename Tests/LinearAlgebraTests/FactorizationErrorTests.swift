import LinearAlgebra
import Testing

@Suite("What cannot be factored says why")
struct FactorizationErrorTests {
  @Test("NaN and infinity are found", arguments: precisions, [0.0 / 0, 1.0 / 0, -1.0 / 0])
  func notFinite(_ type: any Scalar.Type, _ bad: Double) {
    func check<E: Scalar>(_: E.Type) {
      var a = Matrix<E>.identity(4)
      a[1, 3] = E(bad)
      a[2, 2] = E(bad)
      let error = FactorizationError.notFinite(row: 1, column: 3)
      #expect(throws: error) { try Cholesky(a) }
      #expect(throws: error) { try QR(a) }
      #expect(throws: error) { try SVD(a) }
      #expect(throws: error) { try SymmetricEigen(a) }
      #expect(throws: error) { try LU(a) }
      #expect(throws: error) { try PivotedQR(a) }
      #expect(throws: error) { try a.singularValues() }
      #expect(throws: error) { try SymmetricEigen.values(of: a) }
      #expect(throws: error) { try SymmetricEigen.pairs(of: a, ranks: 0..<2) }

      var view = Matrix<E>.identity(5)
      view[4, 0] = E(bad)
      #expect(throws: FactorizationError.notFinite(row: 1, column: 0)) { try SVD(view.rows(3..<5)) }
    }
    check(type)
  }

  @Test("what exceeds the largest number is no rank", arguments: precisions)
  func overflow(_ type: any Scalar.Type) {
    func check<E: Scalar>(_: E.Type) {
      let a = Matrix<E>(rows: 2, columns: 2, repeating: .greatestFiniteMagnitude)
      #expect(throws: FactorizationError.overflow(routine: "gesdd")) { try SVD(a) }
      #expect(throws: FactorizationError.overflow(routine: "syevd")) { try SymmetricEigen(a) }
      #expect(throws: FactorizationError.overflow(routine: "geqrf")) { try QR(a) }
      #expect(throws: FactorizationError.notPositiveDefinite(leadingMinor: 2, order: 2)) { try Cholesky(a) }
    }
    check(type)
  }

  @Test("what LAPACK's integers cannot count is no crash") func tooLarge() {
    // Never read: memory that nobody touches is none.
    let large = Matrix<Float>(rows: 1 << 15, columns: 1 << 15) { _ in }
    #expect(throws: FactorizationError.tooLarge(routine: "syevd", count: 2_147_680_257)) {
      try SymmetricEigen(large)
    }
    #expect(throws: FactorizationError.tooLarge(routine: "gesdd", count: 4_299_390_976)) { try SVD(large) }
    let rows = 1 << 33
    #expect(throws: FactorizationError.tooLarge(routine: "geqrf", count: rows)) {
      try QR(Matrix<Float>(rows: rows, columns: 0))
    }
    #expect(throws: FactorizationError.tooLarge(routine: "geqp3", count: rows)) {
      try PivotedQR(Matrix<Float>(rows: 0, columns: rows))
    }
    #expect(throws: FactorizationError.tooLarge(routine: "gesdd", count: rows)) {
      try Matrix<Float>(rows: 0, columns: rows).singularValues()
    }
  }

  @Test("in a right-hand side they pass into its solution, and into no other") func rightHandSide() throws {
    let b: Matrix<Double> = [[1, .nan], [2, 1]]
    let a: Matrix<Double> = [[2, 1], [1, 3]]
    let solvers: [any Factorization<Double>] = try [
      LU(a), Cholesky(a), QR(a), PivotedQR(a), SVD(a), SymmetricEigen(a),
    ]
    for solver in solvers {
      let x = solver.solve(b)
      #expect(x[0, 0].isFinite && x[1, 0].isFinite, "\(solver)")
      #expect(x[0, 1].isNaN && x[1, 1].isNaN, "\(solver)")
      #expect(distance(solver.solve([1, 2]), [0.2, 0.6]) < 8)
    }
  }

  @Test(
    "the message names the place and the remedy",
    arguments: [
      (FactorizationError.notFinite(row: 3, column: 5), ["row 3, column 5", "remove"]),
      (
        .notPositiveDefinite(leadingMinor: 2, order: 7),
        ["minor of order 2 of 7", "info 2", "identity", "SymmetricEigen"]
      ),
      (.rankDeficient(column: 4, columns: 9), ["column 4", "of 9", "leave it out", "SVD"]),
      (.notConverged(routine: "gesdd", remaining: 3), ["gesdd", "3 values", "Double"]),
      (.singular(row: 4, order: 9), ["row 4", "of 9", "info 5", "leave it out", "SVD"]),
      (
        .tooLarge(routine: "syevd", count: 3_000_000_000),
        ["syevd", "3000000000", "2147483647", "without vectors"]
      ),
      (.overflow(routine: "syevd"), ["syevd", "scale", "Double"]),
      (.refused(routine: "potrf", argument: 4), ["argument 4 of potrf", "report"]),
      (.outOfMemory(routine: "syevd"), ["syevd", "memory"]),
    ])
  func messages(_ error: FactorizationError, _ parts: [String]) {
    for part in parts { #expect(error.description.contains(part)) }
  }
}

import LinearAlgebra
import Testing

@Suite("LU: A·x = b")
struct LUTests {
  static let orders = [0, 1, 2, 3, 4, 7, 8, 9, 12, 40, 130]

  @Test("x is found, by the small loops and by LAPACK, in place and not", arguments: precisions, orders)
  func solutions(_ type: any Scalar.Type, _ n: Int) throws {
    func check<E: Scalar>(_: E.Type) throws {
      let a = wellConditioned(n, E.self)
      let lu = try LU(a)
      #expect((lu.rows, lu.columns, lu.rank) == (n, n, n))
      for k in [0, 1, 3] {
        let x = Matrix<E>.random(n, k, seed: 2)
        #expect(distance(lu.solve(a * x), x) < 2000, "\(k) right-hand sides")
        var b = a * x
        b.withMutableElements { lu.solve(into: &$0, rightHandSides: k) }
        #expect(b == lu.solve(a * x))
      }
      let x = Array(Matrix<E>.random(n, 1, seed: 3).elements)
      #expect(distance(lu.solve(a * x), x) < 2000)
      #expect(distance(try a.factor(by: LU.self).solve(a * x), x) < 2000)
      #expect(distance(try lu.inverse() * a, .identity(n)) < 2000)
    }
    try check(type)
  }

  @Test("the small loops do what LAPACK does", arguments: precisions, 1...8)
  func twins(_ type: any Scalar.Type, _ n: Int) throws {
    func check<E: Scalar>(_: E.Type) throws {
      for seed in 1...20 as ClosedRange<UInt64> {
        let a = wellConditioned(n, E.self, seed: seed)
        // Beside an identity the same matrix is large enough for LAPACK.
        var larger = Matrix<E>.identity(n + 9)
        larger.replaceBlock(row: 0, column: 0, by: a)
        let (small, large) = (try LU(a), try LU(larger))
        let b = Array(Matrix<E>.random(n, 1, seed: seed + 50).elements)
        let found = large.solve(b + Array(repeating: 0, count: 9))
        #expect(distance(small.solve(b), Array(found.prefix(n))) < 400)
        #expect(small.logDeterminant.sign == large.logDeterminant.sign)
        #expect(
          abs(small.logDeterminant.logarithm - large.logDeterminant.logarithm) < 400 * Double(E.ulpOfOne))
      }
    }
    try check(type)
  }

  @Test("factored anew in place, the bits are those of a new one", arguments: precisions, orders)
  func refactoring(_ type: any Scalar.Type, _ n: Int) throws {
    func check<E: Scalar>(_: E.Type) throws {
      var (lu, cholesky) = (try LU(Matrix<E>.identity(n)), try Cholesky(Matrix<E>.identity(n)))
      let a = wellConditioned(n, E.self)
      let b = Matrix<E>.random(n, 2, seed: 4)
      try lu.refactor(a.scaled(300.clamped(E.self)))
      try lu.refactor(a)
      #expect(lu.solve(b) == (try LU(a)).solve(b))
      try cholesky.refactor(a.gram)
      #expect(cholesky.factor == (try Cholesky(a.gram)).factor)
      guard n > 1 else { return }
      #expect(throws: FactorizationError.singular(row: 1, order: n)) {
        try lu.refactor(Matrix(rows: n, columns: n, repeating: 1))
      }
      #expect(lu.solve(b).elements.allSatisfy { $0.isNaN })
      #expect(throws: FactorizationError.notPositiveDefinite(leadingMinor: 2, order: n)) {
        try cholesky.refactor(Matrix(rows: n, columns: n, repeating: 1))
      }
      #expect(cholesky.solve(b).elements.allSatisfy { $0.isNaN })
      try lu.refactor(a)
      #expect(lu.solve(b) == (try LU(a)).solve(b))
    }
    try check(type)
  }

  @Test("the first dependent row is named", arguments: precisions, [3, 8, 9, 30])
  func singular(_ type: any Scalar.Type, _ n: Int) throws {
    func check<E: Scalar>(_: E.Type) throws {
      var a = Matrix<E>.identity(n)
      a[row: n - 1] = a[row: n - 2]
      #expect(throws: FactorizationError.singular(row: n - 1, order: n)) { try LU(a) }
      a = .identity(n)
      a[1, 1] = 0
      #expect(throws: FactorizationError.singular(row: 1, order: n)) { try LU(a) }
      #expect(try a.determinant() == 0 && a.logDeterminant().sign == 0)
      #expect(try a.logDeterminant().logarithm == -.infinity)
      a[2, 0] = .nan
      #expect(throws: FactorizationError.notFinite(row: 2, column: 0)) { try LU(a) }
      #expect(throws: FactorizationError.notFinite(row: 2, column: 0)) { try a.determinant() }
    }
    try check(type)
  }

  @Test("determinants beyond the range of numbers have a logarithm", arguments: precisions)
  func range(_ type: any Scalar.Type) throws {
    func check<E: Scalar>(_: E.Type) throws {
      for (size, limit) in [(1e30, E.infinity), (1e-30, 0)] {
        let a = -Matrix<E>.diagonal(Array(repeating: E(size), count: 21))
        let found = try a.logDeterminant()
        #expect(found.sign == -1)
        #expect(abs(found.logarithm - 21 * 30 * (size > 1 ? 1 : -1) * 2.302585092994046) < 1e-4)
        #expect(abs(try LU(a).determinant) == limit || E.self == Double.self && limit == 0)
      }
      #expect(try Matrix<E>(rows: 0, columns: 0).determinant() == 1)
      #expect(try Matrix<E>.identity(3).logDeterminant().logarithm == 0)
    }
    try check(type)
  }

  @Test("a refined solution is exact for a matrix that is as good as the given one", arguments: precisions)
  func refined(_ type: any Scalar.Type) throws {
    func check<E: Scalar>(_: E.Type) throws {
      for n in [0, 1, 5, 20, 60] {
        var a = wellConditioned(n, E.self)
        for i in 0..<n { for j in 0..<n { a[i, j] = E(Double(a[i, j]).scaled(j % 3 * 12 - i % 5 * 9)) } }
        for exponent in [0, 200.clamped(E.self), -200.clamped(E.self)] {
          let (scaled, b) = (a.scaled(exponent), Matrix<E>.random(n, 2, seed: 4).scaled(exponent))
          let refined = try LU(scaled).solveRefined(b, of: scaled)
          let (exact, goal, x) = (a.exact(), b.exact(-exponent), refined.x.exact())
          let residual = goal.minus(exact, x)
          for i in 0..<n {
            for j in 0..<2 {
              let share = (0..<n).reduce(abs(goal[i, j])) { $0 + abs(exact[i, $1] * x[$1, j]) }
              #expect(abs(residual[i, j]) <= 4 * Double(E.ulpOfOne) * share)
            }
          }
          #expect(refined.backwardErrors.allSatisfy { $0 <= 2 * .ulpOfOne })
          #expect(refined.forwardErrors.allSatisfy { $0 < 1 })
        }
      }
    }
    try check(type)
  }

  /// Random numbers beside a diagonal that outweighs some of them.
  private func wellConditioned<E: Scalar>(_ n: Int, _: E.Type, seed: UInt64 = 1) -> Matrix<E> {
    var a = Matrix<E>.random(n, n, seed: seed)
    for i in 0..<n { a[i, n - 1 - i] += 3 }
    return a
  }
}

extension Int {
  /// As far as the range of the numbers allows.
  fileprivate func clamped<E: Scalar>(_: E.Type) -> Int { E.self == Float.self ? self / 6 : self }
}

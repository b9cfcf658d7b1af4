import LinearAlgebra
import Testing

@Suite("gemv, ger, syrk and trsm equal their definitions")
struct ProductTests {
  @Test(arguments: precisions, Shape.all.filter { $0.k == 0 })
  func gemvEqualsLoops(_ type: any Scalar.Type, _ shape: Shape) {
    func check<E: Scalar>(_: E.Type) {
      let a = Matrix<E>.random(shape.m, shape.n, seed: 1)
      for op in transpositions {
        let (outer, inner) = op == .none ? (shape.m, shape.n) : (shape.n, shape.m)
        let (x, y) = (Matrix<E>.random(inner, 1, seed: 2), Matrix<E>.random(outer, 1, seed: 3))
        for (alpha, beta) in [(1, 0), (-0.5, 1), (0, 2), (2, -1.5)] as [(E, E)] {
          var computed = y
          computed.withMutableElements {
            gemv(
              op, rows: a.rows, columns: a.columns, alpha: alpha, a.elements.span, x.elements.span,
              beta: beta, into: &$0)
          }
          let expected = naive(op, .none, k: inner, alpha: alpha, a, x, beta: beta, y)
          #expect(distance(computed, expected) < 20, "\(op) alpha \(alpha) beta \(beta)")
        }
        var fresh = Matrix<E>(rows: outer, columns: 1, repeating: .nan)
        fresh.withMutableElements {
          gemv(op, rows: a.rows, columns: a.columns, a.elements.span, x.elements.span, into: &$0)
        }
        #expect(distance(Array(fresh.elements), a.multiplied(by: Array(x.elements), op)) == 0)

        let nans = Matrix<E>(rows: a.rows, columns: a.columns, repeating: .nan)
        fresh.withMutableElements {
          gemv(op, rows: a.rows, columns: a.columns, alpha: 0, nans.elements.span, x.elements.span, into: &$0)
        }
        #expect(fresh.elements.allSatisfy { $0 == 0 })
      }
    }
    check(type)
  }

  @Test(arguments: precisions, Shape.all.filter { $0.k == 0 })
  func gerEqualsLoops(_ type: any Scalar.Type, _ shape: Shape) {
    func check<E: Scalar>(_: E.Type) {
      let (x, y) = (Matrix<E>.random(shape.m, 1, seed: 1), Matrix<E>.random(1, shape.n, seed: 2))
      let a = Matrix<E>.random(shape.m, shape.n, seed: 3)
      for alpha in [0, 1, -2] as [E] {
        var computed = a
        computed.withMutableElements { ger(alpha: alpha, x.elements.span, y.elements.span, into: &$0) }
        let expected = naive(.none, .none, k: 1, alpha: alpha, x, y, beta: 1, a)
        #expect(distance(computed, expected) < 4, "alpha \(alpha)")
      }
    }
    check(type)
  }

  @Test(arguments: precisions, Shape.all.filter { $0.m == 0 })
  func syrkEqualsLoopsAboveTheDiagonal(_ type: any Scalar.Type, _ shape: Shape) {
    func check<E: Scalar>(_: E.Type) {
      let (n, k) = (shape.n, shape.k)
      for op in transpositions {
        let a = op == .none ? Matrix<E>.random(n, k, seed: 1) : .random(k, n, seed: 1)
        let other: Transposition = op == .none ? .transposed : .none
        for (alpha, beta) in [(1, 0), (-0.5, 1), (0, 2), (2, -1.5)] as [(E, E)] {
          let c = Matrix<E>.random(n, n, seed: 2)
          var computed = c
          computed.withMutableElements {
            syrk(op, n: n, k: k, alpha: alpha, a.elements.span, beta: beta, into: &$0)
          }
          var expected = naive(op, other, k: k, alpha: alpha, a, a, beta: beta, c)
          for i in 0..<n { for j in 0..<i { expected[i, j] = c[i, j] } }
          #expect(distance(computed, expected) < 20, "\(op) alpha \(alpha) beta \(beta)")
        }
        for alpha in [0, 1] as [E] {
          var fresh = Matrix<E>(rows: n, columns: n, repeating: .nan)
          fresh.withMutableElements { syrk(op, n: n, k: k, alpha: alpha, a.elements.span, into: &$0) }
          for i in 0..<n { for j in 0..<n { #expect(fresh[i, j].isNaN == (j < i)) } }
        }
      }
      let some = n / 3..<n - n / 4
      for op in transpositions {
        let a = op == .none ? Matrix<E>.random(n, k, seed: 1) : .random(k, n, seed: 1)
        let c = Matrix<E>.random(n, n, seed: 2)
        let whole = naive(op, op == .none ? .transposed : .none, k: k, alpha: 3, a, a, beta: 2, c)
        var (computed, expected) = (c.rows(some), c.rows(some))
        computed.withMutableElements {
          syrk(op, rows: some, of: n, k: k, alpha: 3, a.elements.span, beta: 2, into: &$0)
        }
        for i in some { for j in i..<n { expected[i - some.lowerBound, j] = whole[i, j] } }
        #expect(distance(computed, expected) < 20, "\(op) rows \(some)")
      }
      let a = Matrix<E>.random(k, n, seed: 4)
      #expect(distance(a.gram, a.multiplied(by: a, .transposed)) < 20)
    }
    check(type)
  }

  @Test(arguments: precisions, Shape.all.filter { $0.k == 0 })
  func trsmUndoesTheProduct(_ type: any Scalar.Type, _ shape: Shape) {
    func check<E: Scalar>(_: E.Type) {
      let (n, rightHandSides) = (shape.m, shape.n)
      var u = Matrix<E>.random(n, n, seed: 1)
      for i in 0..<n {
        u[i, i] += 10  // well conditioned
        for j in 0..<i { u[i, j] = 0 }
      }
      var unread = u
      for i in 0..<n { for j in 0..<i { unread[i, j] = .nan } }
      let x = Matrix<E>.random(n, rightHandSides, seed: 2)
      for op in transpositions {
        var solved = u.multiplied(by: x, op)
        solved.withMutableElements {
          trsm(op, n: n, rightHandSides: rightHandSides, unread.elements.span, into: &$0)
        }
        #expect(distance(solved, x) < 40, "\(op)")
      }
    }
    check(type)
  }
}

import LinearAlgebra
import Testing

@Suite("gemm equals three loops")
struct GemmTests {
  @Test("in every transposition, shape, alpha and beta", arguments: precisions, Shape.all)
  func product(_ type: any Scalar.Type, _ shape: Shape) {
    func check<E: Scalar>(_: E.Type) {
      let (m, n, k) = (shape.m, shape.n, shape.k)
      for opA in transpositions {
        for opB in transpositions {
          let a = opA == .none ? Matrix<E>.random(m, k, seed: 1) : .random(k, m, seed: 1)
          let b = opB == .none ? Matrix<E>.random(k, n, seed: 2) : .random(n, k, seed: 2)
          let c = Matrix<E>.random(m, n, seed: 3)
          for (alpha, beta) in [(1, 0), (-0.5, 1), (0, 2), (2, -1.5)] as [(E, E)] {
            var computed = c
            computed.withMutableElements {
              gemm(
                opA, opB, m: m, n: n, k: k, alpha: alpha, a.elements.span, b.elements.span, beta: beta,
                into: &$0)
            }
            let expected = naive(opA, opB, k: k, alpha: alpha, a, b, beta: beta, c)
            #expect(distance(computed, expected) < 20, "\(opA) \(opB) alpha \(alpha) beta \(beta)")
          }
          #expect(
            distance(
              a.multiplied(by: b, opA, opB, alpha: 3),
              naive(opA, opB, k: k, alpha: 3, a, b, beta: 0, c)) < 20)
        }
      }
    }
    check(type)
  }

  @Test("beta 0 does not read c, alpha 0 neither a nor b", arguments: precisions, Shape.all)
  func nanIsNotRead(_ type: any Scalar.Type, _ shape: Shape) {
    func check<E: Scalar>(_: E.Type) {
      let (m, n, k) = (shape.m, shape.n, shape.k)
      let (a, b) = (Matrix<E>.random(m, k, seed: 1), Matrix<E>.random(k, n, seed: 2))
      var c = Matrix<E>(rows: m, columns: n, repeating: .nan)
      c.withMutableElements { gemm(m: m, n: n, k: k, a.elements.span, b.elements.span, into: &$0) }
      #expect(c.elements.allSatisfy { !$0.isNaN })

      let (nanA, nanB) = (
        Matrix<E>(rows: m, columns: k, repeating: .nan), Matrix<E>(rows: k, columns: n, repeating: .nan)
      )
      let before = c
      c.withMutableElements {
        gemm(m: m, n: n, k: k, alpha: 0, nanA.elements.span, nanB.elements.span, beta: 2, into: &$0)
      }
      #expect(c == Matrix(rows: m, columns: n, elements: before.elements.map { 2 * $0 }))
    }
    check(type)
  }

  @Test("writes m·n numbers and leaves the rest of c alone")
  func rest() {
    var c = [Double](repeating: 7, count: 6)
    var out = c.mutableSpan
    gemm(m: 2, n: 2, k: 1, [1, 2].span, [3, 4].span, into: &out)
    #expect(c == [3, 4, 6, 8, 7, 7])
  }

  @Test("into a part of a larger matrix it leaves the rest alone")
  func strided() {
    var c = [Double](repeating: 7, count: 5)
    var out = c.mutableSpan
    gemm(m: 2, n: 2, k: 1, [1, 2].span, [3, 4].span, beta: 1, into: &out, rowStride: 3)
    #expect(c == [10, 11, 7, 13, 15])
    let nothing: [Double] = []
    var again = c.mutableSpan
    gemm(m: 2, n: 2, k: 0, nothing.span, nothing.span, into: &again, rowStride: 3)
    #expect(c == [0, 0, 7, 0, 0])
  }

  @Test("the operator is the product") func operators() {
    #expect([[1, 2], [3, 4]] * [[0, 1], [1, 0]] == [[2, 1], [4, 3]] as Matrix<Float>)
  }
}

import LinearAlgebra
import Testing

@Suite("Residual ratios of products are below 30")
struct ProductRatioTests {
  /// The powers of 2 of two factors, of which the first is of one's order or at an end of the range.
  private func exponents<E: Scalar>(_: E.Type) -> [(Int, Int)] {
    let (least, most) = (Int(E.leastNormalMagnitude.exponent), Int(E.greatestFiniteMagnitude.exponent) - 8)
    return [(0, 0), (most, -most), (most / 2, most / 2), (least / 2 + 26, least / 2 + 26)]
  }

  // As dmmch of BLAS's tests: |c − exact| over (|alpha|·|a|·|b| + |beta|·|c|)·ε, element by element.
  @Test("gemm and gemv", arguments: precisions, sizes)
  func gemmAndGemv(_ type: any Scalar.Type, _ m: Int) {
    func check<E: Scalar>(_: E.Type) {
      for (left, right) in exponents(E.self) {
        for n in [0, 1, 3, 16] {
          for k in [0, 1, 2, 5, 10, 50] {
            let a = Matrix<E>.random(m, k, seed: 1).scaled(left)
            let b = Matrix<E>.random(k, n, seed: 2).scaled(right)
            let c = Matrix<E>.random(m, n, seed: 3).scaled(left + right)
            let (exactA, exactB, exactC) = (a.exact(-left), b.exact(-right), c.exact(-left - right))
            for (opA, opB) in [(0, 0), (0, 1), (1, 0), (1, 1)].map({
              (transpositions[$0], transpositions[$1])
            }) {
              let (storedA, storedB) = (opA == .none ? a : a.transposed, opB == .none ? b : b.transposed)
              for (alpha, beta) in [(1, 0), (-0.5, 2)] as [(E, E)] {
                var computed = c
                computed.withMutableElements {
                  gemm(
                    opA, opB, m: m, n: n, k: k, alpha: alpha, storedA.elements.span, storedB.elements.span,
                    beta: beta, into: &$0)
                }
                expectNear(
                  computed.exact(-left - right), exactA, exactB, exactC, Double(alpha), Double(beta),
                  unit(E.self), "\(m) × \(k) × \(n), \(opA) \(opB)")
                guard n == 1, opB == .none else { continue }
                computed = c
                computed.withMutableElements {
                  gemv(
                    opA, rows: storedA.rows, columns: storedA.columns, alpha: alpha, storedA.elements.span,
                    b.elements.span, beta: beta, into: &$0)
                }
                expectNear(
                  computed.exact(-left - right), exactA, exactB, exactC, Double(alpha), Double(beta),
                  unit(E.self), "gemv \(m) × \(k), \(opA)")
              }
            }
          }
        }
      }
    }
    check(type)
  }

  @Test("syrk and ger", arguments: precisions, sizes)
  func syrkAndGer(_ type: any Scalar.Type, _ n: Int) {
    func check<E: Scalar>(_: E.Type) {
      for (left, right) in exponents(E.self) where left == right {
        for k in sizes {
          let a = Matrix<E>.random(n, k, seed: 1).scaled(left)
          let c = Matrix<E>.random(n, n, seed: 2).scaled(2 * left)
          let (exact, exactC) = (a.exact(-left), c.exact(-2 * left))
          for op in transpositions {
            let stored = op == .none ? a : a.transposed
            var computed = c
            computed.withMutableElements {
              syrk(op, n: n, k: k, alpha: 0.5, stored.elements.span, beta: 2, into: &$0)
            }
            for i in 0..<n { for j in 0..<i { computed[i, j] = computed[j, i] } }
            var symmetric = exactC
            for i in 0..<n { for j in 0..<i { symmetric[i, j] = symmetric[j, i] } }
            expectNear(
              computed.exact(-2 * left), exact, exact.transposed, symmetric, 0.5, 2, unit(E.self),
              "\(n), \(k), \(op)")
          }
          let (x, y) = (
            Matrix<E>.random(n, 1, seed: 3).scaled(left), Matrix<E>.random(k, 1, seed: 4).scaled(left)
          )
          let before = Matrix<E>.random(n, k, seed: 5).scaled(2 * left)
          var computed = before
          computed.withMutableElements { ger(alpha: -2, x.elements.span, y.elements.span, into: &$0) }
          expectNear(
            computed.exact(-2 * left), x.exact(-left), y.exact(-left).transposed, before.exact(-2 * left), -2,
            1,
            unit(E.self), "ger \(n) × \(k)")
        }
      }
    }
    check(type)
  }

  private func expectNear(
    _ computed: Matrix<Double>, _ a: Matrix<Double>, _ b: Matrix<Double>, _ c: Matrix<Double>,
    _ alpha: Double,
    _ beta: Double, _ ε: Double, _ comment: Comment
  ) {
    // alpha and beta are powers of 2, so that scaling by them is exact.
    let carried = c.map { beta * $0 }
    let exact = carried.minus(a.map { -alpha * $0 }, b)
    let gauge = carried.map { abs($0) }.minus(a.map { -abs(alpha * $0) }, b.map { abs($0) })
    for i in 0..<c.rows {
      for j in 0..<c.columns {
        #expect(ratio(abs(computed[i, j] - exact[i, j]), over: gauge[i, j], ε) < 30, comment)
      }
    }
  }
}

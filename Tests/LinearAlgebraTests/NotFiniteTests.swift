import LinearAlgebra
import Testing

@Suite("NaN passes into every number that its term enters, even times 0; of products into no other")
struct NotFiniteTests {
  @Test("gemm, gemv, ger and syrk", arguments: precisions, [Double.nan, .infinity])
  func products(_ type: any Scalar.Type, _ bad: Double) {
    func check<E: Scalar>(_: E.Type) {
      for n in [2, 5, 16, 50] {
        let zero = Matrix<E>(rows: n, columns: n)
        var a = Matrix<E>.random(n, n, seed: 1)
        a[1, 0] = E(bad)
        let vector = [E](repeating: 0, count: n)
        for op in transpositions {
          let (row, column) = op == .none ? (1, 0) : (0, 1)
          let left = a.multiplied(by: zero, op)
          let right = zero.multiplied(by: a, .none, op)
          for i in 0..<n {
            for j in 0..<n {
              #expect(left[i, j].isNaN == (i == row), "\(n): gemm, left, \(op)")
              #expect(right[i, j].isNaN == (j == column), "\(n): gemm, right, \(op)")
            }
          }
          let product = a.multiplied(by: vector, op)
          for i in 0..<n { #expect(product[i].isNaN == (i == row), "\(n): gemv, \(op)") }
          var x = vector
          x[1] = E(bad)
          #expect(zero.multiplied(by: x, op).allSatisfy { $0.isNaN }, "\(n): gemv, the vector's, \(op)")
        }
        var x = vector
        x[1] = E(bad)
        for swapped in [false, true] {
          var c = zero
          c.withMutableElements {
            if swapped { ger(vector.span, x.span, into: &$0) } else { ger(x.span, vector.span, into: &$0) }
          }
          for i in 0..<n {
            for j in 0..<n { #expect(c[i, j].isNaN == ((swapped ? j : i) == 1), "\(n): ger, \(swapped)") }
          }
        }
        var one = zero
        one[1, 0] = E(bad)
        let gram = one.gram
        for i in 0..<n {
          for j in 0..<n { #expect(gram[i, j].isFinite == (i != 0 && j != 0), "\(n): syrk") }
        }
      }
    }
    check(type)
  }

  @Test("vectors and triangular solutions", arguments: precisions)
  func vectors(_ type: any Scalar.Type) {
    func check<E: Scalar>(_: E.Type) {
      for n in [2, 5, 16, 50] {
        let zero = [E](repeating: 0, count: n)
        var x = zero
        x[1] = .nan
        #expect(dot(x.span, zero.span).isNaN && dot(zero.span, x.span).isNaN)
        #expect(norm2(x.span).isNaN && norm1(x.span).isNaN)
        x[1] = -.infinity
        #expect(norm2(x.span) == .infinity && norm1(x.span) == .infinity, "\(n)")
        #expect(indexOfLargestMagnitude(x.span) == 1)
        x[1] = .nan
        for k in [1, 3] {
          for op in transpositions {
            var b = Matrix<E>(rows: n, columns: k)
            b[1, k - 1] = .nan
            let u = Matrix<E>.random(n, n, seed: 1).map { $0 + 3 }
            b.withMutableElements { trsm(op, n: n, rightHandSides: k, u.elements.span, into: &$0) }
            for i in 0..<n {
              for j in 0..<k {
                let reached = op == .none ? i <= 1 : i >= 1
                // OpenBLAS' loops for AVX2 pass it on to all numbers of several right-hand sides.
                guard k == 1 || j == k - 1 && reached else { continue }
                #expect(b[i, j].isNaN == reached, "n \(n), k \(k), \(op)")
              }
            }
          }
        }
      }
    }
    check(type)
  }
}

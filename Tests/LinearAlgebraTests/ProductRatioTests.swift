import LinearAlgebra
import Testing

@Suite("Residual ratios of products are below 30")
struct ProductRatioTests {
  @Test("gemm", arguments: precisions, sizes)
  func gemmRatio(_ type: any Scalar.Type, _ m: Int) {
    func check<E: Scalar>(_: E.Type) {
      for n in [0, 1, 3, 16] {
        for product in Product<E>.all(m, n) {
          let (a, b) = (product.a, product.b)
          for opA in transpositions {
            for opB in transpositions {
              let (left, right) = (opA == .none ? a : a.transposed, opB == .none ? b : b.transposed)
              product.expect("\(opA) \(opB)") { alpha, beta, c in
                gemm(
                  opA, opB, m: m, n: n, k: a.columns, alpha: alpha, left.elements.span, right.elements.span,
                  beta: beta, into: &c)
              }
            }
          }
        }
      }
    }
    check(type)
  }

  @Test("gemv", arguments: precisions, sizes)
  func gemvRatio(_ type: any Scalar.Type, _ m: Int) {
    func check<E: Scalar>(_: E.Type) {
      for product in Product<E>.all(m, 1) {
        for op in transpositions {
          let a = op == .none ? product.a : product.a.transposed
          product.expect("\(op)") { alpha, beta, y in
            gemv(
              op, rows: a.rows, columns: a.columns, alpha: alpha, a.elements.span, product.b.elements.span,
              beta: beta, into: &y)
          }
        }
      }
    }
    check(type)
  }

  @Test("ger", arguments: precisions, sizes)
  func gerRatio(_ type: any Scalar.Type, _ m: Int) {
    func check<E: Scalar>(_: E.Type) {
      for product in sizes.flatMap({ Product<E>.all(m, $0) }) where product.a.columns == 1 {
        product.expect("ger") { alpha, beta, c in
          scale(&c, by: beta)
          ger(alpha: alpha, product.a.elements.span, product.b.elements.span, into: &c)
        }
      }
    }
    check(type)
  }

  @Test("syrk", arguments: precisions, sizes)
  func syrkRatio(_ type: any Scalar.Type, _ n: Int) {
    func check<E: Scalar>(_: E.Type) {
      for product in Product<E>.all(n, n, symmetric: true) {
        for op in transpositions {
          let a = op == .none ? product.a : product.a.transposed
          product.expect("\(op)") { alpha, beta, c in
            syrk(op, n: n, k: product.a.columns, alpha: alpha, a.elements.span, beta: beta, into: &c)
            for i in 0..<n { for j in 0..<i { c[i * n + j] = c[j * n + i] } }
          }
        }
      }
    }
    check(type)
  }
}

/// alpha·a·b + beta·c, with a and b of one's order times powers of 2.
private struct Product<E: Scalar> {
  let a, b, c: Matrix<E>
  private let exponent: Int
  /// What is right for each alpha and beta, and the sum of its terms' magnitudes.
  private let goals: [(alpha: E, beta: E, truth: Matrix<Double>, gauge: Matrix<Double>)]

  /// Every inner size, with factors of one's order, of opposite ends of the range, and of products near each end.
  static func all(_ m: Int, _ n: Int, symmetric: Bool = false) -> [Product] {
    let (least, most) = (Int(E.leastNormalMagnitude.exponent), Int(E.greatestFiniteMagnitude.exponent) - 8)
    let ends = symmetric ? [] : [(most, -most)]
    return (ends + [(0, 0), (most / 2, most / 2), (least / 2 + 26, least / 2 + 26)]).flatMap { exponents in
      sizes.map { Product(m, n, $0, exponents, symmetric) }
    }
  }

  private init(_ m: Int, _ n: Int, _ k: Int, _ exponents: (Int, Int), _ symmetric: Bool) {
    a = Matrix.random(m, k, seed: 1).scaled(exponents.0)
    b = symmetric ? a.transposed : Matrix.random(k, n, seed: 2).scaled(exponents.1)
    var c = Matrix<E>.random(m, n, seed: 3).scaled(exponents.0 + exponents.1)
    for i in 0..<m where symmetric { for j in 0..<i { c[i, j] = c[j, i] } }
    self.c = c
    let exponent = exponents.0 + exponents.1
    self.exponent = exponent
    let (exactA, exactB, exactC) = (a.exact(-exponents.0), b.exact(-exponents.1), c.exact(-exponent))
    // Powers of 2, so that scaling by them is exact.
    goals = ([(1, 0), (-0.5, 2), (-2, 1)] as [(E, E)]).map { alpha, beta in
      let (factor, carried) = (exactA.map { -Double(alpha) * $0 }, exactC.map { Double(beta) * $0 })
      let gauge = carried.map { abs($0) }.minus(factor.map { -abs($0) }, exactB.map { abs($0) })
      return (alpha, beta, carried.minus(factor, exactB), gauge)
    }
  }

  /// |computed − true| over (|alpha|·|a|·|b| + |beta|·|c|)·ε, element by element: as dmmch of BLAS's tests.
  func expect(_ comment: Comment, _ compute: (_ alpha: E, _ beta: E, _ c: inout MutableSpan<E>) -> Void) {
    for goal in goals {
      var result = c
      result.withMutableElements { compute(goal.alpha, goal.beta, &$0) }
      let computed = result.exact(-exponent)
      let worths = zip(computed.elements, zip(goal.truth.elements, goal.gauge.elements)).map {
        ratio(abs($0 - $1.0), over: $1.1, unit(E.self))
      }
      #expect(worths.allSatisfy { $0 < 30 }, comment)
    }
  }
}

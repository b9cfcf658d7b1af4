import LinearAlgebra
import Testing

@Suite("Residual ratios of triangular solutions are below 30")
struct TriangularRatioTests {
  enum Triangle: String, CaseIterable, Sendable {
    case identity, unit, wellConditioned, random, graded, nearUnderflow, nearOverflow, subnormal

    func exponent<E: Scalar>(_: E.Type) -> Int {
      switch self {
      case .nearUnderflow: MatrixKind.nearUnderflow.exponent(E.self)
      case .nearOverflow: MatrixKind.nearOverflow.exponent(E.self)
      // So small that 1/u_ii is infinite.
      case .subnormal: MatrixKind.subnormal.exponent(E.self)
      default: 0
      }
    }

    func matrix<E: Scalar>(_ n: Int, _: E.Type) -> Matrix<E> {
      var u = Matrix<E>.random(n, n, seed: UInt64(n))
      for i in 0..<n {
        for j in 0..<n {
          if j < i || (self == .identity && j > i) { u[i, j] = 0 }
          // A column of random numbers below a diagonal of them has a condition that doubles with n.
          if self == .graded { u[i, j] = E(Double(u[i, j]).scaled(i - j)) }
        }
        switch self {
        case .identity, .unit: u[i, i] = 1
        case .random: u[i, i] += u[i, i] < 0 ? -0.25 : 0.25
        default: u[i, i] = 1 + abs(u[i, i])
        }
        // The rows off the diagonal sum to less than it.
        for j in i..<n where ![.random, .unit, .graded].contains(self) && j > i { u[i, j] /= E(n) }
      }
      return u.scaled(exponent(E.self))
    }
  }

  // LAPACK: dtrt02.
  @Test("‖b − op(U)·x‖/(‖U‖·‖x‖·ε)", arguments: precisions, Triangle.allCases)
  func trsmRatio(_ type: any Scalar.Type, _ kind: Triangle) {
    func check<E: Scalar>(_: E.Type) {
      let exponent = kind.exponent(E.self)
      let ε = kind == .subnormal ? MatrixKind.subnormal.rounding(E.self) : unit(E.self)
      for n in sizes {
        let matrix = kind.matrix(n, E.self)
        let u = matrix.exact(-exponent)
        for (op, k) in transpositions.flatMap({ op in [1, 2, 3, 10].map { (op, $0) } }) {
          let b = Matrix<E>.random(n, k, seed: 1).scaled(exponent)
          var x = b
          x.withMutableElements { trsm(op, n: n, rightHandSides: k, matrix.elements.span, into: &$0) }
          expectSolves(op == .none ? u : u.transposed, x, b.exact(-exponent), ε, "n \(n), k \(k), \(op)")
        }
      }
    }
    check(type)
  }
}

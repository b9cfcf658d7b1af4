import LinearAlgebra
import Testing

@Suite("Triangles of a matrix: products and solutions")
struct TriangleTests {
  @Test("read one side alone, and undo each other", arguments: precisions, Triangle.allCases)
  func triangles(_ type: any Scalar.Type, _ triangle: Triangle) {
    func check<E: Scalar>(_: E.Type, _ op: Transposition) {
      for (n, k) in [(0, 0), (1, 1), (5, 1), (5, 3), (18, 0), (18, 1), (18, 7), (0, 2)] {
        for isUnit in [false, true] {
          var (given, alone) = (Matrix<E>.random(n, n, seed: 1) / 4, Matrix<E>(rows: n, columns: n))
          for i in 0..<n {
            given[i, i] = isUnit ? .nan : 2 + given[i, i]
            for j in 0..<n {
              if i == j {
                alone[i, i] = isUnit ? 1 : given[i, i]
              } else if (i < j) == (triangle == .upper) {
                alone[i, j] = given[i, j]
              } else {
                given[i, j] = .nan
              }
            }
          }
          let b = Matrix<E>.random(n, k, seed: 2)
          let product = given.multipliedAsTriangle(triangle, op, isUnit: isUnit, by: b)
          #expect(distance(product, alone.multiplied(by: b, op)) < 20, "n \(n), k \(k), unit \(isUnit)")
          let solution = given.solveAsTriangle(triangle, op, isUnit: isUnit, product)
          #expect(distance(solution, b) < 400, "n \(n), k \(k), unit \(isUnit)")
          var twice = b
          twice.withMutableElements {
            trmm(op, triangle, isUnit: isUnit, n: n, columns: k, alpha: 2, given.elements.span, into: &$0)
          }
          #expect(distance(twice, product * 2) < 8)
          twice.withMutableElements {
            trmm(op, triangle, isUnit: isUnit, n: n, columns: k, alpha: 0, given.elements.span, into: &$0)
          }
          #expect(twice == Matrix(rows: n, columns: k))
        }
      }
    }
    for op in transpositions { check(type, op) }
  }

  @Test("a diagonal so small that its inverse is no number divides", arguments: precisions, Triangle.allCases)
  func subnormal(_ type: any Scalar.Type, _ triangle: Triangle) {
    func check<E: Scalar>(_: E.Type) {
      let small = E.leastNormalMagnitude / 16
      for op in transpositions {
        for k in [1, 2] {
          let t = Matrix<E>(rows: 3, columns: 3, repeating: small)
          let x = Matrix<E>(rows: 3, columns: k, elements: (0..<3 * k).map { E($0 + 1) })
          let product = t.multipliedAsTriangle(triangle, op, by: x)
          #expect(t.solveAsTriangle(triangle, op, product) == x)
        }
      }
    }
    check(type)
  }
}

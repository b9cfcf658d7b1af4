import LinearAlgebra
import Testing

@Suite("Sums, multiples and products of numbers in the same place")
struct MatrixArithmeticTests {
  static let shapes = [(0, 0), (0, 3), (3, 0), (1, 1), (1, 7), (7, 1), (4, 5), (33, 17)]

  @Test("are those of the numbers, in place and not", arguments: precisions, shapes)
  func numbers(_ type: any Scalar.Type, _ shape: (Int, Int)) {
    func check<E: Scalar>(_: E.Type) {
      let (a, b) = (Matrix<E>.random(shape.0, shape.1, seed: 1), Matrix<E>.random(shape.0, shape.1, seed: 2))
      func expect(_ found: Matrix<E>, _ number: (E, E) -> E) {
        #expect((found.rows, found.columns) == shape)
        let wanted = zip(a.elements, b.elements).map { number($0, $1) }
        #expect(distance(Array(found.elements), wanted) <= 1)
      }
      expect(a + b) { $0 + $1 }
      expect(a - b) { $0 - $1 }
      expect(a .* b) { $0 * $1 }
      expect(-a) { x, _ in -x }
      expect(a * 3) { x, _ in x * 3 }
      expect(E(3) * a) { x, _ in x * 3 }
      expect(a / 3) { x, _ in x / 3 }
      expect(a.map { $0.squareRoot() + 2 }.map { $0.isNaN ? 2 : $0 }) { x, _ in x < 0 ? 2 : x.squareRoot() + 2
      }
      var c = a
      c += b
      expect(c) { $0 + $1 }
      c -= b
      c.add(b, times: -2)
      expect(c) { $0 - 2 * $1 }
      c.copy(a)
      c *= 3
      expect(c) { x, _ in x * 3 }
      c.copy(a)
      c.combine(b) { max($0, $1) }
      expect(c) { max($0, $1) }
      c.copy(a)
      c.apply { $0 * $0 }
      expect(c) { x, _ in x * x }
      c.fill(7)
      expect(c) { _, _ in 7 }
    }
    check(type)
  }

  @Test("in place nothing is copied") func memory() {
    var c = Matrix<Double>.random(4, 4, seed: 1)
    let (a, address) = (Matrix<Double>.random(4, 4, seed: 2), c.address)
    c += a
    c -= a
    c *= 2
    c.add(a, times: 3)
    c.combine(a) { $0 + $1 }
    c.apply { -$0 }
    c.copy(a)
    c.fill(1)
    c.formProduct(a.view, a.view.transposed)
    #expect(c.address == address)
  }

  @Test("sums by row and column, trace, diagonal", arguments: precisions, shapes)
  func sums(_ type: any Scalar.Type, _ shape: (Int, Int)) {
    func check<E: Scalar>(_: E.Type) {
      let (m, n) = shape
      let a = Matrix<E>.random(m, n, seed: 1)
      #expect(distance(a.sumsOfRows, a * [E](repeating: 1, count: n)) < 40)
      #expect(distance(a.sumOfRows, a.view.transposed * [E](repeating: 1, count: m)) < 40)
      #expect(a.diagonal == (0..<min(m, n)).map { a[$0, $0] })
      #expect(a.trace == a.diagonal.reduce(0, +))
      #expect(Matrix.diagonal(a.diagonal).diagonal == a.diagonal)
    }
    check(type)
  }

  @Test("stacking and joining are each other's transpose", arguments: shapes)
  func joining(_ m: Int, _ n: Int) {
    let (a, b) = (Matrix<Double>.random(m, n, seed: 1), Matrix<Double>.random(2, n, seed: 2))
    let stacked = Matrix(stacking: [a, b, a])
    #expect((stacked.rows, stacked.columns) == (2 * m + 2, n))
    #expect(stacked.rows(0..<m) == a && stacked.rows(m..<m + 2) == b && stacked.rows(m + 2..<2 * m + 2) == a)
    let joined = Matrix(joining: [a.transposed, b.transposed, a.transposed])
    #expect(joined == stacked.transposed)
    #expect(Matrix<Double>(stacking: []) == Matrix(rows: 0, columns: 0))
    #expect(Matrix<Double>(joining: []) == Matrix(rows: 0, columns: 0))
  }

  @Test("norms of NaN, infinity and nothing", arguments: precisions, Norm.allCases)
  func norms(_ type: any Scalar.Type, _ norm: Norm) {
    func check<E: Scalar>(_: E.Type) {
      for place in 0..<4 {
        var a = Matrix<E>.identity(2)
        a[place / 2, place % 2] = .infinity
        #expect(a.norm(norm) == .infinity)
        a[1 - place / 2, 0] = .nan
        #expect(a.norm(norm).isNaN)
      }
      #expect(
        Matrix<E>(rows: 0, columns: 3).norm(norm) == 0 && Matrix<E>(rows: 3, columns: 0).norm(norm) == 0)
      // No square overflows on the way.
      let large = Matrix<E>.diagonal([.greatestFiniteMagnitude / 2, 1])
      #expect(abs(large.norm(norm) / (.greatestFiniteMagnitude / 2) - 1) < 8 * .ulpOfOne)
    }
    check(type)
  }
}

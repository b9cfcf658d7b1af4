import LinearAlgebra
import Testing

@Suite("Views show parts of a matrix without a copy")
struct MatrixViewTests {
  static let blocks: [(Range<Int>, Range<Int>)] = [
    (0..<6, 0..<5), (1..<4, 0..<5), (0..<6, 2..<4), (2..<5, 1..<2), (5..<6, 4..<5), (3..<3, 0..<5),
    (0..<6, 5..<5),
  ]

  @Test("the numbers are those of the block, and so are its copy's", arguments: blocks)
  func numbers(_ rows: Range<Int>, _ columns: Range<Int>) {
    let m = Matrix<Double>.random(6, 5, seed: 1)
    let view = m.block(rows: rows, columns: columns)
    let copy = Matrix(view)
    let turned = Matrix(view.transposed)
    #expect((view.rows, view.columns) == (rows.count, columns.count))
    #expect((copy.rows, copy.columns, turned.rows) == (rows.count, columns.count, columns.count))
    for (i, row) in rows.enumerated() {
      for (j, column) in columns.enumerated() {
        #expect(view[i, j] == m[row, column] && copy[i, j] == m[row, column])
        #expect(view.transposed[j, i] == m[row, column] && turned[j, i] == m[row, column])
      }
    }
    #expect(Matrix(m.rows(rows).columns(columns)) == copy)
    #expect(Matrix(m.view.transposed.rows(columns).columns(rows).transposed) == copy)
    #expect(Matrix(m.view.rows(rows).transposed.block(rows: columns, columns: 0..<rows.count)) == turned)
  }

  @Test("products take them as they take copies", arguments: precisions)
  func products(_ type: any Scalar.Type) {
    func check<E: Scalar>(_: E.Type) {
      let (m, n) = (Matrix<E>.random(9, 8, seed: 1), Matrix<E>.random(7, 9, seed: 2))
      for (rows, columns) in Self.blocks {
        let a = m.block(rows: rows, columns: columns)
        let b = n.block(rows: 1..<5, columns: rows)
        let c = n.block(rows: columns, columns: 3..<6)
        for (left, right) in [
          (a, c), (b, a), (c.transposed, a.transposed), (a.transposed, b.transposed), (a, a.transposed),
        ] {
          let wanted = naive(
            .none, .none, k: left.columns, alpha: 1, Matrix(left), Matrix(right), beta: 0,
            Matrix(rows: left.rows, columns: right.columns))
          #expect(distance(left * right, wanted) < 8)
          #expect(distance(left * Matrix(right), wanted) < 8 && distance(Matrix(left) * right, wanted) < 8)
          var sum = wanted
          sum.formProduct(left, right, alpha: 2, beta: -1)
          #expect(distance(sum, wanted) < 16)
          let x = Array(Matrix<E>.random(left.columns, 1, seed: 3).elements)
          #expect(distance(left * x, Matrix(left) * x) < 8)
        }
      }
    }
    check(type)
  }

  @Test("a view stays as it was when the whole is written") func sharing() {
    var m = Matrix<Double>.random(4, 4, seed: 1)
    let view = m.columns(1..<3)
    let before = Matrix(view)
    m[2, 1] = 100
    #expect(Matrix(view) == before && m[2, 1] == 100)
  }

  @Test("a block is written over") func writingOver() {
    var m = Matrix<Double>(rows: 3, columns: 4)
    m.replaceBlock(row: 1, column: 2, by: [[1, 2], [3, 4]])
    #expect(m == [[0, 0, 0, 0], [0, 0, 1, 2], [0, 0, 3, 4]])
    m.replaceBlock(row: 3, column: 0, by: Matrix(rows: 0, columns: 4))
    #expect(m.column(2) == [0, 1, 3])
  }
}

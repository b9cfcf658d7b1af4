import LinearAlgebra
import Testing

@Suite("A matrix holds its rows")
struct MatrixTests {
  let m: Matrix<Double> = [[1, 2, 3], [4, 5, 6]]

  @Test func elements() {
    #expect((m.rows, m.columns) == (2, 3))
    #expect(Array(m.elements) == [1, 2, 3, 4, 5, 6])
    #expect(m[1, 0] == 4)
    #expect(Array(m[row: 1]) == [4, 5, 6])
    #expect(m == Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6]))
  }

  @Test func writing() {
    var m = m
    m[0, 2] = 9
    m[row: 1] = [7, 8, 0]
    #expect(m == [[1, 2, 9], [7, 8, 0]])
    m.withMutableElements { $0[0] = -1 }
    #expect(m[0, 0] == -1)
  }

  @Test(arguments: [(0, 0), (0, 3), (3, 0), (1, 1), (5, 40), (33, 17)])
  func transposing(_ rows: Int, _ columns: Int) {
    let m = Matrix<Float>.random(rows, columns, seed: 1)
    let t = m.transposed
    #expect((t.rows, t.columns) == (columns, rows))
    for i in 0..<rows { for j in 0..<columns { #expect(t[j, i] == m[i, j]) } }
    #expect(t.transposed == m)
  }

  @Test func gathering() {
    #expect(m.rows(at: [1, 0, 1]) == [[4, 5, 6], [1, 2, 3], [4, 5, 6]])
    #expect(m.rows(1..<2).rows(at: [0]) == [[4, 5, 6]])
    #expect(m.rows(at: []) == Matrix(rows: 0, columns: 3))
  }

  @Test func precision() {
    let third: Matrix<Double> = [[1 / 3, 1e40]]
    #expect(third.converted(to: Float.self) == [[Float(1) / 3, .infinity]])
    #expect(m.converted(to: Float.self).converted() == m)
  }

  @Test func identity() {
    #expect(Matrix<Float>.identity(2) == [[1, 0], [0, 1]])
    #expect(m * .identity(3) == m)
  }
}

@Suite("A matrix describes itself")
struct MatrixDescriptionTests {
  @Test func aligned() {
    let m: Matrix<Float> = [[1, 0.5], [-3, 1e10], [1 / 3, .nan]]
    #expect(
      m.description == """
        3 × 2 matrix of Float
                 1    0.5
                -3  1e+10
          0.333333    nan
        """)
  }

  @Test func corners() {
    let m = Matrix<Double>(rows: 20, columns: 9, elements: (0..<180).map(Double.init))
    #expect(
      m.description == """
        20 × 9 matrix of Double
            0    1    2  ⋯    6    7    8
            9   10   11  ⋯   15   16   17
           18   19   20  ⋯   24   25   26
            ⋮    ⋮    ⋮  ⋱    ⋮    ⋮    ⋮
          153  154  155  ⋯  159  160  161
          162  163  164  ⋯  168  169  170
          171  172  173  ⋯  177  178  179
        """)
  }

  @Test func empty() {
    #expect(Matrix<Float>(rows: 0, columns: 4).description == "0 × 4 matrix of Float")
  }
}

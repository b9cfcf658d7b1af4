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
  // As NumPy prints it: AlgebraReferenceTests has more.
  @Test func aligned() {
    let m: Matrix<Float> = [[1, 0.5], [-3, 1e10], [0.25, .nan]]
    #expect(
      m.description == """
        [[ 1.0e+00  5.0e-01]
         [-3.0e+00  1.0e+10]
         [ 2.5e-01      nan]]
        """)
    // The shortest text that reads back as the Float, not as a Double.
    #expect(([[0.1, 12]] as Matrix<Float>).description == "[[ 0.1 12. ]]")
  }

  @Test func corners() {
    let m = Matrix<Double>(rows: 200, columns: 7, elements: (0..<1400).map { Double($0 % 7) })
    #expect(
      m.description == """
        [[0. 1. 2. ... 4. 5. 6.]
         [0. 1. 2. ... 4. 5. 6.]
         [0. 1. 2. ... 4. 5. 6.]
         ...
         [0. 1. 2. ... 4. 5. 6.]
         [0. 1. 2. ... 4. 5. 6.]
         [0. 1. 2. ... 4. 5. 6.]]
        """)
  }

  @Test func empty() {
    #expect(Matrix<Float>(rows: 0, columns: 4).description == "[]")
    #expect(Matrix<Float>(rows: 0, columns: 4).debugDescription == "0 × 4 matrix of Float\n[]")
  }
}

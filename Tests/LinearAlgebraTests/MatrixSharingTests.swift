import LinearAlgebra
import Testing

@Suite("Matrices share memory until one is written")
struct MatrixSharingTests {
  let whole = Matrix<Double>.random(6, 4, seed: 1)

  private func passed(_ m: Matrix<Double>) -> Matrix<Double> { m }

  @Test("passing on copies nothing") func passing() {
    let copy = passed(whole)
    #expect(copy.address == whole.address)
    #expect(Matrix(rows: 4, columns: 6, elements: whole.elements).address == whole.address)
    let numbers: [Double] = [1, 2, 3, 4]
    #expect(
      Matrix(rows: 2, columns: 2, elements: numbers).address
        == numbers.withUnsafeBufferPointer { $0.baseAddress })
  }

  @Test("a range of rows is a view, also of a view") func views() throws {
    let start = try #require(whole.address)
    let middle = whole.rows(2..<5)
    #expect((middle.rows, middle.columns) == (3, 4))
    #expect(middle.address == start + 2 * 4)
    #expect(middle.rows(1..<3).address == start + 3 * 4)
    #expect(middle[1, 3] == whole[3, 3])
    #expect(whole[row: 5].withUnsafeBufferPointer { $0.baseAddress } == start + 5 * 4)
    #expect(whole.rows(6..<6).rows == 0)
  }

  @Test("writing to a view leaves the whole alone, and the other way round") func writing() {
    let original = Matrix<Double>.random(6, 4, seed: 1)  // an array made of whole.elements would share
    #expect(original == whole && original.address != whole.address)
    var view = whole.rows(2..<5)
    view[0, 0] = 100
    view[row: 1] = [1, 2, 3, 4]
    view.withMutableElements { $0[11] = 7 }
    #expect(whole == original)
    #expect(view[0, 0] == 100)
    #expect(Array(view[row: 1]) == [1, 2, 3, 4])
    #expect(view[2, 3] == 7)

    var changed = whole
    let before = changed.rows(0..<2)
    changed[0, 0] = 100
    #expect(before == original.rows(0..<2))
  }

  @Test("writing to a matrix of one's own copies nothing") func inPlace() {
    var mine = Matrix<Double>.random(6, 4, seed: 2)
    let address = mine.address
    mine[1, 1] = 5
    mine[row: 2] = [1, 2, 3, 4]
    mine.withMutableElements { $0[0] = 1 }
    #expect(mine.address == address)
  }

  @Test("products take a view as they take a copy") func products() {
    let view = whole.rows(1..<4)
    let copy = Matrix(rows: 3, columns: 4, elements: Array(view.elements))
    #expect(view.multiplied(by: whole, .none, .transposed) == copy.multiplied(by: whole, .none, .transposed))
    #expect(view.gram == copy.gram)
    #expect(view.transposed == copy.transposed)
  }

  @Test("a matrix given up is factored in its own memory, one still in use is not") func factoring() throws {
    let kept = Matrix<Double>.random(9, 4, seed: 3)
    let untouched = Matrix<Double>.random(9, 4, seed: 3)
    _ = try QR(kept)
    _ = try SVD(kept)
    #expect(kept == untouched)

    let gram = kept.gram
    let gramBefore = untouched.gram
    #expect(try Cholesky(gram).factor.address != gram.address)
    _ = try SymmetricEigen(gram)
    #expect(gram == gramBefore)

    let given = kept.gram
    let address = given.address
    #expect(try Cholesky(consume given).factor.address == address)

    let square = Matrix<Double>.random(9, 9, seed: 4)
    let same = Matrix<Double>.random(9, 9, seed: 4)
    _ = try LU(square)
    #expect(square == same)

    let symmetric = kept.gram
    let symmetricAddress = symmetric.address
    #expect(try SymmetricEigen(consume symmetric).vectors.address == symmetricAddress)
  }
}

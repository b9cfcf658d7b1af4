import LinearAlgebra
import Testing

@Suite("Shape mistakes stop the program and name both numbers")
struct TrapTests {
  @Test func products() async throws {
    let product = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Matrix<Float>(rows: 2, columns: 3) * Matrix(rows: 4, columns: 5)
    }
    expect(product, says: "a product over 3 columns and 4 rows")

    let span = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var c: [Double] = [0]
      var out = c.mutableSpan
      gemm(m: 2, n: 1, k: 1, [1, 2].span, [3].span, into: &out)
    }
    expect(span, says: "c has 1 elements, 2 × 1 needs 2")
  }

  @Test func factorizations() async throws {
    let shape = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try Cholesky(Matrix<Double>(rows: 2, columns: 3))
    }
    expect(shape, says: "2 × 3")

    let side = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try QR([[1], [2]] as Matrix<Double>).solve([1, 2, 3])
    }
    expect(side, says: "3 elements for 2 rows")
  }

  @Test func squares() async throws {
    let shape = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try Matrix<Double>(rows: 2, columns: 3).determinant()
    }
    expect(shape, says: "LU of a matrix of 2 × 3, which is not square")

    let order = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var lu = try LU(Matrix<Double>.identity(2))
      try lu.refactor(.identity(3))
    }
    expect(order, says: "refactoring 2 × 2 by 3 × 3")

    let tall = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = try QR([[1], [2]] as Matrix<Double>).determinant
    }
    expect(tall, says: "the determinant of a matrix of 2 × 1")
  }

  @Test func arithmetic() async throws {
    let sum = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix<Double>(rows: 2, columns: 3) + Matrix(rows: 3, columns: 2)
    }
    expect(sum, says: "adding a matrix of 3 × 2 to one of 2 × 3")

    let product = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var c = Matrix<Double>(rows: 2, columns: 2)
      let a = Matrix<Double>(rows: 3, columns: 2)
      c.formProduct(a.view.transposed, a.columns(0..<1))
    }
    expect(product, says: "a product of 2 × 1 into a matrix of 2 × 2")

    let block = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix<Double>(rows: 2, columns: 3).columns(1..<4)
    }
    expect(block, says: "columns 1..<4 of 3")
  }

  @Test func subscripts() async throws {
    let row = try await #require(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Matrix<Double>(rows: 2, columns: 3)[2, 0]
    }
    expect(row, says: "row 2 of 2")
  }

  private func expect(_ result: ExitTest.Result, says text: String) {
    // An optimized build stops too, but leaves the messages of preconditions out.
    #if DEBUG
      let output = String(decoding: result.standardErrorContent, as: UTF8.self)
      #expect(output.contains(text))
    #endif
  }
}

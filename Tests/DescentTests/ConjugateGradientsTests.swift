import LinearAlgebra
import Testing

@testable import Descent

/// In −1...1, neither random nor regular.
private func noise(_ i: Int, _ j: Int) -> Double {
  let mixed: Int = i * 7919 + j * 10473 + i * j * 31 + 17
  return Double(mixed % 1000) / 500 - 1
}

@Suite("Conjugate gradients")
struct ConjugateGradientsTests {
  /// A = MᵀM + I, and a right side.
  private static func system<Element: KernelScalar>(_ size: Int, of type: Element.Type) -> (
    Matrix<Element>, [Element]
  ) {
    let m = Matrix(
      rows: size, columns: size, elements: (0..<size * size).map { Element(noise($0 / size, $0 % size)) })
    var a = m.multiplied(by: m, .transposed)
    for i in 0..<size { a[i, i] += 1 }
    return (a, (0..<size).map { Element(noise($0, 77)) })
  }

  private func solve<Element: KernelScalar>(
    _ a: Matrix<Element>, _ b: [Element], most: Int, _ precondition: ([Element]) -> [Element]
  ) -> ConjugateGradients<Element> {
    var iteration = ConjugateGradients(b, precondition)
    while iteration.products < most, iteration.step({ $1 = a.multiplied(by: $0) }) != nil {
      iteration.turn(precondition)
    }
    return iteration
  }

  @Test("as many steps as unknowns solve the system; the residual is what is left", arguments: [1, 2, 7, 20])
  func exact(size: Int) throws {
    let (a, b) = Self.system(size, of: Double.self)
    let found = solve(a, b, most: size) { $0 }
    var expected = b
    var span = expected.mutableSpan
    try Cholesky(a).solve(into: &span)
    #expect(zip(found.solution, expected).allSatisfy { abs($0 - $1) < 1e-9 })
    let early = solve(a, b, most: max(1, size / 2)) { $0 }
    let left = zip(b, a.multiplied(by: early.solution)).map { $0 - $1 }
    #expect(zip(early.residual, left).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(early.products == max(1, size / 2))
  }

  @Test("with the inverse for a preconditioner one step is enough")
  func preconditioned() throws {
    let (a, b) = Self.system(9, of: Double.self)
    let factor = try Cholesky(a)
    let found = solve(a, b, most: 1) { right in
      var result = right
      var span = result.mutableSpan
      factor.solve(into: &span)
      return result
    }
    #expect(norm(found.residual) < 1e-12 * norm(b))
  }

  @Test("it ends at once where there is nothing to solve, and where there is no curvature")
  func ends() {
    #expect(solve(Matrix<Double>(rows: 3, columns: 3), [0, 0, 0], most: 9) { $0 }.products == 0)
    let flat = solve(Matrix<Double>(rows: 3, columns: 3), [1, 2, 3], most: 9) { $0 }
    #expect(flat.products == 1 && flat.solution == [0, 0, 0] && flat.residual == [1, 2, 3])
  }

  @Test("in Float too")
  func single() {
    let (a, b) = Self.system(12, of: Float.self)
    #expect(norm(solve(a, b, most: 12) { $0 }.residual) < 1e-3 * norm(b))
  }

  @Test(
    "columns of a Hessian make its products",
    arguments: [Softmax(), SquaredHinge(), Huber(delta: 0.4), SquaredError()] as [any CurvedLoss])
  func columns(of loss: any CurvedLoss) {
    let (rows, classes) = (5, 3)
    let targets: Targets =
      loss.task == .regression
      ? .values((0..<rows * classes).map { noise($0, 3) }[...], width: classes) : .labels([0, 2, 1, 1, 0])
    var slopes = (0..<rows * classes).map { noise($0, 1) }
    var span = slopes.mutableSpan
    _ = loss.evaluate(&span, columns: classes, targets: targets)
    let direction = (0..<rows * classes).map { noise($0, 2) }
    let columns = hessianColumns(of: RowLoss(loss, targets, columns: classes), slopes: slopes)
    let sum = direction.indices.map { i in
      (0..<classes).reduce(0) { $0 + columns[$1][i] * direction[i / classes * classes + $1] }
    }
    var product = direction
    var out = product.mutableSpan
    loss.multiplyHessian(&out, slopes: slopes.span, columns: classes, targets: targets)
    #expect(zip(product, sum).allSatisfy { abs($0 - $1) < 1e-14 })
    #expect(product.contains { $0 != 0 })
  }
}

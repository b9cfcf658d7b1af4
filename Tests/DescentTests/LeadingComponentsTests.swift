import LinearAlgebra
import Testing

@testable import Descent

/// The preconditioners' basis where features are too many for all of it.
@Suite struct LeadingComponentsTests {
  /// Rows whose variance falls along hidden directions as 1/k², three classes.
  private static func data(rows: Int, features: Int) -> Dataset {
    var generator = SeededGenerator(seed: 3)
    func signs(_ count: Int) -> [Double] {
      (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
    }
    let directions = (0..<40).map { k in signs(features).map { $0 * 10 / Double(k + 1) } }
    var numbers = signs(rows * features).map { $0 / 20 }
    var labels: [Int32] = []
    for row in 0..<rows {
      let weights = signs(directions.count)
      for (weight, direction) in zip(weights, directions) {
        for j in 0..<features { numbers[row * features + j] += weight * direction[j] }
      }
      labels.append(weights[0] > 0.3 ? 0 : weights[3] > 0 ? 1 : 2)
    }
    return Dataset(
      features: DenseStorage(rows: rows, columns: features, elements: numbers[...]),
      targets: .labels(labels), classNames: ["a", "b", "c"])
  }

  /// Against LAPACK's eigenvalues of the whole covariance.
  @Test func areTheFirstOfAll() throws {
    let features = Self.data(rows: 600, features: 180).features
    let moments = SampleMoments<Double>(
      of: Array(0..<600), features, withCovariance: true, isCentred: true, pool: ThreadPool(threads: 1))
    let all = try SymmetricEigen(try #require(moments.covariance))
    let leading = try #require(LeadingComponents<Double>(of: Array(0..<600), features, means: moments.means))
    for (value, exact) in zip(leading.variances.prefix(40), all.values.reversed()) {
      #expect(abs(value - exact) <= 1e-3 * exact)
    }
    let products = leading.components.multiplied(by: leading.components, .none, .transposed)
    for i in 0..<100 {
      for j in 0..<100 { #expect(abs(products[i, j] - (i == j ? 1 : 0)) < 1e-10) }
    }
    let first = (0..<180).reduce(0.0) { $0 + leading.components[0, $1] * all.vectors[179, $1] }
    #expect(abs(abs(first) - 1) < 1e-6)
    #expect(LeadingComponents<Double>(of: Array(0..<200), features, means: moments.means) == nil)
  }

  /// A symmetric, positive definite operator.
  @Test func preconditions() throws {
    let data = Self.data(rows: 260, features: 1540)
    let objective = DataObjective<Double>(
      model: LinearModel(inputs: 1540, outputs: 3), loss: Softmax(), penalty: L2(1e-3),
      features: data.features, scaling: .none, targets: data.targets, threads: 2)
    let count = 3 * 1541
    let sampled = try #require(SampledPreconditioner(objective, seed: 0))
    let multiply = try #require(sampled.preconditioner(at: Array(repeating: 0, count: count)))
    var generator = SeededGenerator(seed: 4)
    let (u, v) = (
      (0..<count).map { _ in Double.random(in: -1...1, using: &generator) },
      (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
    )
    func inner(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let (both, size) = (inner(u, multiply(v)), inner(u, multiply(u)))
    #expect(size > 0 && abs(both - inner(v, multiply(u))) <= 1e-9 * size)
  }
}

import LinearAlgebra
import Testing

@testable import Descent

/// Tables of many rows and few parameters, some columns of which mostly hold one value.
@Suite("Tall tables")
struct TallLaws {
  /// Two numbers far from 0, then a column that is mostly 0 and one that is mostly 3, else far from it.
  private static func features(_ rows: Int) -> [Double] {
    let numbers = Zoo.numbers(2 * rows, seed: 7, scale: 2)
    return (0..<rows).flatMap { i -> [Double] in
      let (usual, other): (Double, Double) = (i % 5 == 1 ? 200 : 0, i % 7 == 2 ? 60 : 3)
      return [numbers[2 * i] + 5, numbers[2 * i + 1] - 9, usual, other]
    }
  }

  private static func objective<Element: KernelScalar>(
    _ loss: any Loss, rows: Int, as type: Element.Type, hasIntercept: Bool = true, threads: Int = 1
  ) -> DataObjective<Element> {
    let columns = loss.task == .regression ? 2 : loss.columns(classes: 3)
    return DataObjective(
      model: LinearModel(inputs: 4, outputs: columns, hasIntercept: hasIntercept), loss: loss,
      penalty: L2(0.01), features: Matrix(rows: rows, columns: 4, elements: features(rows)).storage,
      targets: Zoo.targets(for: loss, rows: rows, columns: columns, seed: 2),
      weights: (0..<rows).map { [2.0, 1, 0, 1, 2][$0 % 5] }, threads: threads)
  }

  @Test(
    "the exact Hessian's steps are those of conjugate gradients", arguments: RowLaws.curved, [true, false])
  func steps(loss: any Loss, hasIntercept: Bool) throws {
    let objective = Self.objective(loss, rows: 400, as: Double.self, hasIntercept: hasIntercept)
    let problem = try CurvedProblem(objective)
    var start = Zoo.numbers(objective.count, seed: 4, scale: 0.1)
    if !hasIntercept { for i in problem.model.biases { start[i] = 0 } }
    let point = ScoredPoint(objective, at: start)
    let tall = try #require(TallProblem(problem, seed: 1))
    let factor = try #require(tall.factor(at: point))
    let expected = SampledCurvature(problem, seed: 1).system(objective.rows, of: point).solve(
      point.gradient, forcing: 1e-13, floor: 0, most: 2000, smoothing: false, isStopped: { false },
      factor.solve
    ).direction
    var (found, wanted) = (factor.solve(point.gradient.map { -$0 }), expected)
    // All biases alike change nothing.
    if problem.loss.seesDifferencesOnly {
      found.centre(problem.model.biases)
      wanted.centre(problem.model.biases)
    }
    #expect(wanted.contains { abs($0) > 1e-3 })
    #expect(zip(found, wanted).allSatisfy { isClose($0, $1, 1e-6) })
  }

  @Test("from a sample of the rows to a proof, with the same bits on any threads")
  func sample() throws {
    let rows = 140_000
    func fit(_ threads: Int) throws -> ([Float], Certificate?) {
      let objective = Self.objective(Logistic(), rows: rows, as: Float.self, threads: threads)
      let tall = try #require(TallProblem(CurvedProblem(objective), seed: 0))
      #expect(tall.share < 0.25)
      var parameters = [Float](repeating: 0, count: objective.count)
      let outcome = try Newton(tolerance: 1e-5).minimize(
        objective, from: &parameters, seed: 0, monitor: Monitor())
      #expect(outcome.stopReason == .converged)
      return (parameters, outcome.certificate)
    }
    let (one, certificate) = try fit(1)
    #expect(try #require(certificate).relativeGap <= 1e-5)
    #expect(try fit(3).0 == one)
  }

  @Test("what few rows say of a rare column is taken for little")
  func shrinking() {
    let objective = Self.objective(Logistic(), rows: 100, as: Double.self)
    let hessian = WholeHessian(
      objective.scaledFeatures, LinearModel(inputs: 4, outputs: 1), seesDifferencesOnly: false,
      pool: objective.pool)
    // 20 rows are not as usual in the third column, 14 in the fourth, where the usual 3 is made up for.
    let shrunk = hessian.shrunk([1, 1, 1, 1, 1], on: objective.scaledFeatures)
    #expect(zip(shrunk, [1, 1, 0.4, 14.0 / 44, 1 + 3 * 30.0 / 44]).allSatisfy { isClose($0, $1) })
  }

  private func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-11) -> Bool {
    abs(a - b) <= tolerance * (1 + abs(b))
  }
}

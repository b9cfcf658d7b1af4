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

  @Test("a sample knows the columns that seldom differ, and counts as all rows do")
  func strata() {
    let rows = 140_000
    func isOther(_ i: Int) -> [Bool] { [i % 1000 == 3, i % 5000 == 4, i % 150 == 5] }
    let numbers = Zoo.numbers(rows, seed: 3, scale: 2)
    let features = (0..<rows).flatMap { i in
      [numbers[i]] + zip(isOther(i), [(0.0, 50.0), (2, 9), (7, 0)]).map { $0 ? $1.1 : $1.0 }
    }
    let storage = Matrix(rows: rows, columns: 4, elements: features).storage
    let columns = UsualValues(of: storage, isCentred: true)
    #expect(Set(columns.seldom) == [1, 2, 3])
    func sample(_ threads: Int) -> StratifiedSample {
      StratifiedSample(
        of: storage, columns, wanted: 1000, seed: 0, pool: ThreadPool(threads: threads))
    }
    let some = sample(1)
    let counts = some.counts ?? []
    #expect(some.indices == some.indices.sorted() && sample(3).indices == some.indices)
    #expect(isClose(counts.reduce(0, +), Double(rows)))
    for column in 0..<3 {
      let all = (0..<rows).filter { isOther($0)[column] }
      let taken = zip(some.indices, counts).filter { isOther($0.0)[column] }
      #expect(taken.count == min(all.count, 333), "\(column)")
      #expect(isClose(taken.reduce(0) { $0 + $1.1 }, Double(all.count)), "\(column)")
    }
  }

  private func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-11) -> Bool {
    abs(a - b) <= tolerance * (1 + abs(b))
  }
}

import LinearAlgebra
import Testing

@testable import Descent

@Suite("A sample's Hessian that is factored whole, of one output")
struct OneScorePreconditionerTests {
  private static let (rows, columns) = (700, 120)

  /// Rows of two classes; the last column is 0 but for two rows.
  private static func data(shift: Double = 0) -> Dataset {
    var generator = SeededGenerator(seed: 4)
    var (x, labels) = ([Double](), [Int32]())
    for i in 0..<rows {
      var row = (0..<columns).map { _ in shift + Double.random(in: -1...1, using: &generator) }
      row[columns - 1] = i == 333 || i == 666 ? 40 : 0
      let score = 3 * (row[0] - shift) - 2 * (row[1] - shift) + Double.random(in: -1...1, using: &generator)
      x += row
      labels.append(score > 0.2 ? 1 : 0)
    }
    return Dataset(
      features: DenseStorage(rows: rows, columns: columns, elements: x[...]), targets: .labels(labels),
      classNames: ["no", "yes"])
  }

  private static func problem(_ data: Dataset, hasIntercept: Bool, l2: Double) throws -> CurvedProblem<Double>
  {
    try CurvedProblem(
      DataObjective<Double>(
        model: LinearModel(inputs: columns, outputs: 1, hasIntercept: hasIntercept), loss: Logistic(),
        penalty: L2(l2), features: data.features, scaling: .none, targets: data.targets, threads: 2))
  }

  /// (1/n)·Σ d·(x, 1)·(x, 1)ᵀv + l2·v, the bias unpenalised.
  private static func product(
    _ data: Dataset, _ d: [Double], _ v: [Double], bias: Double, l2: Double
  ) -> [Double] {
    var x = [Double](repeating: 0, count: rows * columns)
    var span = x.mutableSpan
    data.features.read(0..<rows, into: &span)
    var result = v.map { l2 * $0 }
    result[columns] = 0
    for i in 0..<rows {
      let row = Array(x[i * columns..<(i + 1) * columns]) + [bias]
      let along = zip(row, v).reduce(0) { $0 + $1.0 * $1.1 }
      for j in row.indices { result[j] += d[i] * along * row[j] / Double(rows) }
    }
    return result
  }

  @Test(
    "of all rows it is the Hessian's inverse, wherever the features lie", arguments: [true, false], [0.0, 50])
  func inverse(hasIntercept: Bool, shift: Double) throws {
    let data = Self.data(shift: shift)
    let problem = try Self.problem(data, hasIntercept: hasIntercept, l2: 1e-2)
    var generator = SeededGenerator(seed: 6)
    let count = problem.objective.count
    var (θ, g) = ([Double](), [Double]())
    for _ in 0..<count {
      θ.append(Double.random(in: -0.01...0.01, using: &generator))
      g.append(Double.random(in: -1...1, using: &generator))
    }
    if !hasIntercept { (θ[count - 1], g[count - 1]) = (0, 0) }
    let all = Array(0..<Self.rows)
    let point = ScoredPoint(problem.objective, at: θ)
    let curvature = hessianColumn(0, of: problem.rowLoss, slopes: point.slopes.gathered(at: all))
    let inverse = try #require(
      OneScorePreconditioner(problem, at: all, curvature: curvature, total: Double(Self.rows)))
    let back = Self.product(data, curvature, inverse(g), bias: hasIntercept ? 1 : 0, l2: 1e-2)
    // A ridge of 1e-7 is part of it.
    for j in 0..<(hasIntercept ? count : count - 1) { #expect(abs(back[j] - g[j]) < 1e-3, "\(j)") }
  }

  @Test("a column that the sample does not know has its squares from all rows")
  func unseenColumn() throws {
    let problem = try Self.problem(Self.data(), hasIntercept: true, l2: 1e-6)
    let some = (0..<Self.rows).filter { $0 % 333 != 0 }
    let curvature = [Double](repeating: 0.25, count: some.count)
    let inverse = try #require(
      OneScorePreconditioner(problem, at: some, curvature: curvature, total: Double(some.count)))
    var unit = [Double](repeating: 0, count: problem.objective.count)
    unit[Self.columns - 1] = 1
    // And not the 1e-6 of l2.
    let squares: Double = 0.25 * 2 * 1600 / 700
    let entry = inverse(unit)[Self.columns - 1]
    #expect(abs(entry - 1 / squares) < 1e-3)
  }

  @Test("L-BFGS finds Newton's optimum with it, by the same bits on any threads")
  func optimum() throws {
    let data = Self.data(shift: 3)
    func fit(_ solver: any Solver, threads: Int) throws -> Fit<Float> {
      try Trainer(loss: Logistic(), penalty: L2(1e-3), solver: solver, scaling: .none, threads: threads).fit(
        data)
    }
    let fits = try [1, 2, 3].map { try fit(LBFGS(tolerance: 1e-5), threads: $0) }
    #expect(fits[0].parameters == fits[1].parameters && fits[1].parameters == fits[2].parameters)
    #expect(fits[0].stopReason == .converged)
    let proved = try #require(fits[0].certificate)
    let other = try #require(fit(Newton(tolerance: 1e-7), threads: 2).certificate)
    #expect(proved.lowerBound <= other.objective && proved.objective <= other.objective * 1.00002)
    #expect(OneScorePreconditioner<Float>.applies(outputs: 1, features: Self.columns))
  }
}

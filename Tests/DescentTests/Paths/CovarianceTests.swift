import Descent
import LinearAlgebra
import Testing

/// The squared error's paths by the covariance of the features.
@Suite("Lasso paths on a covariance")
struct CovarianceTests {
  /// Numbers that few of many features tell, in a table whose columns have offsets and spreads of their own.
  private func table(rows: Int, features: Int, weighted: Bool = false) -> Dataset {
    var generator = SeededGenerator(seed: 3)
    var x = (0..<rows * features).map { _ in Double.random(in: -1...1, using: &generator) }
    for i in x.indices { x[i] = Double(i % features % 7 + 1) * (x[i] + Double(i % 5)) }
    let y = (0..<rows).map { row in
      (0..<features).reduce(2.0) { $0 + ($1 % 9 == 0 ? x[row * features + $1] / Double($1 + 1) : 0) }
        + Double.random(in: -0.5...0.5, using: &generator)
    }
    var data = Dataset(features: Matrix(rows: rows, columns: features, elements: x), values: y)
    if weighted {
      data.weights = (0..<rows).map { Double($0 % 3) }
      data.offsets = (0..<rows).map { Double($0 % 4) / 2 }
    }
    return data
  }

  /// All features at once, a working set, weights with offsets, no intercept: each point is at its optimum by the condition
  /// that says so on scaled features, |∂loss/∂w + l2·w| = l1 where w ≠ 0 and no more elsewhere.
  @Test(arguments: [(200, 90), (60, 150)], [false, true])
  func optimality(_ shape: (Int, Int), _ weighted: Bool) throws {
    let data = table(rows: shape.0, features: shape.1, weighted: weighted)
    for fitsIntercept in [true, false] {
      let trainer = Trainer(
        loss: SquaredError(), penalty: L2(1e-3), solver: Automatic(tolerance: 1e-12), scaling: .standard,
        fitsIntercept: fitsIntercept)
      let path = try PenaltyPath(trainer, on: data, as: Double.self)
      let points = try path.fit(path.penalties(points: 9, smallest: 1e-2))
      let raw = DataObjective<Double>(
        model: LinearModel(inputs: shape.1, outputs: 1, hasIntercept: fitsIntercept), loss: SquaredError(),
        penalty: NoPenalty(), features: data.features, targets: data.targets, weights: data.weights,
        offsets: data.offsets, threads: 1)
      #expect(points.count == 9)
      for point in points {
        let model = path.model(at: point)
        var gradient = model.parameters
        let loss = raw.meanLoss(at: model.parameters, gradient: &gradient)
        #expect(point.isProved(within: 1e-12))
        #expect(abs(loss - point.loss) <= 1e-10 * loss)
        for (j, scale) in model.featureScales.enumerated() {
          let w = model.parameters[j] * scale
          let slope = gradient[j] / scale + point.l2 * w
          #expect(
            w == 0 || abs(slope + (w > 0 ? point.l1 : -point.l1)) <= 1e-4 * point.l1, "\(j) of \(point.l1)")
          #expect(abs(slope) <= point.l1 * (1 + 1e-4))
        }
      }
      #expect(points[8].nonzeros > 5)
    }
  }

  /// A single fit goes the same way, and the same bits come of any number of threads.
  @Test(arguments: [(500, 120), (60, 300)]) func single(_ shape: (Int, Int)) throws {
    let data = table(rows: shape.0, features: shape.1)
    func fit(threads: Int) throws -> Fit<Float> {
      try Trainer(loss: SquaredError(), penalty: L1(0.05), threads: threads).fit(data)
    }
    let (one, three) = (try fit(threads: 1), try fit(threads: 3))
    #expect(one.isProved && one.stopReason == .converged)
    #expect(one.model.parameters == three.model.parameters)
    #expect(one.nonzeros > 0 && one.nonzeros < shape.1)
    func path(threads: Int) throws -> [PathPoint<Float>] {
      let path = try PenaltyPath(
        Trainer(loss: SquaredError(), penalty: NoPenalty(), threads: threads), on: data)
      return try path.fit(path.penalties(points: 20))
    }
    #expect(try path(threads: 1).map(\.parameters) == path(threads: 3).map(\.parameters))
  }
}

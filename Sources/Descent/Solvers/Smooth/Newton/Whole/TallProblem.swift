internal import LinearAlgebra

/// What makes Newton's method quick on tables of many rows and few parameters: the exact Hessian, and a sample of the rows
/// that is a small problem of the same kind.
///
/// The optimum over m of the rows is about parameters/(2m) above that over all, in units of the loss: from there
/// two or three steps are left. Where no column is rare the Hessian of the sample serves for that of all rows too: it is
/// off by √(parameters/m).
struct TallProblem<Element: KernelScalar> {
  private let problem: CurvedProblem<Element>
  /// The problem on the sample; the whole one where that is not much larger.
  let sample: CurvedProblem<Element>
  private let hessian: WholeHessian
  private let isOfSample: Bool

  private static var leastRows: Int { 32_768 }
  /// What part of all rows are in the sample.
  var share: Double { Double(sample.rows) / Double(problem.rows) }
  /// What a Hessian costs, in passes.
  var passes: Double { isOfSample ? share * hessian.passes : hessian.passes }

  /// Whether a problem of such a shape may be one.
  static func suits(rows: Int, features: Int, outputs: Int) -> Bool {
    let order = (features + 1) * outputs
    return order <= WholeHessian.mostParameters && features > 0 && rows >= 20 * order
  }

  /// Nil where there are many parameters for so few rows, or the Hessian costs too much.
  init?(_ problem: CurvedProblem<Element>, seed: UInt64) {
    let (rows, model) = (problem.rows, problem.model)
    guard problem.l2 > 0, Self.suits(rows: rows, features: model.inputs, outputs: model.outputs) else {
      return nil
    }
    self.problem = problem
    let wanted = max(Self.leastRows, 64 * problem.objective.count)
    func whole(_ problem: CurvedProblem<Element>) -> WholeHessian {
      WholeHessian(
        problem.scaledRows.features, model, seesDifferencesOnly: problem.loss.seesDifferencesOnly,
        pool: problem.pool)
    }
    var hessian = whole(problem)
    if hessian.sampleSuffices { return nil }
    guard rows >= 4 * wanted else {
      (sample, isOfSample) = (problem, false)
      guard hessian.passes <= WholeHessian.mostPasses else { return nil }
      self.hessian = hessian
      return
    }
    var generator = SeededGenerator(seed: seed)
    // One of each of so many equal parts.
    let indices = (0..<wanted).map { i in
      Int.random(in: rows * i / wanted..<rows * (i + 1) / wanted, using: &generator)
    }
    guard let sample = try? CurvedProblem(problem.objective.sampled(at: indices)) else { return nil }
    self.sample = sample
    isOfSample = !hessian.hasRareColumns
    if isOfSample { hessian = whole(sample) }
    self.hessian = hessian
    guard passes <= WholeHessian.mostPasses else { return nil }
  }

  /// Brings parameters whose weights are 0 to about the optimum on the sample, and returns what that took, in passes over
  /// all rows. Others were found somehow, and stay. What few rows of the sample say of a rare column is taken for as little
  /// as it is worth: believed, it would put other rows of that kind where the loss has no curvature to step by.
  func approach(from parameters: inout [Element], seed: UInt64, _ monitor: Monitor) -> Double {
    guard share < 1, parameters[problem.model.weights].allSatisfy({ $0 == 0 }) else { return 0 }
    // What the sample's optimum is wrong by, relative to a loss of about 1.
    let newton = Newton(tolerance: 0.5 * Double(problem.objective.count) / Double(sample.rows), mostSteps: 30)
    var descent = NewtonDescent(
      newton, on: sample, from: parameters, seed: seed, tall: TallProblem(sample, seed: seed))
    _ = descent.run(monitor.silent)
    parameters = hessian.shrunk(descent.parameters, on: sample.scaledRows.features)
    return descent.passes.made * share
  }

  /// The factor of the Hessian at a point; nil where it is too far from definite.
  func factor(at point: ScoredPoint<Element>) -> HessianFactor? {
    let rowLoss = isOfSample ? sample.rowLoss : problem.rowLoss
    let slopes =
      isOfSample ? ScoredPoint(sample.objective, at: point.parameters).slopes : point.slopes.whole()
    let pairs = hessian.pairs
    return hessian.factor(l2: problem.l2, scale: 1 / rowLoss.total) { range, weights in
      fillWeights(range, rowLoss, slopes, pairs, into: &weights)
    }
  }
}

/// The entries of each row's Hessian by the scores at `pairs`, `[rows, pairs]`.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func fillWeights<Element: KernelScalar>(
  _ range: Range<Int>, _ rowLoss: RowLoss, _ slopes: RowBuffer<Element>, _ pairs: [(Int, Int)],
  into weights: inout [Double]
) {
  let classes = rowLoss.columns
  var column = [Element](repeating: 0, count: range.count * classes)
  var last = -1
  for (k, (a, b)) in pairs.enumerated() {
    if b != last {
      for i in column.indices { column[i] = i % classes == b ? 1 : 0 }
      var span = column.mutableSpan
      slopes.read(range) { rowLoss.multiplyHessian(range, &span, slopes: $0) }
      last = b
    }
    for i in 0..<range.count { weights[i * pairs.count + k] = Double(column[i * classes + a]) }
  }
}

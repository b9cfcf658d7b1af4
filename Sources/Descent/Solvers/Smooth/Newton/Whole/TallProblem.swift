internal import LinearAlgebra

/// What makes Newton's method quick on tables of many rows and few parameters: the exact Hessian, and a sample of the rows
/// that is a small problem of the same kind.
///
/// The optimum over m of the rows is about parameters/(2m) above that over all, in units of the loss: from there
/// two or three steps are left. The Hessian of the sample serves for that of all rows too: it is
/// off by √(parameters/m).
struct TallProblem<Element: KernelScalar> {
  private let problem: CurvedProblem<Element>
  /// The problem on the sample; the whole one where that is not much larger.
  let sample: CurvedProblem<Element>
  private let hessian: WholeHessian

  /// What part of all rows are in the sample.
  var share: Double { Double(sample.rows) / Double(problem.rows) }
  /// What a Hessian costs, in passes.
  var passes: Double { share * hessian.passes }

  /// Nil where exact Hessians do not pay, see ``HessianPlan``.
  init?(_ problem: CurvedProblem<Element>, seed: UInt64) {
    let (rows, features) = (problem.rows, problem.scaledRows.features)
    let differs = problem.loss.seesDifferencesOnly
    guard let plan = HessianPlan(problem, seesDifferencesOnly: differs), plan.isExact else { return nil }
    self.problem = problem
    guard plan.sampleRows < rows else {
      sample = problem
      hessian = WholeHessian(
        features, problem.model, plan.columns, seesDifferencesOnly: differs, pool: problem.pool,
        among: problem.ranks)
      return
    }
    let chosen = StratifiedSample(
      of: features, plan.columns, wanted: plan.wanted, seed: seed, pool: problem.pool,
      among: problem.ranks)
    let objective = problem.objective.sampled(at: chosen.indices, counting: chosen.counts)
    guard let sample = try? CurvedProblem(objective) else { return nil }
    self.sample = sample
    let some = sample.scaledRows.features
    hessian = WholeHessian(
      some, problem.model, UsualValues(of: some, isCentred: problem.model.hasIntercept),
      seesDifferencesOnly: differs, pool: problem.pool)
  }

  /// Brings parameters whose weights are 0 to about the optimum on the sample, and returns what that took, in passes over
  /// all rows. Others were found somehow, and stay.
  func approach(from parameters: inout [Element], seed: UInt64, _ monitor: Monitor) -> Double {
    guard share < 1, parameters[problem.model.weights].allSatisfy({ $0 == 0 }) else { return 0 }
    // What the sample's optimum is wrong by, relative to a loss of about 1.
    let newton = Newton(tolerance: 0.5 * Double(problem.objective.count) / Double(sample.rows), mostSteps: 30)
    var descent = NewtonDescent(
      newton, on: sample, from: parameters, seed: seed, tall: TallProblem(sample, seed: seed))
    _ = descent.run(monitor.silent)
    parameters = descent.parameters
    return descent.passes.made * share
  }

  /// The factor of the Hessian at a point; nil where it is too far from definite.
  func factor(at point: ScoredPoint<Element>) -> HessianFactor? {
    let rowLoss = sample.rowLoss
    let slopes =
      share < 1 ? ScoredPoint(sample.objective, at: point.parameters).slopes : point.slopes.whole()
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

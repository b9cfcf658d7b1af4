internal import LinearAlgebra

/// Where ``InteriorPoint`` is: parameters, and the residuals and multipliers of rows and weights.
struct CentralPath {
  let problem: QuantileProblem<Double>
  private var θ: [Double]
  private let rows: ResidualPairs
  /// Of the weights under l1; none without.
  private let kinks: ResidualPairs
  private let hessian: RestrictedHessian<Double>
  private let set: WorkingSet
  private let order: [Int]
  private let passCount: PassCount
  /// `[rows, 1]`
  private let buffer: RowBuffer<Double>

  private var objectiveOfRows: DataObjective<Double> { problem.objective }
  private var weights: Range<Int> { problem.model.weights }

  init(_ problem: QuantileProblem<Double>, from start: [Double]) {
    self.problem = problem
    let (objective, model) = (problem.objective, problem.model)
    (θ, passCount) = (start, PassCount(of: objective.pass, resumedAt: nil))
    (hessian, set, order) = (
      RestrictedHessian(objective, seed: 0), WorkingSet(all: model), Array(0..<objective.rows)
    )
    buffer = RowBuffer(rows: objective.rows, columns: 1)
    let rowLoss = objective.rowLoss
    _ = objective.pass.forward(start) { [buffer] range, s in
      rowLoss.takeResiduals(range, &s)
      buffer.store(range, s)
      return 0
    }
    let e = buffer.all.map { -$0 }
    let shares = order.map { rowLoss.weight(of: $0) / rowLoss.total }
    let spread = zip(e, shares).reduce(0) { $0 + abs($1.0) * $1.1 }
    rows = ResidualPairs(
      level: problem.loss.quantile, shares: shares, e: e, slack: 0.1 * spread,
      pool: objective.pool)
    let isKinked = problem.l1 > 0
    kinks = ResidualPairs(
      level: 0.5, shares: isKinked ? model.weights.map { _ in 2 * problem.l1 } : [],
      e: isKinked ? model.weights.map { -start[$0] } : [], slack: 0.1 * max(spread, 1e-300),
      pool: objective.pool)
  }

  var passes: Double { passCount.made }
  var gap: Double { rows.gap + kinks.gap }
  var objective: Double {
    rows.loss + kinks.loss + 0.5 * problem.l2 * weights.reduce(0) { $0 + θ[$1] * θ[$1] }
  }

  /// Weights that their multipliers say are 0 are so.
  var parameters: [Double] {
    guard problem.l1 > 0 else { return θ }
    let largest = weights.reduce(0) { max($0, abs(θ[$1])) }
    var result = θ
    for (a, weight) in zip(kinks.values(\.a), weights) {
      let inside = 0.5 - abs(a)
      if abs(θ[weight]) < 1e-2 * inside * largest { result[weight] = 0 }
    }
    return result
  }

  /// A predicted step, and from what it would leave a corrected one; false where none helps.
  mutating func step() -> Bool {
    rows.setCurvature()
    kinks.setCurvature()
    rows.write(to: buffer) { $0.curvature }
    guard let system = formed() else { return false }
    let total = rows.shares.reduce(0, +) + kinks.shares.reduce(0, +)
    let before = gap / (2 * total)
    let reach = lengths(1, direct(system, nil).longest)
    let after = (rows.gap(after: reach.0, reach.1) + kinks.gap(after: reach.0, reach.1)) / (2 * total)
    let share = max(0, after / before)
    let (direction, longest) = direct(system, share * share * share * before)
    let (first, second) = lengths(0.9995, longest)
    guard first > 1e-12, direction.allSatisfy(\.isFinite) else { return false }
    for i in θ.indices { θ[i] += first * direction[i] }
    if kinks.count > 0 { _ = kinks.move(first, second, scores: RowBuffer(Array(direction[weights]))) }
    return rows.move(first, second, scores: buffer)
  }

  /// How far residuals and multipliers go; alike with l2, whose gradient ties them together.
  private func lengths(_ share: Double, _ longest: (residuals: Double, multipliers: Double)) -> (
    Double, Double
  ) {
    let first = min(1, share * longest.residuals)
    let second = min(1, share * longest.multipliers)
    return problem.l2 > 0 ? (min(first, second), min(first, second)) : (first, second)
  }

  /// The step to the centre: that of the parameters, those of the rest being set, and how far it may go.
  private func direct(
    _ system: WholeSystem, _ centre: Double?
  ) -> (direction: [Double], longest: (residuals: Double, multipliers: Double)) {
    var right = correlated { [rows] in rows.read($0, into: &$1) { $0.pull(centre) + $0.a } }
    for weight in weights { right[weight] -= problem.l2 * θ[weight] }
    for (i, pull) in kinks.values({ $0.pull(centre) + $0.a }).enumerated() {
      right[weights.lowerBound + i] += kinks.shares[i] * pull
    }
    let direction = system.solve(right)
    setScores(direction)
    let (a, b) = (
      rows.setStep(buffer, centre),
      kinks.setStep(RowBuffer(kinks.count > 0 ? Array(direction[weights]) : []), centre)
    )
    return (direction, (min(a.residuals, b.residuals), min(a.multipliers, b.multipliers)))
  }

  /// Σ share·value·x
  private func correlated(_ fill: @Sendable (Range<Int>, inout MutableSpan<Double>) -> Void) -> [Double] {
    var result = [Double](repeating: 0, count: θ.count)
    _ = problem.pass.backward(scale: objectiveOfRows.scale, gradient: &result) {
      [rowLoss = problem.rowLoss] range, s in
      fill(range, &s)
      rowLoss.weigh(range, &s)
      return 0
    }
    // What is not learnt has no part in it.
    for bias in problem.model.biases where !problem.model.learntBiases.contains(bias) { result[bias] = 0 }
    return result
  }

  private func setScores(_ direction: [Double]) {
    _ = problem.pass.forward(direction) { [buffer] range, s in
      buffer.store(range, s)
      return 0
    }
  }

  /// Σ share·curvature·x·xᵀ + l2·I of the curvatures in the buffer, factored; nil where that cannot be.
  private func formed() -> WholeSystem? {
    let part = hessian.form(
      set, of: GivenCurvature(loss: problem.loss), slopes: buffer, at: order, scale: objectiveOfRows.scale,
      isStopped: { false })
    var matrix = Matrix<Double>(rows: θ.count, columns: θ.count)
    for (i, row) in set.indices.enumerated() {
      for (j, column) in set.indices.enumerated() { matrix[row, column] = part[i, j] }
    }
    for weight in weights { matrix[weight, weight] += problem.l2 }
    for (i, curvature) in kinks.values(\.curvature).enumerated() {
      matrix[weights.lowerBound + i, weights.lowerBound + i] += kinks.shares[i] * curvature
    }
    return WholeSystem(consume matrix)
  }

  /// The slopes of the loss that the multipliers stand for, `[rows, 1]`; without a penalty moved, each by as much as it has
  /// room to, to where their correlation with the features is nothing but rounding, as a bound asks then.
  func slopes() -> RowBuffer<Double> {
    let result = RowBuffer<Double>(rows: rows.count, columns: 1)
    rows.write(to: result) { -$0.a }
    guard problem.isUnpenalised else { return result }
    let level = rows.level
    let room = RowBuffer<Double>(rows: rows.count, columns: 1)
    rows.write(to: room) { min($0.above, $0.below) }
    rows.write(to: buffer) { min($0.above, $0.below) }
    guard let system = formed() else { return result }
    for _ in 0..<4 {
      setScores(system.solve(correlated { result.load($0, into: &$1) }))
      rows.parts.forEach { [buffer] range in
        result.update(range) { slopes in
          buffer.read(range) { z in
            room.read(range) { room in
              for i in 0..<range.count {
                slopes[i] = min(1 - level, max(-level, slopes[i] - room[i] * z[i]))
              }
            }
          }
        }
      }
    }
    return result
  }

  /// Where the parameters are, unrounded.
  var exact: [Double] { θ }
}

internal import LinearAlgebra

/// Where ``InteriorPoint`` is: parameters, and the residuals and multipliers of rows and weights.
struct CentralPath {
  let problem: QuantileProblem<Double>
  private var θ: [Double]
  private var rows: ResidualPairs
  /// Of the weights under l1; none without.
  private var kinks: ResidualPairs
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
    rows = ResidualPairs(level: problem.loss.quantile, shares: shares, e: e, slack: 0.1 * spread)
    let isKinked = problem.l1 > 0
    kinks = ResidualPairs(
      level: 0.5, shares: isKinked ? model.weights.map { _ in 2 * problem.l1 } : [],
      e: isKinked ? model.weights.map { -start[$0] } : [], slack: 0.1 * max(spread, 1e-300))
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
    for (i, weight) in weights.enumerated() {
      let inside = 0.5 - abs(kinks.a[i])
      if abs(θ[weight]) < 1e-2 * inside * largest { result[weight] = 0 }
    }
    return result
  }

  /// A predicted step, and from what it would leave a corrected one; false where none helps.
  mutating func step() -> Bool {
    rows.setCurvature()
    kinks.setCurvature()
    guard let system = formed(rows.curvature) else { return false }
    let total = rows.shares.reduce(0, +) + kinks.shares.reduce(0, +)
    let before = gap / (2 * total)
    _ = direct(system, nil)
    let reach = lengths(1)
    let after = (rows.gap(after: reach.0, reach.1) + kinks.gap(after: reach.0, reach.1)) / (2 * total)
    let share = max(0, after / before)
    guard let direction = direct(system, share * share * share * before) else { return false }
    let (first, second) = lengths(0.9995)
    guard first > 1e-12, direction.allSatisfy(\.isFinite) else { return false }
    for i in θ.indices { θ[i] += first * direction[i] }
    buffer.read(0..<rows.count) { rows.move(first, second, scores: $0) }
    if kinks.count > 0 { kinks.move(first, second, scores: direction[weights].span) }
    return rows.e.allSatisfy(\.isFinite)
  }

  /// How far residuals and multipliers go; alike with l2, whose gradient ties them together.
  private func lengths(_ share: Double) -> (Double, Double) {
    let (a, b) = (rows.longest, kinks.longest)
    let first = min(1, share * min(a.residuals, b.residuals))
    let second = min(1, share * min(a.multipliers, b.multipliers))
    return problem.l2 > 0 ? (min(first, second), min(first, second)) : (first, second)
  }

  /// The step to the centre: that of the parameters, those of the rest being set.
  private mutating func direct(_ system: WholeSystem, _ centre: Double?) -> [Double]? {
    var right = correlated { [rows] in rows.pull($0, centre) + rows.a[$0] }
    for (i, weight) in weights.enumerated() {
      right[weight] -= problem.l2 * θ[weight]
      if kinks.count > 0 { right[weight] += kinks.shares[i] * (kinks.pull(i, centre) + kinks.a[i]) }
    }
    let direction = system.solve(right)
    setScores(direction)
    buffer.read(0..<rows.count) { rows.setStep($0, centre) }
    if kinks.count > 0 { kinks.setStep(direction[weights].span, centre) }
    return direction
  }

  /// Σ share·value·x
  private func correlated(_ value: @Sendable (Int) -> Double) -> [Double] {
    var result = [Double](repeating: 0, count: θ.count)
    _ = problem.pass.backward(scale: objectiveOfRows.scale, gradient: &result) {
      [rowLoss = problem.rowLoss] range, s in
      for i in range { s[i - range.lowerBound] = value(i) }
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

  /// Σ share·curvature·x·xᵀ + l2·I, factored; nil where that cannot be.
  private func formed(_ curvature: [Double]) -> WholeSystem? {
    buffer.all = curvature
    let part = hessian.form(
      set, of: GivenCurvature(loss: problem.loss), slopes: buffer, at: order, scale: objectiveOfRows.scale,
      isStopped: { false })
    var matrix = Matrix<Double>(rows: θ.count, columns: θ.count)
    for (i, row) in set.indices.enumerated() {
      for (j, column) in set.indices.enumerated() { matrix[row, column] = part[i, j] }
    }
    for (i, weight) in weights.enumerated() {
      matrix[weight, weight] += problem.l2
      if kinks.count > 0 { matrix[weight, weight] += kinks.shares[i] * kinks.curvature[i] }
    }
    return WholeSystem(consume matrix)
  }

  /// The slopes of the loss that the multipliers stand for, `[rows, 1]`; without a penalty moved, each by as much as it has
  /// room to, to where their correlation with the features is nothing but rounding, as a bound asks then.
  func slopes() -> RowBuffer<Double> {
    var a = rows.a
    let level = rows.level
    let room = a.map { min(level - $0, 1 - level + $0) }
    if problem.isUnpenalised, let system = formed(room) {
      for _ in 0..<4 {
        setScores(system.solve(correlated { [a] in a[$0] }))
        buffer.read(0..<rows.count) { z in
          for i in a.indices { a[i] = min(level, max(level - 1, a[i] - room[i] * z[i])) }
        }
      }
    }
    let result = RowBuffer<Double>(rows: rows.count, columns: 1)
    result.all = a.map { -$0 }
    return result
  }

  /// Where the parameters are, unrounded.
  var exact: [Double] { θ }
}

internal import LinearAlgebra

/// Newton's method in Double with the whole Hessian, for small linear models without a penalty.
///
/// Nothing keeps their Hessian from being singular, as with a category for each value beside the bias, nor their weights
/// from growing without end. Steps go to the solution of least norm; each of them proves a bound (see
/// ``Certifier/certify(_:start:direction:sizes:solve:)``), and where all rows agree with a step or with the
/// weights themselves there is no minimum.
struct WholeNewton<Element: KernelScalar> {
  private let objective: DataObjective<Double>
  private let loss: any CurvedLoss
  private let certifier: Certifier
  private let hessian: RestrictedHessian<Double>
  private let set: WorkingSet
  /// The root mean square of each parameter's feature.
  private let sizes: [Double]

  /// What is known of parameters.
  struct Verdict {
    var certificate: Certificate?
    /// Whether the objective has no minimum: whatever the parameters, others have a smaller one.
    var isEndless: Bool
  }

  private static var mostParameters: Int { 1000 }
  private static var mostOperations: Double { 5e10 }

  /// Nil where there is a penalty or the Hessian would cost too much.
  init?(_ problem: CurvedProblem<Element>) {
    let count = problem.objective.count
    guard problem.isUnpenalised, count <= Self.mostParameters,
      Double(problem.rows) * Double(count * count) <= Self.mostOperations,
      let certifier = Certifier(withOrWithoutPenalty: problem.objective)
    else { return nil }
    let (exact, model) = (problem.objective.converted(to: Double.self), problem.model)
    (self.objective, self.loss, self.certifier) = (exact, problem.loss, certifier)
    hessian = RestrictedHessian(exact, seed: 0)
    set = WorkingSet(all: model)
    let moments = ColumnMoments.of(exact.scaledFeatures)
    let roots = zip(moments.means, moments.deviations).map { ($0 * $0 + $1 * $1).squareRoot() }
    sizes = (0..<model.outputs).flatMap { _ in roots } + Array(repeating: 1, count: model.outputs)
  }

  func judge(_ parameters: [Element]) -> Verdict {
    let point = ScoredPoint(objective, at: parameters.map { Double($0) })
    if objective.rowLoss.isSeparated(point.scores, slack: 0) {
      return Verdict(certificate: nil, isEndless: true)
    }
    guard let system = system(at: point, of: loss, point.slopes) else {
      return Verdict(certificate: nil, isEndless: false)
    }
    let direction = system.solve(point.gradient.map { -$0 })
    return judge(parameters, at: point, direction, system)
  }

  /// - Parameter parameters: those of the point, rounded.
  private func judge(
    _ parameters: [Element], at point: ScoredPoint<Double>, _ direction: [Double], _ system: WholeSystem
  ) -> Verdict {
    let isEndless =
      objective.rowLoss.isSeparated(point.scores, slack: 0) || leadsOn(from: point, direction)
    let certificate = certifier.certify(
      parameters, start: point.parameters, direction: direction, sizes: sizes, solve: system.solve)
    return Verdict(certificate: certificate, isEndless: isEndless)
  }

  /// Whether Newton's steps from here come to a direction that no row is against: some rows are told apart by it, and
  /// where the others are at their optimum it is all that is left of a step.
  private func leadsOn(from point: ScoredPoint<Double>, _ direction: [Double]) -> Bool {
    guard loss.isNeverZero else { return false }
    let further = ScoredPoint(objective, at: point.parameters)
    var direction = direction
    for _ in 0..<10 {
      let scores = objective.scores(of: direction)
      if objective.rowLoss.isSeparated(scores, slack: 1e-6) { return true }
      guard objective.rowLoss.isSeparated(scores, slack: 0.1), step(further, direction),
        let system = system(at: further, of: loss, further.slopes)
      else { return false }
      direction = system.solve(further.gradient.map { -$0 })
    }
    return false
  }

  /// Moves `parameters` to the minimum.
  mutating func minimize(
    from parameters: inout [Element], tolerance: Double, mostSteps: Int, _ monitor: Monitor
  ) -> Outcome {
    let point = ScoredPoint(objective, at: parameters.map { Double($0) })
    monitor.record(passes: objective.pass.made, objective: point.value, at: parameters)
    var certificate: Certificate?
    var values: [Double] = []
    for _ in 0..<mostSteps {
      // So slow a fall is the other solvers' business.
      values.append(point.value)
      if values.count > 20, values[values.count - 20] - point.value < 1e-6 * abs(point.value) { break }
      if let reason = monitor.stopReason { return Outcome(reason, certificate: certificate) }
      guard let system = system(at: point, of: loss, point.slopes) else { break }
      let direction = system.solve(point.gradient.map { -$0 })
      let decrement = -0.5 * inner(point.gradient, direction)
      if decrement <= max(tolerance, 1e-3) * abs(point.value) {
        let verdict = judge(parameters, at: point, direction, system)
        certificate = verdict.certificate
        monitor.record(
          passes: objective.pass.made, objective: point.value, gap: certificate?.gap, at: parameters)
        if verdict.isEndless { return Outcome(.noMinimum) }
        if let certificate, certificate.relativeGap <= max(tolerance, 1e-13) {
          return Outcome(.converged, certificate: certificate)
        }
      }
      guard step(point, direction) || stepByMajorant(point) else { break }
      parameters = point.parameters.map { Element($0) }
      monitor.record(
        passes: objective.pass.made, objective: point.value, gap: certificate?.gap, at: parameters)
      if objective.rowLoss.isSeparated(point.scores, slack: 0) { return Outcome(.noMinimum) }
    }
    return Outcome(.stalled, certificate: certificate)
  }

  /// Goes along a direction as far as the objective falls enough; false where it does not.
  private func step(_ point: ScoredPoint<Double>, _ direction: [Double]) -> Bool {
    let (first, slope) = (point.value, inner(point.gradient, direction))
    guard slope < 0, direction.allSatisfy(\.isFinite) else { return false }
    let scores = objective.scores(of: direction)
    var length = 1.0
    while length > 1e-8 {
      let value = point.probe(length, direction, scores)
      if value < first, value <= first + 1e-4 * length * slope {
        point.move(length, direction, scores, value: value)
        return true
      }
      length /= 2
    }
    _ = point.probe(0, direction, scores)
    return false
  }

  /// Where the loss has too little curvature to step by: that of a parabola above it.
  private func stepByMajorant(_ point: ScoredPoint<Double>) -> Bool {
    guard loss.majorant != nil else { return false }
    let (majorant, residuals) = point.modelled(loss)
    guard let system = system(at: point, of: majorant, residuals) else { return false }
    return step(point, system.solve(point.gradient.map { -$0 }))
  }

  private func system(
    at point: ScoredPoint<Double>, of loss: any CurvedLoss, _ slopes: RowBuffer<Double>
  ) -> WholeSystem? {
    let rows = hessian.sample(objective.rows)
    let formed = hessian.form(
      set, of: loss, slopes: slopes, at: rows, scale: 1 / objective.rowLoss.total(at: rows),
      isStopped: { false })
    // The set's order is class by class, the parameters' has the biases last. What is not learnt has rows of zeros.
    var matrix = Matrix<Double>(rows: objective.count, columns: objective.count)
    for (i, row) in set.indices.enumerated() {
      for (j, column) in set.indices.enumerated() { matrix[row, column] = formed[i, j] }
    }
    return WholeSystem(consume matrix)
  }
}

internal import LinearAlgebra

/// One run of ``ProximalNewton``.
struct SparseDescent<Element: Scalar> {
  private let settings: ProximalNewton
  private let objective: DataObjective<Element>
  private let model: LinearModel
  private let point: ScoredPoint<Element>
  private let certifier: Certifier?
  private let loss: any CurvedLoss
  private let curvature: RestrictedHessian<Element>
  /// What ‖W‖₁ costs in this step: l1, or more while the solution is far away.
  private var price: Double
  private var nextCertificate: Double
  private var frozen: Frozen?
  /// By how much the model's Hessian is too small along the last step.
  private var stiffness = 1.0
  private var leastExpected = Double.infinity
  private var barrenSteps = 0
  private let momentum: FaceMomentum<Element>
  private var steps = 0
  /// Whether the point has been looked at already: by the run that left the state.
  private var isLookedAt = false
  /// Whether the step made last was cut short.
  private var isCutShort = false
  private(set) var certificate: Certificate?

  /// A Hessian, and where it was formed.
  struct Frozen: Codable {
    var set: WorkingSet
    /// The Hessian, `[set, set]`
    var numbers: [Element]
    var value: Double

    var hessian: Matrix<Element> { Matrix(rows: set.count, columns: set.count, elements: numbers) }
  }

  /// Where a descent is, once it has looked at a point.
  struct State: Codable {
    var point: ScoredPoint<Element>.State
    var price, nextCertificate: Double
    var frozen: Frozen?
    var stiffness, leastExpected: Double
    var barrenSteps, steps: Int
    var momentum: FaceMomentum<Element>.State?
    var passes: Double

    func fits(_ objective: DataObjective<Element>) -> Bool {
      guard let model = objective.model as? LinearModel, point.fits(objective) else { return false }
      let size = frozen?.set.count ?? 0
      return price > 0 && plausibleCounts.contains(steps) && plausibleCounts.contains(barrenSteps)
        && (frozen.map { $0.set.fits(model) && $0.numbers.count == size * size } ?? true)
        && (momentum.map { $0.fits(objective, set: size) } ?? true)
    }
  }

  private var state: State {
    State(
      point: point.state, price: price, nextCertificate: nextCertificate, frozen: frozen,
      stiffness: stiffness, leastExpected: leastExpected, barrenSteps: barrenSteps, steps: steps,
      momentum: momentum.state, passes: objective.pass.made)
  }

  /// Weights in play in one step, at most: the Hessian takes their number squared, and those that seem to want in
  /// while the solution is far away mostly say the same.
  private var mostWeights: Int {
    let inUse = point.parameters[model.weights].count { $0 != 0 }
    return max(600, inUse + inUse / 2)
  }

  /// Nil for what is no linear model with a curved loss.
  init?(
    _ settings: ProximalNewton, on objective: DataObjective<Element>, from start: [Element], seed: UInt64,
    resuming state: State?
  ) {
    guard let model = objective.model as? LinearModel, let loss = objective.loss as? any CurvedLoss else {
      return nil
    }
    (self.settings, self.objective, self.model) = (settings, objective, model)
    point = state.map { ScoredPoint(objective, resuming: $0.point) } ?? ScoredPoint(objective, at: start)
    certifier = Certifier(objective)
    curvature = RestrictedHessian(objective, seed: seed)
    self.loss = loss
    let largest = point.gradient[model.weights].reduce(0) { max($0, Double(abs($1))) }
    price = max(objective.penalty.l1, Self.fall * largest)
    nextCertificate = settings.tolerance
    momentum = FaceMomentum(objective, loss: loss)
    guard let state else { return }
    (price, nextCertificate, frozen) = (state.price, state.nextCertificate, state.frozen)
    (stiffness, leastExpected) = (state.stiffness, state.leastExpected)
    (barrenSteps, steps) = (state.barrenSteps, state.steps)
    if let last = state.momentum { momentum.resume(from: last) }
    objective.pass.made = state.passes
    isLookedAt = true
  }

  /// The factor by which the price falls from step to step.
  private static var fall: Double { 0.3 }

  var parameters: [Element] { point.parameters }

  mutating func run(_ monitor: Monitor) -> StopReason {
    let reason = descend(monitor)
    if reason != .converged { certificate = certifier?.certify(point.parameters) }
    return reason
  }

  private mutating func descend(_ monitor: Monitor) -> StopReason {
    if !isLookedAt { monitor.record(passes: objective.pass.made, objective: point.value) }
    while steps < settings.mostSteps {
      if !isLookedAt, price == objective.penalty.l1 {
        if isProved(monitor) { return .converged }
        if isStuck() {
          nextCertificate = .infinity
          return isProved(monitor) ? .converged : .stalled
        }
      }
      isLookedAt = false
      let here = state
      if let reason = monitor.stopReason(at: here) { return reason }
      steps += 1
      guard step(monitor, from: here) else {
        if isCutShort, let reason = monitor.stopReason { return reason }
        if price > objective.penalty.l1 {
          price = objective.penalty.l1
          continue
        }
        nextCertificate = .infinity
        return isProved(monitor) ? .converged : .stalled
      }
      let largest = point.gradient[model.weights].reduce(0) { max($0, Double(abs($1))) }
      price = min(price, max(objective.penalty.l1, Self.fall * largest))
      monitor.record(passes: objective.pass.made, objective: point.value)
    }
    return .finished
  }

  /// Whether many steps have not brought the gap's estimate down: the element's precision is reached.
  private mutating func isStuck() -> Bool {
    let expected = point.expectedGap
    guard expected >= 0.9 * leastExpected else {
      (leastExpected, barrenSteps) = (expected, 0)
      return false
    }
    barrenSteps += 1
    return barrenSteps > 30
  }

  /// One step from where the descent is; false where none helps.
  ///
  /// - Parameter here: nil at a second try, which is not cut short: the point's buffers are those of the first.
  private mutating func step(_ monitor: Monitor, from here: State?) -> Bool {
    let isStopped = { here != nil && monitor.stopReason != nil }
    let isFresh = renewModel(isStopped)
    isCutShort = here.flatMap { monitor.stopReason(at: $0) } != nil
    guard !isCutShort, let frozen else { return false }
    let set = frozen.set
    let (w, gradient) = (set.pick(point.parameters), set.pick(point.gradient))
    let prices = set.indices.map { $0 < model.weights.upperBound ? Element(price) : 0 }
    // Both divided by a factor: as if the Hessian were multiplied by it.
    let shrink = Element(1 / stiffness)
    var problem = L1Quadratic(
      frozen.hessian, gradient: gradient.map { shrink * $0 }, at: w, prices: prices.map { shrink * $0 })
    // Far from the solution the model is not worth more.
    let distance = stationarity(w, gradient, prices) / price
    problem.solve(factor: min(0.03, max(1e-3, 0.03 * distance)), isStopped: isStopped)
    isCutShort = here.flatMap { monitor.stopReason(at: $0) } != nil
    let face = Face(w, to: problem.u, gradient: gradient, prices: prices)
    guard face.fall < 0, face.fall.isFinite else { return isFresh || isCutShort ? false : retry(monitor) }
    let change = set.spread(face.change, over: objective.count)
    let scores = objective.scores(of: change)
    let modelled = inner(face.change, frozen.hessian.multiplied(by: face.change))
    let ratio = momentum.curvature(change, scores, point) / modelled
    stiffness = min(10, max(1, ratio.isFinite ? ratio : 1))
    if face.isKept, price == objective.penalty.l1, momentum.take(face, set, change, scores, at: point) {
      return true
    }
    momentum.forget()
    if search(change, scores, face.fall) {
      return true
    }
    return isFresh || isCutShort ? false : retry(monitor)
  }

  private mutating func retry(_ monitor: Monitor) -> Bool {
    frozen = nil
    return step(monitor, from: nil)
  }

  /// Whether the Hessian at hand is of about here and has the weights that matter most.
  private var isModelGood: Bool {
    guard let frozen, price == objective.penalty.l1, frozen.value - point.value < 0.01 * abs(point.value)
    else { return false }
    let outside = frozen.set.excessOutside(
      model, at: point.parameters, gradient: point.gradient, l1: price)
    let prices = frozen.set.indices.map { $0 < model.weights.upperBound ? Element(price) : 0 }
    let inside = stationarity(
      frozen.set.pick(point.parameters), frozen.set.pick(point.gradient), prices)
    return outside <= 0.3 * inside
  }

  /// Forms the Hessian anew where that is due; says whether it did.
  private mutating func renewModel(_ isStopped: () -> Bool) -> Bool {
    if isModelGood { return false }
    let set = WorkingSet(model, at: point.parameters, gradient: point.gradient, l1: price, most: mostWeights)
    let some = curvature.sample(rows(for: set))
    var hessian = curvature.form(
      set, of: loss, slopes: point.slopes, at: some, scale: 1 / Element(some.count), isStopped: isStopped)
    let l2 = Element(objective.penalty.l2)
    for (i, index) in set.indices.enumerated() where index < model.weights.upperBound { hessian[i, i] += l2 }
    frozen = Frozen(set: set, numbers: Array(hessian.elements), value: point.value)
    stiffness = 1
    momentum.forget()
    return true
  }

  /// Rows that the Hessian is formed from: as many as some billions of operations allow.
  private func rows(for set: WorkingSet) -> Int {
    let operations = price == objective.penalty.l1 ? 4e9 : 5e8
    let affordable = Int(operations / Double(set.count * set.count))
    let widest = set.classes.reduce(0) { max($0, $1.count) }
    return min(objective.rows, max(1000, 8 * widest, affordable))
  }

  /// Moves along a direction as far as the objective at the present price falls enough. (Armijo's rule as in Tseng
  /// and Yun, A coordinate gradient descent method, Math. Program. 117, 2009, eq. 11.)
  private func search(_ direction: [Element], _ scores: RowBuffer<Element>, _ fall: Double) -> Bool {
    let extra = price - objective.penalty.l1
    let before = point.value + extra * norm1(point.parameters, nil, 0)
    var length = 1.0
    repeat {
      let value = point.probe(length, direction, scores)
      let priced = value + (extra == 0 ? 0 : extra * norm1(point.parameters, direction, length))
      if priced <= before + 1e-4 * length * fall + objective.noise(of: before) {
        point.move(length, direction, scores, value: value)
        return true
      }
      length /= 2
    } while length > 1e-6
    return false
  }

  /// ‖W + length·direction‖₁
  private func norm1(_ parameters: [Element], _ direction: [Element]?, _ length: Double) -> Double {
    var sum = 0.0
    for i in model.weights {
      sum += abs(Double(parameters[i]) + (direction.map { length * Double($0[i]) } ?? 0))
    }
    return sum
  }

  /// Computes a certificate where the gap's estimate gives it a chance; whether it is good enough.
  private mutating func isProved(_ monitor: Monitor) -> Bool {
    let expected = point.expectedGap
    guard expected <= nextCertificate * abs(point.value), let certifier else { return false }
    let certificate = certifier.certify(point.parameters)
    self.certificate = certificate
    nextCertificate = max(0.1 * settings.tolerance, expected / abs(point.value) / 2)
    monitor.record(passes: objective.pass.made, objective: point.value, gap: certificate.gap)
    return certificate.gap <= settings.tolerance * abs(certificate.objective)
  }
}

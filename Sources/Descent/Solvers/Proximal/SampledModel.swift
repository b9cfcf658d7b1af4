internal import LinearAlgebra

/// The quadratic model of a ``ProximalDescent``'s steps: a Hessian over a working set, formed from a sample of the rows and
/// kept while it is good.
///
/// A step by a sampled Hessian leaves of the error what the sample is wrong about. Where steps no longer halve the gap,
/// the next Hessian has four times the rows: it costs more once, and the steps are fewer.
struct SampledModel<Element: KernelScalar> {
  private let problem: CurvedProblem<Element>
  private var model: LinearModel { problem.model }
  private let curvature: RestrictedHessian<Element>
  private(set) var state = State()

  /// A Hessian, and where it was formed.
  struct Frozen: Codable {
    var set: WorkingSet
    /// The Hessian, `[set, set]`
    var numbers: [Element]
    /// Rows of the sample.
    var rows: Int
    var value: Double

    var hessian: Matrix<Element> { Matrix(rows: set.count, columns: set.count, elements: numbers) }
  }

  struct State: Codable {
    fileprivate(set) var frozen: Frozen?
    /// By how much the Hessian is too small along the last step.
    fileprivate(set) var stiffness = 1.0
    /// What a Hessian may cost, relative to the first.
    fileprivate var effort = 1.0
    /// The gap's estimates since the Hessian was formed.
    fileprivate var gaps: [Double] = []

    func fits(_ model: LinearModel) -> Bool {
      guard effort >= 1, effort.isFinite, let frozen else { return effort >= 1 }
      return frozen.set.fits(model) && frozen.numbers.count == frozen.set.count * frozen.set.count
    }
  }

  init(_ problem: CurvedProblem<Element>, seed: UInt64) {
    self.problem = problem
    curvature = RestrictedHessian(problem.objective, seed: seed)
  }

  mutating func resume(from state: State) { self.state = state }

  mutating func forget() { state.frozen = nil }

  mutating func stiffen(to ratio: Double) {
    state.stiffness = min(10, max(1, ratio.isFinite ? ratio : 1))
  }

  /// Drops a Hessian that is no good here, so that there is never memory for two; says whether it did.
  mutating func dropStale(at point: ScoredPoint<Element>, price: Double) -> Bool {
    if isGood(at: point, price: price) { return false }
    forget()
    return true
  }

  /// Forms the Hessian where there is none; says whether it did.
  mutating func renew(
    at point: ScoredPoint<Element>, price: Double, isStopped: () -> Bool
  ) -> Bool {
    if state.frozen != nil { return false }
    let inUse = point.parameters[model.weights].count { $0 != 0 }
    // The Hessian takes their number squared, and those that seem to want in while the solution is far away mostly
    // say the same.
    let most = max(600, inUse + inUse / 2)
    let set = WorkingSet(model, at: point.parameters, gradient: point.gradient, l1: price, most: most)
    let some = curvature.sample(rows(for: set, isAtPrice: price == problem.l1))
    let (loss, slopes) = point.modelled(problem.loss)
    var hessian = curvature.form(
      set, of: loss, slopes: slopes, at: some, scale: 1 / Element(problem.rowLoss.total(at: some)),
      isStopped: isStopped)
    let l2 = Element(problem.l2)
    for (i, index) in set.indices.enumerated() where index < model.weights.upperBound { hessian[i, i] += l2 }
    state.frozen = Frozen(
      set: set, numbers: Array(hessian.elements), rows: some.count, value: point.value)
    state.stiffness = 1
    state.gaps = []
    return true
  }

  /// Takes note of the gap that a step at the final price ended with; whether that is reason to drop the Hessian.
  mutating func drops(gap: Double) -> Bool {
    state.gaps = state.gaps.suffix(3) + [gap]
    guard state.gaps.count > 3, gap > 0.5 * state.gaps[0], let frozen = state.frozen,
      frozen.rows < problem.rows
    else { return false }
    state.effort *= 4
    state.frozen = nil
    return true
  }

  /// Whether the Hessian at hand is of about here and has the weights that matter most.
  private func isGood(at point: ScoredPoint<Element>, price: Double) -> Bool {
    guard let frozen = state.frozen, price == problem.l1,
      frozen.value - point.value < 0.01 * abs(point.value)
    else { return false }
    let outside = frozen.set.excessOutside(
      model, at: point.parameters, gradient: point.gradient, l1: price)
    let inside = stationarity(
      frozen.set.pick(point.parameters), frozen.set.pick(point.gradient), prices(frozen.set, price))
    return outside <= 0.3 * inside
  }

  /// What each weight of a set costs; biases cost nothing.
  func prices(_ set: WorkingSet, _ price: Double) -> [Element] {
    set.indices.map { $0 < model.weights.upperBound ? Element(price) : 0 }
  }

  /// Rows that the Hessian is formed from: as many as some billions of operations allow.
  private func rows(for set: WorkingSet, isAtPrice: Bool) -> Int {
    let operations = isAtPrice ? 5e10 * state.effort : 5e8
    let affordable = Int(min(1e15, operations / Double(set.count * set.count)))
    let widest = set.classes.reduce(0) { max($0, $1.count) }
    return min(problem.rows, max(1000, 8 * widest, affordable))
  }
}

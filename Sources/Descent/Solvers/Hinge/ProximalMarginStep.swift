internal import LinearAlgebra

/// Directions for the augmented Lagrangian with l1: to the minimum of its quadratic model plus the penalty itself, over
/// the weights that are not zero or would not stay so.
///
/// Only rows with a free margin are in the Hessian, those of ``WideMultipliers``: wider after a step that went too far,
/// narrower after one that did not.
/// The price of ‖W‖₁ starts high and falls to l1 in a few steps: few weights are in play while the solution is far away.
/// (Lee, Sun and Saunders, Proximal Newton-type methods, SIAM J. Optim. 24, 2014.)
struct ProximalMarginStep<Element: KernelScalar> {
  private let problem: HingeProblem<Element>
  private var model: LinearModel { problem.model }
  private let curvature: RestrictedHessian<Element>
  private let wide: WideMultipliers<Element>
  var state = State()

  struct State: Codable {
    /// How far beyond their bounds multipliers count as free.
    var width = 0.0
    /// What ‖W‖₁ costs in this step: l1, or more while the solution is far away.
    var price = Double.greatestFiniteMagnitude
  }

  /// The factor by which the price falls from step to step.
  private static var fall: Double { 0.3 }
  /// What is added to the diagonal, relative to its mean: rows may be fewer than weights.
  private static var ridge: Double { 1e-6 }
  /// Weights in play before there are many.
  private static var fewWeights: Int { 600 }

  init(_ problem: HingeProblem<Element>, seed: UInt64) {
    self.problem = problem
    curvature = RestrictedHessian(problem.objective, seed: seed)
    wide = WideMultipliers(over: problem.pass, classes: problem.classes)
  }

  /// Whether the price has fallen to l1.
  var isAtPrice: Bool { state.price == problem.l1 }

  /// - Parameters:
  ///   - gradient: of the smooth part.
  ///   - accuracy: how far the residual of the model's own problem is to fall.
  mutating func direction<Exact: KernelScalar>(
    at point: MarginPoint<Exact>, gradient: [Exact], accuracy: Double, isStopped: () -> Bool
  ) -> [Exact] {
    let l2 = problem.l2
    let largest = gradient[model.weights].reduce(0) { max($0, Double(abs($1))) }
    state.price = min(state.price, max(problem.l1, Self.fall * largest))
    let price = state.price
    let inUse = point.parameters[model.weights].count { $0 != 0 }
    let set = WorkingSet(
      model, at: point.parameters, gradient: gradient, l1: price,
      most: max(Self.fewWeights, inUse + inUse / 2))
    var hessian = self.hessian(at: point, set, isStopped)
    let meanDiagonal = set.indices.indices.reduce(0.0) { $0 + Double(hessian[$1, $1]) } / Double(set.count)
    for (i, index) in set.indices.enumerated() {
      hessian[i, i] += Element(Self.ridge * meanDiagonal + (index < model.weights.upperBound ? l2 : 0))
    }
    let w = set.pick(point.parameters)
    var quadratic = L1Quadratic(
      hessian, gradient: set.pick(gradient).map { Element(Double($0)) }, at: w.map { Element(Double($0)) },
      prices: set.indices.map { $0 < model.weights.upperBound ? Element(price) : 0 })
    quadratic.solve(factor: accuracy, isStopped: isStopped)
    let change = zip(quadratic.change, quadratic.u).enumerated().map { i, new in
      // To exact zeros, whatever the precision.
      new.1 == 0 ? -w[i] : Exact(Double(new.0))
    }
    return set.spread(change, over: problem.objective.count)
  }

  /// Of the rows with a free margin; of a sample of them at a price that will fall, or where they are very many.
  ///
  /// A sample of half of them has the minimum of its model two or three times too far away, where the line search
  /// stops each step short; it is most of a step's time to find that minimum, and not to sum up the rows.
  private func hessian<Exact: KernelScalar>(
    at point: MarginPoint<Exact>, _ set: WorkingSet, _ isStopped: () -> Bool
  ) -> Matrix<Element> {
    let isFree = wide.load(point, width: state.width)
    let free = isFree.indices.filter { isFree[$0] }
    let affordable = Int((isAtPrice ? 1e12 : 1e10) / Double(max(1, set.count * set.count)))
    let widest = set.classes.reduce(0) { max($0, $1.count) }
    let some = curvature.sample(max(1000, 8 * widest, affordable), where: isFree)
    let share = problem.rowLoss.share(of: free, in: some)
    return curvature.form(
      set, of: SmoothedHinge(safetyMargin: point.margin, width: (1 + 2 * state.width) / point.strength),
      slopes: wide.slopes, at: some, scale: Element(share / point.total), isStopped: isStopped)
  }

  /// After a step of some length of the way to the model's minimum; nil where it was none.
  mutating func adapt(to length: Double?) {
    if length == nil { state.price = problem.l1 }
    guard let length, length > 0.3 else {
      state.width = min(10, max(0.1, 3 * state.width))
      return
    }
    if length > 0.7 { state.width = state.width < 0.02 ? 0 : state.width / 3 }
  }
}

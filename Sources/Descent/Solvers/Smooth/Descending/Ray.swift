internal import LinearAlgebra

/// An objective along a direction: what line searches look at, one pass a point.
///
/// Where the objective has kinks the ray bends: each of its points is brought back by the proximal operator of that step.
struct Ray<Element: KernelScalar> {
  private let objective: any Objective<Element>
  private(set) var start: [Element] = []
  private var direction: [Element] = []
  /// The point looked at last, with its gradient.
  private(set) var parameters: [Element]
  private(set) var gradient: [Element]
  private(set) var point: LinePoint
  /// A subgradient of the kinks there: what the proximal operator took away, a step. Empty without kinks, and at the start.
  private var kinkSlopes: [Element] = []

  /// Looks at `parameters`.
  init(_ objective: any Objective<Element>, at parameters: [Element]) {
    self.objective = objective
    self.parameters = parameters
    gradient = Array(repeating: 0, count: parameters.count)
    point = LinePoint(
      step: 0, value: objective.value(at: parameters, gradient: &gradient), slope: 0)
  }

  /// The point looked at last: all that a step to come depends on.
  struct State: Codable {
    var parameters, gradient: [Element]
    var point: LinePoint
    /// Nil where there are none.
    var kinkSlopes: [Element]?

    func fits(_ count: Int) -> Bool {
      parameters.count == count && gradient.count == count && kinkSlopes.map { $0.count == count } ?? true
    }
  }

  var state: State {
    State(
      parameters: parameters, gradient: gradient, point: point,
      kinkSlopes: kinkSlopes.isEmpty ? nil : kinkSlopes)
  }

  /// Where another ray was, without a look.
  init(_ objective: any Objective<Element>, resuming state: State) {
    self.objective = objective
    (parameters, gradient, point) = (state.parameters, state.gradient, state.point)
    kinkSlopes = state.kinkSlopes ?? []
  }

  /// A subgradient at the point looked at last, which is 0 where that is a minimum: the gradient where there are no kinks.
  var subgradient: [Element] {
    guard !kinkSlopes.isEmpty else { return gradient }
    return zip(gradient, kinkSlopes).map { $0 + $1 }
  }

  /// Sets off from the point looked at last.
  mutating func turn(to direction: [Element]) {
    start = parameters
    self.direction = direction
    point.step = 0
    point.slope = inner(gradient, direction)
  }

  /// Looks at start + step · direction.
  mutating func look(_ step: Double) -> LinePoint {
    let direction = direction
    parameters = start
    var moved = parameters.mutableSpan
    axpy(Element(step), direction.span, into: &moved)
    if objective.hasKinks { bend(step) }
    let value = objective.value(at: parameters, gradient: &gradient)
    point = LinePoint(step: step, value: value, slope: inner(gradient, direction))
    return point
  }

  private mutating func bend(_ step: Double) {
    let straight = parameters
    objective.prox(&parameters, step: step)
    kinkSlopes = zip(straight, parameters).map { ($0 - $1) / Element(step) }
  }

  /// Looks there again, unless it was there last.
  mutating func go(to step: Double) {
    if point.step != step { _ = look(step) }
  }
}

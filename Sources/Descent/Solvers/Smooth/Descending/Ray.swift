internal import LinearAlgebra

/// An objective along a direction: what line searches look at, one pass a point.
struct Ray<Element: KernelScalar> {
  private let objective: any Objective<Element>
  private var start: [Element] = []
  private var direction: [Element] = []
  /// The point looked at last, with its gradient.
  private(set) var parameters: [Element]
  private(set) var gradient: [Element]
  private(set) var point: LinePoint

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

    func fits(_ count: Int) -> Bool { parameters.count == count && gradient.count == count }
  }

  var state: State { State(parameters: parameters, gradient: gradient, point: point) }

  /// Where another ray was, without a look.
  init(_ objective: any Objective<Element>, resuming state: State) {
    self.objective = objective
    (parameters, gradient, point) = (state.parameters, state.gradient, state.point)
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
    let value = objective.value(at: parameters, gradient: &gradient)
    point = LinePoint(step: step, value: value, slope: inner(gradient, direction))
    return point
  }

  /// Looks there again, unless it was there last.
  mutating func go(to step: Double) {
    if point.step != step { _ = look(step) }
  }
}

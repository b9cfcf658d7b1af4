internal import LinearAlgebra

/// Parameters with the scores of all rows, and the multipliers of all margins at them.
///
/// The biases are eliminated: after each move they are the minimisers of the augmented Lagrangian, so that the
/// multipliers' slopes sum to zero in every class. That makes the multipliers a feasible point of the dual
/// problem, whose bound costs no more than the gradient.
final class MarginPoint<Element: KernelScalar> {
  let problem: HingeProblem<Element>
  var objective: DataObjective<Element> { problem.objective }
  var labels: ArraySlice<Int32> { problem.loss.labels }
  var margin: Double { problem.loss.margin }
  var classes: Int { problem.classes }
  var weights: Int { problem.model.weights.count }
  /// σ
  var strength: Double
  private(set) var parameters: [Element]
  /// What the biases have been moved by since ``scores`` were computed.
  private var shift: [Double]
  /// `[rows, classes]`, without the shift.
  let scores: RowBuffer<Element>
  /// The scores of a direction, from when it is aimed at until the point has moved.
  private var directionScores: RowBuffer<Element>?
  /// α, those that the augmented Lagrangian is built on.
  private(set) var fixed: RowBuffer<Element>
  /// a, those of the present scores.
  private(set) var current: RowBuffer<Element>
  /// See ``updateMultipliers(_:scores:labels:weights:_:into:flags:sums:)``.
  private let flags: RowBuffer<Element>
  private(set) var sums: MultiplierSums
  /// The gradient of the mean loss's part.
  private(set) var gradient: [Element]

  init(_ problem: HingeProblem<Element>, at parameters: [Element], resuming state: State?) {
    (self.problem, self.parameters) = (problem, parameters)
    let (objective, classes) = (problem.objective, problem.classes)
    let pass = objective.pass
    if let state {
      (strength, self.parameters, gradient) = (state.strength, state.parameters, state.gradient)
      (shift, scores, fixed) = (state.shift, pass.part(state.scores), pass.part(state.fixed))
      (current, flags) = (pass.part(state.current), pass.part(state.flags))
      sums = MultiplierSums(classes: classes, numbers: state.sums)
      return
    }
    strength = 1
    shift = Array(repeating: 0, count: classes)
    scores = objective.scores(of: parameters)
    fixed = pass.buffer(columns: classes)
    current = pass.buffer(columns: classes)
    flags = pass.buffer(columns: 1)
    sums = MultiplierSums(classes: classes, numbers: [])
    gradient = Array(repeating: 0, count: objective.count)
  }

  /// A point of lower precision, its scores computed anew.
  init<Rough: KernelScalar>(_ other: MarginPoint<Rough>) {
    problem = other.problem.converted(to: Element.self)
    strength = other.strength
    parameters = other.parameters.map { Element(Double($0)) }
    let (objective, classes) = (problem.objective, problem.classes)
    let pass = objective.pass
    shift = Array(repeating: 0, count: classes)
    scores = objective.scores(of: parameters)
    fixed = RowBuffer(converting: other.fixed)
    current = pass.buffer(columns: classes)
    flags = pass.buffer(columns: 1)
    sums = MultiplierSums(classes: classes, numbers: [])
    gradient = Array(repeating: 0, count: objective.count)
  }

  var rows: Int { problem.rows }
  /// What the rows count for.
  var total: Double { problem.rowLoss.total }

  /// All that the point's future depends on, as a value that shares the buffers: encode it before the point moves on.
  struct State: Codable {
    var strength: Double
    var parameters, gradient: [Element]
    var shift: [Double]
    var scores, fixed, current, flags: RowBuffer<Element>
    var sums: [Double]

    func fits<Other>(_ objective: DataObjective<Other>) -> Bool {
      let (rows, classes) = (objective.rows, objective.model.outputs)
      return parameters.count == objective.count && gradient.count == objective.count
        && shift.count == classes && sums.count == MultiplierSums.count(classes: classes)
        && [scores, fixed, current].allSatisfy { $0.fits(rows: rows, columns: classes) }
        && flags.fits(rows: rows, columns: 1)
    }
  }

  var state: State {
    State(
      strength: strength, parameters: parameters, gradient: gradient, shift: shift, scores: scores,
      fixed: fixed, current: current, flags: flags, sums: sums.numbers)
  }

  /// The objective: mean hinge plus penalty.
  var value: Double { sums.hinge / total + objective.penaltyValue(at: parameters) }

  /// The gradient of the augmented Lagrangian's smooth part: that of l2 included, l1 left out.
  var fullGradient: [Element] {
    var result = gradient
    objective.addPenaltyGradient(at: parameters, to: &result)
    return result
  }

  /// Rows with a free margin, in order.
  var freeRows: [Int] {
    flags.whole().read(0..<rows) { flags in (0..<flags.count).filter { flags[$0] == 2 } }
  }

  /// Sets the multipliers and their sums, with the shift changed by `change`.
  func evaluate(shiftedBy change: [Double]) {
    let settings = settings(shiftedBy: change)
    let numbers = objective.pass.sweep(summing: MultiplierSums.count(classes: classes)) {
      [scores, fixed, current, flags, labels, rowLoss = problem.rowLoss] range, sums in
      let labels = labels[labels.startIndex + range.lowerBound..<labels.startIndex + range.upperBound]
      let weights = rowLoss.weights?[range] ?? []
      current.update(range) { a in
        flags.update(range) { flags in
          scores.read(range) { s in
            fixed.read(range) { α in
              updateMultipliers(
                α, scores: s, labels: labels, weights: weights, settings, into: &a, flags: &flags, sums: &sums
              )
            }
          }
        }
      }
    }
    sums = MultiplierSums(classes: classes, numbers: numbers)
  }

  /// Makes the change of the shift part of the biases.
  func accept(shift change: [Double]) {
    for c in 0..<classes {
      shift[c] += change[c]
      parameters[weights + c] += Element(change[c])
    }
  }

  /// The gradient at the multipliers: one way of a pass.
  func updateGradient() {
    _ = objective.pass.backward(scale: objective.scale, gradient: &gradient) {
      [current, labels, classes, rowLoss = problem.rowLoss] range, slopes in
      let labels = labels[labels.startIndex + range.lowerBound..<labels.startIndex + range.upperBound]
      current.read(range) { setSlopes(&slopes, of: $0, labels: labels, columns: classes) }
      rowLoss.weigh(range, &slopes)
      return 0
    }
  }

  /// Takes the multipliers of the present scores for those that the augmented Lagrangian is built on.
  func fixMultipliers() { swap(&fixed, &current) }

  /// The scores of a direction, for the line search: one way of a pass.
  func aim(_ direction: [Element]) {
    directionScores = nil
    directionScores = objective.scores(of: direction)
  }

  /// The mean derivative of the augmented Lagrangian's loss along the direction, `length` away.
  func slope(at length: Double) -> Double {
    guard let directionScores else { fatalError("a slope along no direction") }
    let settings = settings(shiftedBy: [])
    return objective.pass.sweep { [scores, fixed, labels, rowLoss = problem.rowLoss] range in
      let labels = labels[labels.startIndex + range.lowerBound..<labels.startIndex + range.upperBound]
      let weights = rowLoss.weights?[range] ?? []
      return directionScores.read(range) { u in
        scores.read(range) { s in
          fixed.read(range) { α in
            slopeAlong(u, length: Element(length), α, scores: s, labels: labels, weights: weights, settings)
          }
        }
      }
    } / total
  }

  /// Moves `length` along the direction.
  func move(_ length: Double, _ direction: [Element]) {
    let step = Element(length)
    var span = parameters.mutableSpan
    axpy(step, direction.span, into: &span)
    guard let directionScores else { fatalError("a move along no direction") }
    _ = objective.pass.sweep { [scores] range in
      scores.update(range) { s in directionScores.read(range) { add(step, $0, to: &s) } }
      return 0
    }
    self.directionScores = nil
  }

  func settings(shiftedBy change: [Double]) -> MultiplierSettings<Element> {
    MultiplierSettings(
      strength: Element(strength), margin: Element(margin),
      shift: shift.indices.map { Element(shift[$0] + (change.isEmpty ? 0 : change[$0])) })
  }
}

/// Σ x², summed in Double.
@specialized(where Element == Float)
@specialized(where Element == Double)
func squares<Element: KernelScalar>(_ x: ArraySlice<Element>) -> Double {
  x.withUnsafeBufferPointer { $0.reduce(0) { $0 + Double($1) * Double($1) } }
}

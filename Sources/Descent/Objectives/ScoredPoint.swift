internal import LinearAlgebra

/// The scores and slopes of all rows at one point, with the objective and its gradient there.
final class ScoredPoint<Element: KernelScalar> {
  let objective: DataObjective<Element>
  private(set) var parameters: [Element]
  /// `[rows, outputs]`
  let scores: RowBuffer<Element>
  /// Each row's own ∇ℓ at the scores, `[rows, outputs]`.
  let slopes: RowBuffer<Element>
  private(set) var value = 0.0
  private(set) var gradient: [Element]

  init(_ objective: DataObjective<Element>, at parameters: [Element]) {
    self.objective = objective
    self.parameters = parameters
    let columns = objective.model.outputs
    scores = objective.pass.buffer(columns: columns)
    slopes = objective.pass.buffer(columns: columns)
    gradient = Array(repeating: 0, count: objective.count)
    let sum = objective.pass.run(parameters, scale: objective.scale, gradient: &gradient) {
      [scores, slopes, rowLoss = objective.rowLoss] range, s in
      scores.store(range, s)
      let value = rowLoss.slopes(range, &s)
      slopes.store(range, s)
      rowLoss.weigh(range, &s)
      return value
    }
    value = sum / objective.rowLoss.total + objective.penaltyValue(at: parameters)
    objective.addPenaltyGradient(at: parameters, to: &gradient)
  }

  /// All of it, as a value that shares the buffers: encode it before the point moves on.
  struct State: Codable {
    var parameters: [Element]
    var scores, slopes: RowBuffer<Element>
    var value: Double
    var gradient: [Element]

    func fits(_ objective: DataObjective<Element>) -> Bool {
      let (rows, columns) = (objective.rows, objective.model.outputs)
      return parameters.count == objective.count && gradient.count == objective.count
        && scores.fits(rows: rows, columns: columns) && slopes.fits(rows: rows, columns: columns)
    }
  }

  var state: State {
    State(parameters: parameters, scores: scores, slopes: slopes, value: value, gradient: gradient)
  }

  init(_ objective: DataObjective<Element>, resuming state: State) {
    self.objective = objective
    let pass = objective.pass
    (parameters, scores, slopes) = (state.parameters, pass.part(state.scores), pass.part(state.slopes))
    (value, gradient) = (state.value, state.gradient)
  }

  /// The objective at parameters + length · direction, from the scores of the direction: no pass. Its slopes
  /// are left in ``slopes``.
  func probe(_ length: Double, _ direction: [Element], _ directionScores: RowBuffer<Element>) -> Double {
    let step = Element(length)
    let sum = objective.pass.sweep { [scores, slopes, rowLoss = objective.rowLoss] range in
      slopes.update(range) { s in
        scores.read(range) { from in directionScores.read(range) { combine(from, step, $0, into: &s) } }
        return rowLoss.slopes(range, &s)
      }
    }
    return sum / objective.rowLoss.total + objective.penaltyValue(at: moved(length, direction))
  }

  /// Moves there, ``slopes`` being those of the last ``probe(_:_:_:)``; one way of a pass for the gradient.
  func move(_ length: Double, _ direction: [Element], _ directionScores: RowBuffer<Element>, value: Double) {
    parameters = moved(length, direction)
    self.value = value
    let step = Element(length)
    _ = objective.pass.sweep { [scores] range in
      scores.update(range) { s in directionScores.read(range) { add(step, $0, to: &s) } }
      return 0
    }
    _ = objective.pass.backward(scale: objective.scale, gradient: &gradient) {
      [slopes, rowLoss = objective.rowLoss] range, s in
      slopes.load(range, into: &s)
      rowLoss.weigh(range, &s)
      return 0
    }
    objective.addPenaltyGradient(at: parameters, to: &gradient)
  }

  private func moved(_ length: Double, _ direction: [Element]) -> [Element] {
    var result = parameters
    var span = result.mutableSpan
    axpy(Element(length), direction.span, into: &span)
    return result
  }
}

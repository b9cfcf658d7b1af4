internal import LinearAlgebra

/// The scores and slopes of all rows at one point, with the objective and its gradient there.
final class ScoredPoint<Element: KernelScalar> {
  let objective: DataObjective<Element>
  private let loss: any Loss
  private(set) var parameters: [Element]
  /// `[rows, outputs]`
  let scores: RowBuffer<Element>
  /// ∇ℓ at the scores, `[rows, outputs]`.
  let slopes: RowBuffer<Element>
  private(set) var value = 0.0
  private(set) var gradient: [Element]

  init(_ objective: DataObjective<Element>, at parameters: [Element]) {
    self.objective = objective
    self.parameters = parameters
    loss = objective.loss
    let columns = objective.model.outputs
    scores = RowBuffer(rows: objective.rows, columns: columns)
    slopes = RowBuffer(rows: objective.rows, columns: columns)
    gradient = Array(repeating: 0, count: objective.count)
    let sum = objective.pass.run(parameters, scale: objective.scale, gradient: &gradient) {
      [scores, slopes, loss, targets = objective.targets] range, s in
      scores.store(range, s)
      let value = loss.evaluate(&s, columns: columns, targets: targets[range])
      slopes.store(range, s)
      return value
    }
    value = sum / Double(max(1, objective.rows)) + objective.penaltyValue(at: parameters)
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
    (self.objective, loss) = (objective, objective.loss)
    (parameters, scores, slopes) = (state.parameters, state.scores, state.slopes)
    (value, gradient) = (state.value, state.gradient)
  }

  /// The objective at parameters + length · direction, from the scores of the direction: no pass. Its slopes
  /// are left in ``slopes``.
  func probe(_ length: Double, _ direction: [Element], _ directionScores: RowBuffer<Element>) -> Double {
    let (step, columns) = (Element(length), objective.model.outputs)
    let sum = objective.pass.sweep { [scores, slopes, loss, targets = objective.targets] range in
      slopes.update(range) { s in
        scores.read(range) { from in directionScores.read(range) { combine(from, step, $0, into: &s) } }
        return loss.evaluate(&s, columns: columns, targets: targets[range])
      }
    }
    return sum / Double(objective.rows) + objective.penaltyValue(at: moved(length, direction))
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
    _ = objective.pass.backward(scale: objective.scale, gradient: &gradient) { [slopes] range, s in
      slopes.load(range, into: &s)
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

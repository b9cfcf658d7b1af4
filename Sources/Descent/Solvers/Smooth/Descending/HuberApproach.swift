internal import LinearAlgebra

extension DataObjective {
  /// Brings parameters under Huber's loss to where most solvers find their way, off the record; others stay as they are.
  ///
  /// Far from the optimum most residuals are beyond δ, where the loss has no curvature: no step knows how long it is to
  /// be, and a bias that is off by many δ hardly moves. So the biases are set to the best for the weights, exactly, and
  /// where residuals are still many δ large, the optima of Huber's losses of wider δ, each a good start for the next, are
  /// approached by some Newton steps.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func approachHuber(from parameters: inout [Element], seed: UInt64, _ monitor: Monitor) {
    guard let huber = loss as? Huber, model is LinearModel else { return }
    setBestBiases(&parameters)
    for relaxed in huber.relaxed(below: largestResidual(at: parameters)) where monitor.stopReason == nil {
      let easier = with(relaxed)
      if penalty.l1 > 0 {
        let steps = ProximalNewton(tolerance: 1e-3, mostSteps: 40)
        guard
          var descent = SparseDescent(steps, on: easier, from: parameters, seed: seed, resuming: nil)
        else { return }
        _ = descent.run(monitor.silent)
        parameters = descent.parameters
      } else {
        let steps = Newton(tolerance: 1e-2, mostSteps: 6)
        guard var descent = NewtonDescent(steps, on: easier, from: parameters, seed: seed) else { return }
        _ = descent.run(monitor.silent)
        parameters = descent.parameters
      }
      easier.setBestBiases(&parameters)
    }
    setBestBiases(&parameters)
  }

  /// Sets the biases of a linear model to the best for its weights: a root in one dimension for each, in Double.
  func setBestBiases(_ parameters: inout [Element]) {
    guard let model = model as? LinearModel, !model.learntBiases.isEmpty, rowLoss.curved != nil,
      rows > 0
    else { return }
    let pass = Pass<Double>(model, over: source(for: Double.self), pool: pool)
    let scores = RowBuffer<Double>(rows: rows, columns: model.outputs)
    _ = pass.forward(parameters.map { Double($0) }) { range, s in
      scores.store(range, s)
      return 0
    }
    let shift = DualPoint(pass, rowLoss).setBestShift(scores)
    guard shift.allSatisfy(\.isFinite) else { return }
    for (i, bias) in model.learntBiases.enumerated() {
      parameters[bias] = Element(Double(parameters[bias]) + shift[i])
    }
  }

  /// The largest |score − target| of all rows, for targets that are numbers.
  private func largestResidual(at parameters: [Element]) -> Double {
    let residuals = RowBuffer<Double>(rows: rows, columns: model.outputs)
    scores(of: parameters).read(0..<rows) { s in
      residuals.update(0..<rows) { d in
        for i in 0..<s.count { d[i] = Double(s[i]) }
        rowLoss.takeResiduals(0..<rows, &d)
      }
    }
    return residuals.all.reduce(0) { max($0, abs($1)) }
  }
}

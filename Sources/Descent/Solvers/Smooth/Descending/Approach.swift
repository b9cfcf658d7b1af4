internal import LinearAlgebra

extension DataObjective {
  /// Brings parameters of a linear model under a loss with a ``CurvedLoss/majorant``, such as Huber's, to where most
  /// solvers find their way, off the record; others stay as they are. Returns why the training must end, where it was cut
  /// short: what it then came to is no place to go on from.
  ///
  /// Far from the optimum most residuals are beyond δ, where the loss has no curvature: no step knows how long it is to
  /// be, and a bias that is off by many δ hardly moves. So the biases are set to the best for the weights, exactly, and
  /// where residuals are still many δ large, the optima of Huber's losses of wider δ, each a good start for the next, are
  /// approached by some Newton steps.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func approach(from parameters: inout [Element], seed: UInt64, _ monitor: Monitor) -> StopReason? {
    guard let model = linearModel, let loss = try? outline.smoothLoss(), loss.majorant != nil else {
      return nil
    }
    setBestBiases(&parameters, model, loss)
    if let problem = try? CurvedProblem(self) {
      for relaxed in loss.relaxed(below: largestResidual(at: parameters)) where monitor.stopReason == nil {
        problem.with(relaxed).step(from: &parameters, seed: seed, monitor)
        setBestBiases(&parameters, model, relaxed)
      }
      setBestBiases(&parameters, model, loss)
    }
    return monitor.stopReason
  }

  /// Sets the biases to the best for the weights: a root in one dimension for each, in Double.
  private func setBestBiases(_ parameters: inout [Element], _ model: LinearModel, _ loss: any CurvedLoss) {
    guard !model.learntBiases.isEmpty, rows > 0 else { return }
    let pass = Pass<Double>(model, over: source(for: Double.self), pool: pool)
    let scores = pass.buffer(columns: model.outputs)
    _ = pass.forward(parameters.map { Double($0) }) { range, s in
      scores.store(range, s)
      return 0
    }
    let shift = DualPoint(pass, rowLoss.with(loss), scores: scores).setBestShift()
    guard shift.allSatisfy(\.isFinite) else { return }
    for (i, bias) in model.learntBiases.enumerated() {
      parameters[bias] = Element(Double(parameters[bias]) + shift[i])
    }
  }

  /// The largest |score − target| of all rows, for targets that are numbers.
  private func largestResidual(at parameters: [Element]) -> Double {
    let residuals = RowBuffer<Double>(rows: rows, columns: model.outputs)
    scores(of: parameters).whole().read(0..<rows) { s in
      residuals.update(0..<rows) { d in
        for i in 0..<s.count { d[i] = Double(s[i]) }
        rowLoss.takeResiduals(0..<rows, &d)
      }
    }
    return residuals.all.reduce(0) { max($0, abs($1)) }
  }
}

extension LinearProblem where Form == any CurvedLoss {
  /// Some steps towards the optimum.
  fileprivate func step(from parameters: inout [Element], seed: UInt64, _ monitor: Monitor) {
    if l1 > 0 {
      let steps = ProximalNewton(tolerance: 1e-3, mostSteps: 40)
      var descent = ProximalDescent(steps, on: self, from: parameters, seed: seed, resuming: nil)
      _ = descent.run(monitor.silent)
      parameters = descent.parameters
    } else {
      var descent = NewtonDescent(
        Newton(tolerance: 1e-2, mostSteps: 6), on: self, from: parameters, seed: seed)
      _ = descent.run(monitor.silent)
      parameters = descent.parameters
    }
  }
}

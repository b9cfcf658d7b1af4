// What each solver can minimise.

extension Solver {
  public func refusal(loss: any Loss, penalty: any Penalty, isLinear: Bool) -> String? { nil }
}

extension Newton {
  public func refusal(loss: any Loss, penalty: any Penalty, isLinear: Bool) -> String? {
    if !isLinear { return "newton is for linear models" }
    return refusalOfKinks(name, loss, penalty)
  }
}

extension LBFGS {
  public func refusal(loss: any Loss, penalty: any Penalty, isLinear: Bool) -> String? {
    refusalOfKinks(name, loss, penalty)
  }
}

extension GradientDescent {
  public func refusal(loss: any Loss, penalty: any Penalty, isLinear: Bool) -> String? {
    refusalOfKinks(name, loss)
  }
}

extension Direct {
  public func refusal(loss: any Loss, penalty: any Penalty, isLinear: Bool) -> String? {
    if !isLinear || !(loss is SquaredError) { return "direct is for linear models with the squared loss" }
    return refusalOfKinks(name, loss, penalty)
  }
}

extension ProximalNewton {
  public func refusal(loss: any Loss, penalty: any Penalty, isLinear: Bool) -> String? {
    guard isLinear, loss is any CurvedLoss else {
      return "proximal-newton is for linear models with a smooth loss"
    }
    return refusalOfOthers(name, penalty)
  }
}

extension AugmentedLagrangian {
  public func refusal(loss: any Loss, penalty: any Penalty, isLinear: Bool) -> String? {
    guard isLinear, loss is Hinge else {
      return "augmented-lagrangian is for linear models with the hinge loss"
    }
    if let reason = refusalOfOthers(name, penalty) { return reason }
    return penalty.l2 > 0 || penalty.l1 > 0 ? nil : "augmented-lagrangian needs l1 or l2 above 0"
  }
}

private func refusalOfKinks(_ name: String, _ loss: any Loss, _ penalty: any Penalty) -> String? {
  if let reason = refusalOfKinks(name, loss) ?? refusalOfOthers(name, penalty) { return reason }
  return penalty.l1 > 0 ? "\(name) needs a smooth penalty, and l1 has kinks" : nil
}

private func refusalOfKinks(_ name: String, _ loss: any Loss) -> String? {
  loss is any CurvedLoss ? nil : "\(name) needs a smooth loss, and \(loss.name) has kinks"
}

/// For solvers that need the strengths of an elastic net.
func refusalOfOthers(_ name: String, _ penalty: any Penalty) -> String? {
  penalty.elasticNet == nil ? "\(name) knows the penalties l1 and l2, and not \(penalty.name)" : nil
}

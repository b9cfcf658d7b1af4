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
    refusalOfKinks(name, loss, penalty)
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
    if isLinear, loss is any CurvedLoss { return nil }
    return "proximal-newton is for linear models with a smooth loss"
  }
}

extension AugmentedLagrangian {
  public func refusal(loss: any Loss, penalty: any Penalty, isLinear: Bool) -> String? {
    guard isLinear, loss is Hinge else {
      return "augmented-lagrangian is for linear models with the hinge loss"
    }
    return penalty.l2 > 0 || penalty.l1 > 0 ? nil : "augmented-lagrangian needs l1 or l2 above 0"
  }
}

private func refusalOfKinks(_ name: String, _ loss: any Loss, _ penalty: any Penalty) -> String? {
  if !(loss is any CurvedLoss) { return "\(name) needs a smooth loss, and \(loss.name) has kinks" }
  return penalty.l1 > 0 ? "\(name) needs a smooth penalty, and l1 has kinks" : nil
}

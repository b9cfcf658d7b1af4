import Descent

extension Solver {
  /// Why it cannot minimise such an objective, on rows of whatever kind.
  func refusal(loss: any Loss, penalty: any Penalty, isLinear: Bool) -> SolverRefusal? {
    refusal(of: ProblemOutline(loss: loss, penalty: penalty, isLinear: isLinear))
  }
}

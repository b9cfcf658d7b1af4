internal import LinearAlgebra

/// How a training ended: what a finished checkpoint holds.
struct FinishedState<Element: KernelScalar>: Codable {
  var parameters: [Element]
  var stopReason: StopReason
  var certificate: Certificate?
  var standing: Standing?
  var heldOutLoss: Double?
}

extension Monitor {
  /// The end of a training that has gone its way, and takes no part in it if resumed.
  func finish<Element>(_ state: FinishedState<Element>) {
    guard let checkpoints, let bytes = try? StateCoding.bytes(of: state) else { return }
    switch state.stopReason {
    case .interrupted, .timeLimit:
      // A solver without states starts again.
      guard !checkpoints.hasState else { return }
      checkpoints.save(.started, history: [], seconds: seconds, isLast: true)
    case .converged, .finished, .stalled, .noProgress, .noMinimum, .plateau, .diverged:
      checkpoints.save(.finished(bytes), history: history, seconds: seconds, isLast: true)
    }
  }

  /// The end that a checkpoint holds, of a model of `count` parameters.
  func finishedState<Element>(count: Int) -> FinishedState<Element>? {
    guard let checkpoints, case .finished(let bytes)? = checkpoints.resumed?.stage else { return nil }
    let state = try? StateCoding.value(FinishedState<Element>.self, from: bytes)
    if let state, state.parameters.count == count, state.parameters.allSatisfy(\.isFinite) { return state }
    checkpoints.damage = .damaged("the result does not fit the data")
    return nil
  }
}

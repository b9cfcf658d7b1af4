extension Monitor {
  /// Why the training must end now, if it must; and the place where a checkpoint is taken, if one is due or the
  /// training ends.
  ///
  /// A solver that can be resumed asks this once an iteration, always at the same place, and gives the whole of what
  /// the iterations to come depend on. It begins with ``resumedState(_:where:)``, and where there is one goes on from
  /// that place. Work that is cut short because ``stopReason`` is not nil must not go into a state: ask at the state
  /// before it first.
  ///
  /// - Parameter state: evaluated only when it is needed.
  public func stopReason<State: Encodable>(at state: @autoclosure () -> State) -> StopReason? {
    let reason = stopReason
    guard let checkpoints, reason != nil || checkpoints.isDue, !checkpoints.isClosed else { return reason }
    do {
      let bytes = try StateCoding.bytes(of: state())
      checkpoints.save(.running(bytes), history: history, seconds: seconds, isLast: reason != nil)
    } catch {
      fatalError("a state that cannot be encoded: \(error)")
    }
    return reason
  }

  /// The state that the training goes on from; nil where it starts from the beginning.
  ///
  /// - Parameter fits: whether a state is one of such a problem. Where it is not, and where the state cannot be read,
  ///   the answer is nil and the training ends as ``StopReason/interrupted``: `fit` throws in its place.
  public func resumedState<State: Decodable>(
    _ type: State.Type = State.self, where fits: (State) -> Bool = { _ in true }
  ) -> State? {
    guard let checkpoints, case .running(let bytes)? = checkpoints.resumed?.stage else { return nil }
    do {
      let state = try StateCoding.value(type, from: bytes)
      if fits(state) { return state }
      checkpoints.damage = .damaged("the solver's state does not fit the data")
    } catch {
      checkpoints.damage = .damaged("\(error)")
    }
    return nil
  }

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

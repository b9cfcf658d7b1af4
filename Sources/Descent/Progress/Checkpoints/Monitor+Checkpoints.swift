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
  public func stopReason(at state: @autoclosure () -> any Encodable) -> StopReason? {
    let reason = stopReason
    if keepsState(stopping: reason) { keep(state(), isLast: reason != nil) }
    return reason
  }

  private func keepsState(stopping reason: StopReason?) -> Bool {
    guard let checkpoints, reason != nil || ranks?.areToKeep ?? checkpoints.isDue else { return false }
    return !checkpoints.isClosed
  }

  private func keep(_ state: any Encodable, isLast: Bool) {
    do {
      let bytes = try StateCoding.bytes(of: state)
      checkpoints?.save(.running(bytes), history: history, seconds: seconds, isLast: isLast)
    } catch {
      fatalError("a state that cannot be encoded: \(error)")
    }
  }

  /// The state that the training goes on from; nil where it starts from the beginning.
  ///
  /// - Parameters:
  ///   - type: what the state is.
  ///   - fits: whether a state is one of such a problem. Where it is not, and where the state cannot be read,
  ///     the answer is nil and the training ends as ``StopReason/interrupted``: `fit` throws in its place.
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
}

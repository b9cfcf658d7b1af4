extension Ray {
  /// Shortens steps along the arc step ↦ prox(start − step·gradient) until the value is
  /// ≤ reference − c/(2·step)·‖what was moved‖². Nil where none of them decreases it enough.
  /// (Wright, Nowak and Figueiredo 2009, eq. 22.)
  ///
  /// - Parameters:
  ///   - reference: the value at the start, or more where it may rise now and then.
  ///   - noise: a value may be above its bound by this.
  mutating func searchArc(reference: Double?, first: Double, noise: Double) -> LinePoint? {
    guard first > 0, first.isFinite else { return nil }
    let most = max(reference ?? point.value, point.value) + noise
    var step = first
    for _ in 0..<60 {
      let found = look(step)
      if found.isFinite, found.value <= most - 1e-4 / (2 * step) * squaredMove { return found }
      step /= 2
    }
    return nil
  }

  private var squaredMove: Double {
    zip(parameters, start).reduce(0) { sum, pair in
      let move = Double(pair.0) - Double(pair.1)
      return sum + move * move
    }
  }
}

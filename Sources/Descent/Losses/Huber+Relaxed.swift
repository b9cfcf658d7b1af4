extension Huber {
  /// Losses on the way from the squared error to this one: δ from the largest target down, by fours.
  ///
  /// Far from the optimum most residuals are beyond δ, where the loss has no curvature and Newton's method
  /// no direction. At a δ above all targets it is the squared error; each optimum is a good start for the next.
  func relaxed(for targets: Targets) -> [Huber] {
    guard case .values(let values, _) = targets else { return [] }
    var result: [Huber] = []
    var width = values.reduce(0) { max($0, abs($1)) }
    while width > 2 * delta {
      result.append(Huber(delta: width))
      width /= 4
    }
    return result
  }
}

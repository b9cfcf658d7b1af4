extension Huber {
  /// Losses on the way from the squared error to this one: δ from the largest residual down, by fours.
  ///
  /// Far from the optimum most residuals are beyond δ, where the loss has no curvature and Newton's method
  /// no direction. At a δ above all residuals it is the squared error; each optimum is a good start for the next.
  public func relaxed(below residual: Double) -> [any CurvedLoss] {
    var result: [any CurvedLoss] = []
    var width = residual
    while width > 2 * delta, width.isFinite {
      result.append(Huber(delta: width))
      width /= 4
    }
    return result
  }
}

/// A function of one variable at one place: how an objective looks along a direction.
struct LinePoint: Equatable, Sendable, Codable {
  var step: Double
  var value: Double
  /// The derivative by the step.
  var slope: Double

  var isFinite: Bool { value.isFinite && slope.isFinite }

  /// The place where the cubic through both points, with their slopes, is least; nil where it has no minimum.
  /// (Nocedal and Wright, Numerical Optimization, 2nd edition, eq. 3.59.)
  static func cubicMinimum(_ a: LinePoint, _ b: LinePoint) -> Double? {
    guard a.isFinite, b.isFinite, a.step != b.step else { return nil }
    let d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.step - b.step)
    let square = d1 * d1 - a.slope * b.slope
    guard square >= 0 else { return nil }
    let d2 = (b.step > a.step ? 1 : -1) * square.squareRoot()
    let denominator = b.slope - a.slope + 2 * d2
    let minimum = b.step - (b.step - a.step) * (b.slope + d2 - d1) / denominator
    return minimum.isFinite ? minimum : nil
  }
}

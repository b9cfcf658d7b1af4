internal import Foundation

/// The derivative of a function of one number at 0, by differences, with the best step found rather than assumed.
///
/// Central differences at steps that shrink by √10 are extrapolated pairwise, r = d₂ + (d₂ − d₁)/9, which leaves an
/// error of order h⁴. What two neighbouring r differ by, plus the rounding of the values over h, estimates the
/// error; the step of the smallest estimate is taken.
/// (Ridders, Accurate computation of F′(x) and F′(x)·F″(x), Advances in Engineering Software 4, 1982.)
struct NumericalDerivative {
  let value: Double
  let step: Double
  /// What rounding of the function's values may have cost: 16 of their last places, the sum of some dozens of terms
  /// that are each off by one, over the step.
  let rounding: Double
  /// The one-sided derivatives at a tenth of the step.
  let left: Double
  let right: Double
  /// Whether the two sides disagree, however small the step.
  let isKink: Bool

  /// The shortest step.
  private static let least = 2.9e-8

  /// The first step for a function whose value here is `value` and whose derivative is of the size of `slope`: longer
  /// where values are so large that in short steps rounding would drown the derivative.
  static func size(value: Double, slope: Double) -> Double {
    let needed = 1e8 * 16 * value.ulp / slope
    return needed.isFinite ? max(0.03, needed) : 0.03
  }

  /// - Parameter size: the first step.
  init(size: Double = 0.03, of f: (Double) -> Double) {
    let middle = f(0)
    var (best, bestStep, bestError) = (0.0, size, Double.infinity)
    var rounding = Double.infinity
    var before: (central: Double, extrapolated: Double)?
    for k in 0... {
      let h = size * pow(10, -0.5 * Double(k))
      if h < Self.least { break }
      let (up, down) = (f(h), f(-h))
      let central = (up - down) / (2 * h)
      let extrapolated = before.map { central + (central - $0.central) / 9 } ?? central
      let noise = Self.noise(max(abs(up), abs(down)), h)
      let error = before.map { abs(extrapolated - $0.extrapolated) + noise } ?? .infinity
      if error < bestError { (best, bestStep, bestError, rounding) = (extrapolated, h, error, 8 * noise) }
      before = (central, extrapolated)
      // Rounding alone is more than the best by now: smaller steps can only be worse.
      if noise > bestError { break }
    }
    (value, step, self.rounding) = (best, bestStep, rounding)

    // Two sides of a smooth function differ by h·f″, which shrinks with h; at a kink it stays.
    func sides(_ h: Double) -> (left: Double, right: Double) { ((middle - f(-h)) / h, (f(h) - middle) / h) }
    let (far, near) = (sides(bestStep), sides(bestStep / 10))
    (left, right) = near
    let jump = abs(near.right - near.left)
    let isReal = jump > 100 * Self.noise(abs(middle), bestStep / 10)
    let isLarge = jump > 1e-6 * max(abs(left), abs(right))
    isKink = isReal && isLarge && jump > 0.5 * abs(far.right - far.left)
  }

  /// What rounding a value of this size costs a difference over h.
  private static func noise(_ value: Double, _ h: Double) -> Double { 2 * value.ulp / h }
}

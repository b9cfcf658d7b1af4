internal import LinearAlgebra

/// The best point of a descent, and how long ago it was found.
///
/// Of points whose values rounding cannot tell apart the one with the smaller gradient is the better.
struct BestPoint<Element: KernelScalar>: Codable {
  private(set) var parameters: [Element]
  private(set) var value: Double
  private(set) var gradientNorm: Double
  /// Points seen since one was better by more than a trifle.
  private(set) var age = 0
  private var milestone: Milestone

  private struct Milestone: Codable {
    var value, gradientNorm: Double
  }

  init(_ ray: Ray<Element>) {
    parameters = ray.parameters
    (value, gradientNorm) = (ray.point.value, norm(ray.subgradient))
    milestone = Milestone(value: value, gradientNorm: gradientNorm)
  }

  func fits(_ count: Int) -> Bool { parameters.count == count && plausibleCounts.contains(age) }

  /// Values of the objective that differ by less are equal for all that is known.
  static func noise(of value: Double) -> Double { 4 * Double(Element.ulpOfOne) * abs(value) }

  mutating func consider(_ ray: Ray<Element>) {
    let (newValue, newNorm) = (ray.point.value, norm(ray.subgradient))
    let noise = Self.noise(of: value)
    age += 1
    guard newValue.isFinite, newNorm.isFinite else { return }
    if newValue < value - noise || (newValue <= value + noise && newNorm < gradientNorm) {
      parameters = ray.parameters
      (value, gradientNorm) = (newValue, newNorm)
    }
    if value < milestone.value - noise || gradientNorm < 0.99 * milestone.gradientNorm {
      milestone = Milestone(value: value, gradientNorm: gradientNorm)
      age = 0
    }
  }
}

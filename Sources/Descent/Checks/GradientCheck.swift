internal import LinearAlgebra

/// Holds analytic gradients against numerical ones, in Double.
///
/// ```swift
/// #expect(GradientCheck().run(MyLoss()).passes())
/// #expect(GradientCheck().run(MyLayer(), inputs: 5).passes())
/// ```
///
/// Each derivative is taken along random directions, gradient · u against the difference quotient along u, and by
/// single coordinates, a sample of each part of the parameters. A check of n derivatives costs some 30·n values.
public struct GradientCheck: Sendable {
  /// Random unit vectors, across all parameters at once, that derivatives are taken along.
  public var directions: Int
  /// Coordinates of each part of the parameters, at most.
  public var coordinates: Int
  /// Of all that is drawn: directions, the sample of coordinates, and the point where a check chooses it.
  public var seed: UInt64

  /// Traps where a number is below 0. With 0 of both nothing is compared, and the report passes.
  public init(directions: Int = 8, coordinates: Int = 12, seed: UInt64 = 0) {
    require(directions >= 0 && coordinates >= 0, "\(directions) directions, \(coordinates) coordinates")
    (self.directions, self.coordinates, self.seed) = (directions, coordinates, seed)
  }

  /// Checks the gradient of any function at a point. `layout` names the coordinates, and says what its parts are.
  public func run(
    at point: [Double], gradient: [Double], layout: ParameterLayout, value: ([Double]) -> Double
  ) -> GradientReport {
    require(point.count == gradient.count, "a gradient of \(gradient.count) at a point of \(point.count)")
    require(layout.count == point.count, "a layout of \(layout.count) for a point of \(point.count)")
    var generator = SeededGenerator(seed: seed)
    let largest = gradient.reduce(0) { max($0, abs($1)) }
    let samples = layout.parts.flatMap { sample($0.range, using: &generator) }
    let coordinates = samples.map { i in
      entry(layout.describe(i), analytic: gradient[i], smallest: 1e-3 * largest) { t in
        var moved = point
        moved[i] += t
        return value(moved)
      }
    }
    let directions = (0..<(point.isEmpty ? 0 : self.directions)).map { number in
      let u = unitVector(point.count, using: &generator)
      // gradient · u is of the size of the gradient's root mean square.
      let size = norm2(gradient.span) / Double(point.count).squareRoot()
      return entry("direction \(number + 1)", analytic: dot(gradient.span, u.span), smallest: 0.03 * size) {
        t in
        value(zip(point, u).map { $0 + t * $1 })
      }
    }
    return GradientReport(directions: directions, coordinates: coordinates)
  }

  private func sample(_ range: Range<Int>, using generator: inout SeededGenerator) -> [Int] {
    range.count <= coordinates
      ? Array(range) : (0..<coordinates).map { _ in Int.random(in: range, using: &generator) }
  }

  private func unitVector(_ count: Int, using generator: inout SeededGenerator) -> [Double] {
    let u = (0..<count).map { _ in Double.random(in: -1...1, using: &generator) }
    let norm = norm2(u.span)
    return norm > 0 ? u.map { $0 / norm } : u
  }

  private func entry(
    _ name: String, analytic: Double, smallest: Double, along f: (Double) -> Double
  ) -> GradientReport.Entry {
    let middle = f(0)
    let numeric = NumericalDerivative(
      size: NumericalDerivative.size(value: middle, slope: max(abs(analytic), smallest)), of: f)
    let difference: Double
    if numeric.isKink {
      let (low, high) = (min(numeric.left, numeric.right), max(numeric.left, numeric.right))
      // The sides are only known to the order of the step.
      let slack = 1e-3 * (high - low)
      difference = max(0, low - slack - analytic, analytic - high - slack)
    } else {
      difference = abs(analytic - numeric.value)
    }
    // What lies within the values' own rounding speaks against no gradient.
    let excess = max(0, difference - numeric.rounding)
    // Where both are 0 there is nothing to be relative to.
    let size = max(abs(analytic), abs(numeric.value), smallest, 1e-12)
    let error = difference.isFinite ? excess / size : 1
    return GradientReport.Entry(
      name: name, analytic: analytic, numeric: numeric.value, relativeError: error.isFinite ? error : 1,
      step: numeric.step, isKink: numeric.isKink)
  }
}

import Foundation
import Testing

@testable import Descent

@Suite("Line searches")
struct LineSearchTests {
  struct Curve: Sendable, CustomStringConvertible {
    let description: String
    let body: @Sendable (Double) -> (value: Double, slope: Double)
    func callAsFunction(_ step: Double) -> LinePoint {
      let (value, slope) = body(step)
      return LinePoint(step: step, value: value, slope: slope)
    }
  }

  /// The last three are those of Moré and Thuente, Line search algorithms with guaranteed sufficient decrease,
  /// ACM TOMS 20, 1994, eq. 5.1, 5.2 and 5.4.
  static let curves: [Curve] = [
    Curve(description: "parabola") { (($0 - 3) * ($0 - 3), 2 * ($0 - 3)) },
    Curve(description: "steep wall") { (exp($0) - 4 * $0, exp($0) - 4) },
    Curve(description: "cosine") { (cos($0 + 0.1), -sin($0 + 0.1)) },
    Curve(description: "wall to infinity") { x in
      x < 2 ? (-log(2 - x) - 2 * x, 1 / (2 - x) - 2) : (.infinity, .nan)
    },
    Curve(description: "5.1") { x in
      (-x / (x * x + 2), (x * x - 2) / ((x * x + 2) * (x * x + 2)))
    },
    Curve(description: "5.2") { x in
      let y = x + 0.004
      return (pow(y, 5) - 2 * pow(y, 4), 5 * pow(y, 4) - 8 * pow(y, 3))
    },
    Curve(description: "5.4") { x in
      func γ(_ b: Double) -> Double { (1 + b * b).squareRoot() - b }
      let (a, b) = (0.001, 0.001)
      let (left, right) = (((1 - x) * (1 - x) + b * b).squareRoot(), (x * x + a * a).squareRoot())
      return (γ(a) * left + γ(b) * right, -γ(a) * (1 - x) / left + γ(b) * x / right)
    },
  ]

  @Test("the strong Wolfe conditions hold, from any first step", arguments: curves, [1e-3, 0.1, 1, 10, 1e3])
  func wolfe(curve: Curve, first: Double) throws {
    let start = curve(0)
    try #require(start.slope < 0)
    for curvature in [0.9, 0.1] {
      let search = StrongWolfe(curvature: curvature, mostEvaluations: 60)
      let point = try #require(search.search(from: start, first: first, curve.callAsFunction))
      #expect(point.value <= start.value + 1e-4 * point.step * start.slope)
      #expect(abs(point.slope) <= curvature * abs(start.slope), "\(curvature): \(point)")
      #expect(point == curve(point.step))
    }
  }

  @Test("Armijo's condition holds", arguments: curves, [1e-3, 1, 1e3])
  func armijo(curve: Curve, first: Double) throws {
    let start = curve(0)
    let point = try #require(Backtracking().search(from: start, first: first, curve.callAsFunction))
    #expect(point.step <= first)
    #expect(point.value <= start.value + 1e-4 * point.step * start.slope)
  }

  @Test("a reference above the start lets the value rise, no more than that")
  func nonmonotone() throws {
    let curve = Self.curves[0]
    let free = try #require(
      Backtracking().search(from: curve(0), reference: 20, first: 7, curve.callAsFunction))
    #expect(free.step == 7 && free.value == 16)
    let strict = try #require(Backtracking().search(from: curve(0), first: 7, curve.callAsFunction))
    #expect(strict.value < 9)
  }

  @Test("where values drown in rounding, slopes find the minimum")
  func noise() throws {
    // A value of 1000 in Float: steps of 6e-5 hide a decrease of 1e-6.
    let curve = Curve(description: "rounded") { x in
      (Double(Float(1000 + 1e-6 * (x - 1) * (x - 1))) + (x > 0 ? 6.2e-5 : 0), 2e-6 * (x - 1))
    }
    #expect(StrongWolfe(curvature: 0.1).search(from: curve(0), first: 10, curve.callAsFunction) == nil)
    let tolerant = StrongWolfe(curvature: 0.1, noise: 4e-4)
    let point = try #require(tolerant.search(from: curve(0), first: 10, curve.callAsFunction))
    #expect(abs(point.step - 1) <= 0.1)
  }

  @Test("an ascent, a function without end and one that is nowhere finite end")
  func hopeless() {
    let up = LinePoint(step: 0, value: 0, slope: 1)
    #expect(StrongWolfe().search(from: up, first: 1) { LinePoint(step: $0, value: $0, slope: 1) } == nil)
    #expect(Backtracking().search(from: up, first: 1) { LinePoint(step: $0, value: $0, slope: 1) } == nil)
    let down = LinePoint(step: 0, value: 0, slope: -1)
    let endless = StrongWolfe().search(from: down, first: 1) { LinePoint(step: $0, value: -$0, slope: -1) }
    #expect(endless.map { $0.value < 0 } == true)
    let nowhere = StrongWolfe().search(from: down, first: 1) { LinePoint(step: $0, value: .nan, slope: .nan) }
    #expect(nowhere == nil)
  }
}

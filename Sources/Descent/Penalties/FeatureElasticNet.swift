internal import LinearAlgebra

/// Σⱼ factorⱼ·(l1·‖Wⱼ‖₁ + (l2/2)·‖Wⱼ‖²) over the features j, within bounds on their weights.
///
/// A factor of 0 leaves a feature unpenalised, and an infinite one keeps it out. Features are named by their columns, see
/// ``FeatureColumns``; `*` stands for all that are not named. Bounds are on the weights of features as they are in the data.
/// The penalty is one of no particular features until ``resolved(for:)`` has told which these are, as a ``Trainer`` does,
/// and an elastic net like any other before.
///
/// ```swift
/// let penalty = FeatureElasticNet(l2: 0.01, factors: ["age": 0], bounds: ["dose": 0...(.infinity)])
/// ```
/// (Friedman, Hastie and Tibshirani, J. Stat. Softw. 33, 2010, whose glmnet has `penalty.factor`, `lower.limits` and
/// `upper.limits`; it makes the mean of the factors 1, which is not done here.)
public struct FeatureElasticNet: ProximablePenalty, DualPenalty {
  /// The strength of ‖Wⱼ‖₁ before the feature's factor, at least 0.
  public let l1: Double
  /// The strength of ½‖Wⱼ‖² before the feature's factor, at least 0.
  public let l2: Double
  /// What the strengths are multiplied by, of the features of each column; 1 for others.
  public let factors: [String: Double]
  /// Where the weights of each column's features lie; anywhere for others.
  public let bounds: [String: ClosedRange<Double>]
  public var name: String { "elastic-net-by-feature" }
  public var unit: WeightUnit { .row }

  /// What is known of each feature's weights once the features are.
  struct Term: Sendable {
    var factor = 1.0
    /// Those of the scaled feature's weight.
    var bounds = -Double.infinity...Double.infinity
    /// Where steps end: within these by what rounding the written weight may cost.
    var inner = -Double.infinity...Double.infinity
  }
  private(set) var terms: [Term] = []
  /// Whether it is but the part with kinks, without l2.
  private var isKinksAlone = false

  /// Traps where a strength is below 0 or not finite, or a factor below 0. Whether there are such columns is seen by
  /// ``resolved(for:)``.
  public init(
    l1: Double = 0, l2: Double = 0, factors: [String: Double] = [:],
    bounds: [String: ClosedRange<Double>] = [:]
  ) {
    (self.l1, self.l2) = (checkedStrength(l1), checkedStrength(l2))
    require(factors.values.allSatisfy { $0 >= 0 }, "factors \(factors)")
    (self.factors, self.bounds) = (factors, bounds)
  }

  public func scaled(by factor: Double, price: Double) -> FeatureElasticNet {
    func smaller(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
      range.lowerBound / factor...range.upperBound / factor
    }
    var result = FeatureElasticNet(
      l1: price * factor * l1, l2: price * factor * factor * l2, factors: factors,
      bounds: bounds.mapValues(smaller))
    result.isKinksAlone = isKinksAlone
    result.terms = terms.map {
      Term(factor: $0.factor, bounds: smaller($0.bounds), inner: smaller($0.inner))
    }
    return result
  }

  public func resolved(for features: PenalisedFeatures) throws(PenaltyError) -> any Penalty {
    guard !factors.isEmpty || !bounds.isEmpty else { return ElasticNet(l1: l1, l2: l2) }
    guard features.isLinear else { throw .onlyLinear(name) }
    let factors = try features.each(factors, else: 1)
    let bounds = try features.each(bounds, else: -.infinity...(.infinity))
    var result = self
    result.terms = []
    for j in factors.indices {
      // A feature that is kept out has a weight of 0, whatever it costs.
      let isOut = factors[j] == .infinity || features.scaling.factor(j) == 0
      guard isOut else {
        let (low, high) = (bounds[j].lowerBound, bounds[j].upperBound)
        let scaled = low / features.scaling.factor(j)...high / features.scaling.factor(j)
        result.terms.append(
          Term(factor: factors[j], bounds: scaled, inner: scaled.inset(by: 4 * features.rounding)))
        continue
      }
      guard bounds[j].contains(0) else { throw .constant(features.columns.namesOfFeatures[j]) }
      result.terms.append(
        factors[j] == .infinity ? Term(factor: 1, bounds: 0...0, inner: 0...0) : Term(factor: factors[j]))
    }
    return result
  }

  public var kinks: (any ProximablePenalty)? {
    guard l1 > 0 || hasBounds else { return nil }
    var result = self
    result.isKinksAlone = true
    return result
  }

  public var dual: (any DualPenalty)? { l1 > 0 || smooth > 0 || hasBounds ? self : nil }

  /// Where no features are named.
  public var elasticNet: (l1: Double, l2: Double)? { factors.isEmpty && bounds.isEmpty ? (l1, l2) : nil }

  /// A factor f is another unit of the feature, f for l1 and √f for l2, where there is one of the two and no f is 0.
  public var inUnits: (units: [Double], penalty: any Penalty)? {
    guard !terms.isEmpty, !hasBounds, l1 == 0 || l2 == 0,
      terms.allSatisfy({ Self.absorbed.contains($0.factor) })
    else { return nil }
    return (terms.map { l1 > 0 ? $0.factor : $0.factor.squareRoot() }, l1 > 0 ? L1(l1) : L2(l2))
  }

  /// Units further apart would cost features digits in Float.
  private static let absorbed = 1e-6...1e6

  private var hasBounds: Bool { terms.contains { $0.bounds != -.infinity...(.infinity) } }
  /// l2 of the part that this is.
  var smooth: Double { isKinksAlone ? 0 : l2 }

  func term(_ j: Int) -> Term { terms.isEmpty ? Term() : terms[j] }
}

extension FeatureElasticNet {
  /// Outside the bounds, by more than rounding, it is infinite.
  public func value<Element: KernelScalar>(_ weights: Span<Element>, _ shape: WeightShape) -> Double {
    var (absolute, squares) = (0.0, 0.0)
    for j in 0..<shape.inputs {
      let term = term(j)
      for i in stride(from: j, to: shape.count, by: shape.inputs) {
        let w = Double(weights[i])
        guard term.bounds.holds(w) else { return .infinity }
        absolute += term.factor * abs(w)
        squares += term.factor * w * w
      }
    }
    return (l1 == 0 ? 0 : l1 * absolute) + (smooth == 0 ? 0 : smooth / 2 * squares)
  }

  public func addGradient<Element: KernelScalar>(
    _ weights: Span<Element>, _ shape: WeightShape, to gradient: inout MutableSpan<Element>
  ) {
    guard smooth > 0 else { return }
    for j in 0..<shape.inputs {
      let strength = Element(smooth * term(j).factor)
      for i in stride(from: j, to: shape.count, by: shape.inputs) { gradient[i] += strength * weights[i] }
    }
  }

  /// The soft threshold, and what is nearest to it within the bounds: that is the minimiser, for in one dimension a convex
  /// function rises on both sides of its least value.
  public func prox<Element: KernelScalar>(
    _ weights: inout MutableSpan<Element>, _ shape: WeightShape, steps: Span<Element>
  ) {
    for j in 0..<shape.inputs {
      let term = term(j)
      for i in stride(from: j, to: shape.count, by: shape.inputs) {
        weights[i] = Element(
          softThreshold(Double(weights[i]), l1 * term.factor * Double(steps[i])).clamped(to: term.inner))
      }
    }
  }
}

extension ClosedRange<Double> {
  /// Whether a number lies within, but for rounding.
  fileprivate func holds(_ x: Double) -> Bool {
    x >= lowerBound - 1e-6 * abs(lowerBound) && x <= upperBound + 1e-6 * abs(upperBound)
  }

  /// Both ends moved inward by a share of themselves; the middle where they would cross.
  fileprivate func inset(by share: Double) -> ClosedRange {
    func moved(_ end: Double, _ sign: Double) -> Double { end.isFinite ? end + sign * share * abs(end) : end }
    let (low, high) = (moved(lowerBound, 1), moved(upperBound, -1))
    let middle = lowerBound / 2 + upperBound / 2
    return low <= high ? low...high : middle...middle
  }
}

extension Double {
  func clamped(to range: ClosedRange<Double>) -> Double {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}

/// sign(x)·max(0, |x| − threshold)
func softThreshold(_ x: Double, _ threshold: Double) -> Double {
  abs(x) <= threshold ? 0 : x < 0 ? x + threshold : x - threshold
}

import Descent
import LinearAlgebra

/// strength·Σⱼ ‖Wⱼ‖₂ over the columns of W, all weights of a feature: classes use a feature together, or not at all.
/// (Yuan and Lin, Model selection and estimation in regression with grouped variables, JRSS B 68, 2006.)
///
/// It is the naive twin of the library's `GroupPenalty`, and shows that a penalty of another kind is one file.
struct GroupLasso: ProximablePenalty, DualPenalty {
  let strength: Double
  var name: String { "group-lasso" }
  var formula: String { "strength·Σ ‖Wⱼ‖₂ over the features" }
  var settings: [Setting] { [Setting("strength", strength)] }
  var unit: WeightUnit { .column }

  init(_ strength: Double) { self.strength = strength }

  func with(_ settings: [Setting]) throws(SettingError) -> GroupLasso {
    GroupLasso(try settings.notNegative("strength") ?? strength)
  }

  func scaled(by factor: Double, price: Double) -> GroupLasso { GroupLasso(price * factor * strength) }

  func value<Element: KernelScalar>(_ weights: Span<Element>, _ shape: WeightShape) -> Double {
    strength * norms(weights, shape).reduce(0, +)
  }

  /// The block soft threshold. With step sizes tᵢ the minimiser of a column w is uᵢ = wᵢ·r/(r + strength·tᵢ) with r = ‖u‖.
  func prox<Element: KernelScalar>(
    _ weights: inout MutableSpan<Element>, _ shape: WeightShape, steps: Span<Element>
  ) {
    for j in 0..<shape.inputs {
      let column = stride(from: j, to: shape.count, by: shape.inputs)
      let prices = column.map { strength * Double(steps[$0]) }
      let r = length(column.map { Double(weights[$0]) }, prices)
      for (i, price) in zip(column, prices) {
        weights[i] = r > 0 ? Element(Double(weights[i]) * (r / (r + price))) : 0
      }
    }
  }

  /// The root r of Σ wᵢ²/(r + pᵢ)² = 1, which falls with r and is convex: Newton's steps from below stay below. 0 where the sum is
  /// below 1 already there.
  private func length(_ w: [Double], _ prices: [Double]) -> Double {
    var r = max(0, zip(w, prices).map { abs($0) - $1 }.max() ?? 0)
    while true {
      var (excess, slope) = (-1.0, 0.0)
      for i in w.indices where w[i] != 0 {
        let share = w[i] * w[i] / ((r + prices[i]) * (r + prices[i]))
        excess += share
        slope += 2 * share / (r + prices[i])
      }
      guard excess > 0, r + excess / slope > r else { return r }
      r += excess / slope
    }
  }

  func reach(_ v: Span<Double>, _ shape: WeightShape) -> Double {
    let largest = norms(v, shape).max() ?? 0
    return largest <= strength ? 1 : strength / largest * (1 - 1e-14)
  }

  func conjugate(_ v: Span<Double>, times t: Double, _ shape: WeightShape) -> Double { 0 }

  private func norms<Element: KernelScalar>(_ weights: Span<Element>, _ shape: WeightShape) -> [Double] {
    (0..<shape.inputs).map { j in
      stride(from: j, to: shape.count, by: shape.inputs).reduce(0) {
        $0 + Double(weights[$1]) * Double(weights[$1])
      }.squareRoot()
    }
  }
}

import Descent
import Foundation
import LinearAlgebra
import Testing

@Suite("Quantiles")
struct QuantileTests {
  private static func noise(_ i: Int, _ j: Int) -> Double {
    let number: Int = i * 7919 + j * 10473 + i * j * 31 + 17
    return Double(number % 1000) / 500 - 1
  }

  private static let rows = (0..<60).map { i in (0..<4).map { noise(i, $0) } }
  private static let values = (0..<60).map { 2 * noise($0, 91) + 3 * noise($0, 0) }

  private func fit(
    _ data: Dataset, _ loss: Quantile, _ penalty: any Penalty, tolerance: Double = 1e-10
  ) throws -> Fit<Double> {
    try Trainer(loss: loss, penalty: penalty, solver: InteriorPoint(tolerance: tolerance), scaling: .none)
      .fit(data, as: Double.self)
  }

  /// By HiGHS: `Tests/References/quantiles.py`.
  @Test("weights and offsets: the optimum, its weights and bias are a linear programme's")
  func reference() throws {
    let data = Dataset(
      features: Matrix(Self.rows).storage, targets: .values(Self.values),
      weights: (0..<60).map { 0.25 + Double($0 * 5 % 8) / 4 },
      offsets: (0..<60).map { 0.5 * cos(Double($0) * 0.37) })
    let fit = try fit(data, Quantile(0.7), NoPenalty())
    #expect(fit.isProved && abs(fit.objective - 0.43930885334943276) < 1e-9)
    let expected = [
      2.590129421749953, -0.2444366802699082, 0.1858287019758748, -0.17153191278744218, 0.8790558635141645,
    ]
    #expect(zip(fit.parameters, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(fit.parameters)")
  }

  static let seeds: [UInt64] = [1, 2, 3, 4, 5]

  @Test("every seed, quantile and penalty is proved, and no step from there is better", arguments: seeds)
  func proofs(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let x = (0..<300).map { _ in (0..<6).map { _ in Double.random(in: -1...1, using: &generator) } }
    let y = x.map { row -> Double in
      let noise = Double.random(in: 0...1, using: &generator)
      return 5 + row[0] - 2 * row[1] + (1 + row[2]) * noise * noise * noise * 10
    }
    let data = Dataset(features: Matrix(x).storage, targets: .values(y))
    let penalties: [any Penalty] = [NoPenalty(), L2(0.01), L1(0.05), ElasticNet(l1: 0.03, l2: 0.02)]
    for penalty in penalties {
      for τ in [0.02, 0.5, 0.9] {
        let fit = try fit(data, Quantile(τ), penalty, tolerance: 1e-8)
        #expect(fit.isProved && fit.stopReason == .converged, "\(penalty.name), \(τ): \(fit.stopReason)")
        let below = zip(x, y).count { row, target in
          target < zip(row, fit.parameters).reduce(fit.parameters[6]) { $0 + $1.0 * $1.1 } - 1e-6
        }
        // Of a bias that costs nothing all but as many rows as there are parameters are on the right side.
        #expect(abs(Double(below) - τ * 300) <= 8, "\(penalty.name), \(τ): \(below)")
        if penalty.kinks != nil { #expect(fit.nonzeros < 6, "\(penalty.name), \(τ)") }
      }
    }
  }

  @Test("ties, constant targets, more columns than rows and huge units")
  func degenerate() throws {
    let storage = Matrix(Self.rows).storage
    let cases: [(String, [Double])] = [
      ("ties", Self.values.map { ($0 / 2).rounded() }), ("constant", Self.values.map { _ in 3.5 }),
      ("two values", Self.values.map { $0 > 0 ? 1 : 0 }), ("huge", Self.values.map { 1e12 * $0 }),
      ("far", Self.values.map { 1e6 + $0 }), ("tiny", Self.values.map { 1e-9 * $0 }),
    ]
    for (name, values) in cases {
      for τ in [0.1, 0.5, 0.75] {
        let data = Dataset(features: storage, targets: .values(values))
        let fit = try fit(data, Quantile(τ), NoPenalty(), tolerance: 1e-6)
        #expect(
          fit.isProved && fit.stopReason == .converged, "\(name), \(τ): \(fit.stopReason) \(fit.objective)")
      }
    }
    let wide = Matrix<Double>((0..<5).map { i in (0..<12).map { Self.noise(i, $0) } })
    let met = try fit(
      Dataset(features: wide.storage, targets: .values(Array(Self.values.prefix(5)))), Quantile(0.3),
      L2(1e-3),
      tolerance: 1e-6)
    #expect(met.isProved)
  }

  @Test("metrics are scikit-learn's pinball loss, and the share below")
  func metrics() {
    // mean_pinball_loss([1, 2, 3, 4], [2, 2, 1, 5], alpha=0.8, sample_weight=[1, 2, 1, 1]) = 0.4
    let residuals = Residuals(
      predictions: [2, 2, 1, 5], targets: [1, 2, 3, 4], weights: [1, 2, 1, 1], score: .quantile(0.8))
    #expect(abs(residuals.metrics[.pinballLoss]! - 0.4) < 1e-15)
    #expect(abs(residuals.metrics[.fractionBelow]! - 0.8) < 1e-15)
  }

  @Test("networks learn quantiles by batches")
  func network() throws {
    let data = Dataset(features: Matrix(Self.rows).storage, targets: .values(Self.values))
    let fit = try Trainer(
      model: .network(hidden: [6], activation: Tanh()), loss: Quantile(0.9), penalty: L2(1e-4), seed: 1,
      threads: 1
    ).fit(data, as: Float.self)
    let share = try #require(fit.model.evaluate(on: data).metrics[.fractionBelow])
    #expect(share > 0.75 && share < 1, "\(share)")
  }

  @Test("quantiles that are none, and several numbers a row, are refused")
  func refusals() {
    for τ in [0, 1, -0.5, 2, Double.nan] {
      #expect(throws: SettingError.self) { try Losses.named("quantile", [Setting("quantile", τ)]) }
    }
    let several = ProblemOutline(loss: Quantile(), penalty: L2(1), outputs: 2)
    #expect(InteriorPoint().refusal(of: several)?.description.contains("fits one number a row") == true)
  }
}

import Descent
import LinearAlgebra
import Testing

/// A fit of targets in another unit is the same fit, and as surely proved.
@Suite("Units of the target")
struct TargetUnitTests {
  private static func noise(_ i: Int, _ j: Int) -> Double {
    let number: Int = i * 7919 + j * 10473 + i * j * 31 + 17
    return Double(number % 1000) / 500 - 1
  }

  private static let features = Matrix((0..<80).map { i in (0..<4).map { noise(i, $0) } })
  private static let values = (0..<80).map { 7 + 2 * noise($0, 91) + 3 * noise($0, 0) }

  private static let units = [1e-20, 1e-14, 1e-6, 1e20]
  /// l1 and l2 of targets in units of 1.
  private static let penalties = [(0.0, 0.0), (0.05, 0), (0, 0.1), (0.05, 0.1)]

  private func fit(
    _ loss: any Loss, _ penalty: (l1: Double, l2: Double), unit: Double
  ) throws -> Fit<Double> {
    let data = Dataset(features: Self.features.storage, targets: .values(Self.values.map { unit * $0 }))
    return try Trainer(loss: loss, penalty: ElasticNet(l1: penalty.l1, l2: penalty.l2), threads: 1)
      .fit(data, as: Double.self)
  }

  /// - Parameter power: the loss of targets u times as large is uᵖ times as large.
  private func check(_ loss: (Double) -> any Loss, power: Int) throws {
    for (l1, l2) in Self.penalties {
      let own = try fit(loss(1), (l1, l2), unit: 1)
      for unit in Self.units {
        let price = power == 2 ? (unit * l1, l2) : (l1, l2 / unit)
        let other = try fit(loss(unit), price, unit: unit)
        let name = "\(loss(unit).name), l1 \(l1), l2 \(l2), unit \(unit)"
        #expect(other.isProved && other.stopReason == .converged, "\(name): \(other.stopReason)")
        let scale = power == 2 ? unit * unit : unit
        #expect(abs(other.objective / scale / own.objective - 1) < 2e-4, "\(name): \(other.objective)")
      }
    }
  }

  @Test("squared errors") func squares() throws { try check({ _ in SquaredError() }, power: 2) }
  @Test("Huber's loss") func huber() throws { try check({ Huber(delta: $0) }, power: 2) }
  @Test("quantiles") func quantiles() throws { try check({ _ in Quantile(0.8) }, power: 1) }
}

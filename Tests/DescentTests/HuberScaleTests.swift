import Descent
import Foundation
import LinearAlgebra
import Testing

/// Reference values: Tests/References/huber.py, scikit-learn's HuberRegressor at its defaults.
@Suite("Huber's delta from the residuals")
struct HuberScaleTests {
  /// A line in three features with noise, times `scale`, and every so many rows an outlier.
  private func data(outlierEvery share: Int?, scale: Double = 1, offset: Double = 0) -> (
    Dataset, clean: [Double]
  ) {
    var (features, values, clean): ([Double], [Double], [Double]) = ([], [], [])
    for i in 0..<200 {
      let x = (0..<3).map { sin(12.9898 * Double(i + 1) * (Double($0) + 1.37)) }
      let noise = sin(78.233 * (Double(i) + 0.5))
      clean.append(scale * (offset + 3 + 2 * x[0] - x[1] + 0.5 * x[2] + 0.3 * noise))
      let isOutlier = share.map { i % $0 == 0 } ?? false
      values.append(clean[i] + (isOutlier ? 20 * scale : 0))
      features += x
    }
    return (Dataset(features: Matrix(rows: 200, columns: 3, elements: features), values: values), clean)
  }

  private func r2(_ model: TrainedModel<Double>, _ data: Dataset, _ values: [Double]) -> Double {
    var data = data
    data.targets = .values(values)
    return model.evaluate(on: data, loss: model.loss).r2!
  }

  @Test(
    "R² is HuberRegressor's, in any unit",
    arguments: [1e-3, 1, 1e5, 1e6] as [Double],
    [(nil, 0.98307), (10, 0.98026), (4, 0.97628)] as [(Int?, Double)])
  func accuracy(_ scale: Double, _ reference: (share: Int?, r2: Double)) throws {
    let (data, clean) = data(outlierEvery: reference.share, scale: scale)
    let huber = try Huber.scaled(to: data)
    let fit = try Trainer(loss: huber).fit(data, as: Double.self)
    #expect(r2(fit.model, data, clean) > reference.r2 - 1e-3)
    #expect((fit.model.loss as? Huber)?.delta == huber.delta)
  }

  @Test("δ goes along with the targets' unit, and not with their offset")
  func equivariance() throws {
    let one = try Huber.scaled(to: data(outlierEvery: 10).0).delta
    // The noise is a sine of amplitude 0.3, of median 0.3·sin(π/4).
    #expect(one > 0.2 && one < 0.7)
    for scale in [1e-6, 1e5, 1e9] {
      let delta = try Huber.scaled(to: data(outlierEvery: 10, scale: scale).0).delta
      #expect(abs(delta / scale - one) < 1e-6 * one)
    }
    let moved = try Huber.scaled(to: data(outlierEvery: 10, offset: 1000).0).delta
    #expect(abs(moved - one) < 1e-6)
  }

  @Test("without an intercept the residuals are that model's")
  func noIntercept() throws {
    // Targets near 3 that no slope explains: they are the residuals, and δ is 1.35 · 3.
    let features = Matrix(rows: 40, columns: 1, elements: (0..<40).map { Double($0) - 19.5 })
    let data = Dataset(features: features, values: (0..<40).map { 3 + 0.01 * Double($0 % 4) })
    #expect(abs(try Huber.scaled(to: data, fitsIntercept: false).delta - 1.35 * 3.015) < 0.02)
    #expect(try Huber.scaled(to: data).delta < 0.1)
  }

  @Test func theSameBitsOnAnyNumberOfThreads() throws {
    let data = data(outlierEvery: 10).0
    let one = try Huber.scaled(to: data, threads: 1)
    for threads in 2...3 { #expect(try Huber.scaled(to: data, threads: threads).delta == one.delta) }
  }

  @Test("where the residuals have no spread the targets' decides")
  func fallbacks() throws {
    let features = Matrix(rows: 20, columns: 1, elements: (0..<20).map(Double.init))
    let constant = Dataset(features: features, values: Array(repeating: 5.5, count: 20))
    #expect(try Huber.scaled(to: constant).delta == 1)
    // An exact line: a hundredth of the normalised median distance from the median, 5 here.
    let line = Dataset(features: features, values: (0..<20).map { 990 + 10 * Double($0) })
    #expect(abs(try Huber.scaled(to: line).delta - 0.01 * 1.4826 * 50) < 1e-9)
    // More than half of the targets are equal and fitted exactly: of the mean distance.
    let rare = Dataset(features: features, values: (0..<20).map { $0 % 5 == 0 ? 100 : 0 })
    #expect(abs(try Huber.scaled(to: rare).delta - 0.01 * 1.2533 * 20) < 1e-9)
  }

  @Test("a fit starts at the medians")
  func start() {
    #expect(Huber().start(for: .values([3, 1, 1000])) == [3])
    #expect(Huber().start(for: .values([1, 10, 2, 30, 4, 50, 1000, 20][...], width: 2)) == [3, 25])
    #expect(SquaredError().start(for: .values([3, 1, 1000])) == nil)
  }
}

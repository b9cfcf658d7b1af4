import Descent
import Foundation
import LinearAlgebra
import Testing

/// Against scikit-learn: `Tests/References/poisson.py`.
@Suite("Counts with the Poisson loss")
struct PoissonTests {
  private let plain: Dataset
  private let weighed: Dataset
  private static let exposure = (0..<40).map { 0.5 + Double($0 * 3 % 7) / 2 }

  init() {
    let x = (0..<40).map { i -> [Double] in
      let t = Double(i)
      return [sin(t * 1.7), cos(t * 0.9) + 0.3 * sin(t), Double(i * 7 % 11) / 5 - 1]
    }
    let counts = x.indices.map { i -> Double in
      let score = 0.8 * x[i][0] - 0.5 * x[i][1] + 0.3 * x[i][2] + 0.4 * sin(Double(i) * 3.1)
      return (Self.exposure[i] * exp(score) + 0.5).rounded(.down)
    }
    plain = Dataset(features: Matrix(x).storage, targets: .values(counts))
    weighed = Dataset(
      features: plain.features, targets: plain.targets,
      weights: (0..<40).map { 0.25 + Double($0 * 5 % 8) / 4 },
      offsets: Self.exposure.map { log($0) })
  }

  private func fit(_ data: Dataset, _ penalty: any Penalty, _ solver: any Solver) throws -> Fit<Double> {
    try Trainer(loss: Poisson(), penalty: penalty, solver: solver, scaling: .none)
      .fit(data, as: Double.self)
  }

  static let solvers: [any Solver] = [
    Automatic(tolerance: 1e-13), Newton(tolerance: 1e-13), LBFGS(tolerance: 1e-13),
    ProximalNewton(tolerance: 1e-13), GradientDescent(tolerance: 1e-13),
  ]

  @Test("weights and bias are scikit-learn's", arguments: solvers)
  func coefficients(_ solver: any Solver) throws {
    let found = [
      try fit(plain, L2(0.03), solver), try fit(weighed, L2(0.03), solver),
      try fit(weighed, NoPenalty(), solver is ProximalNewton ? Newton(tolerance: 1e-13) : solver),
    ]
    let expected = [
      [0.8492911715455318, -0.6552636690294034, 0.5420366152186914, 0.7403097278357534],
      [0.770117650822622, -0.5551242081063142, 0.43276408451881043, 0.038424415959731936],
      [0.7998244452496857, -0.5735755900677157, 0.45458799039726827, 0.019090497729662332],
    ]
    for (fit, expected) in zip(found, expected) {
      #expect(zip(fit.parameters, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(fit.parameters)")
      #expect(fit.isProved)
    }
  }

  @Test("so are the deviance, D² and the error of the means")
  func metrics() throws {
    let cases: [(Dataset, deviance: Double, d2: Double, rmse: Double)] = [
      (plain, 1.0157088670975403, 0.6223708313710362, 2.045042146408707),
      (weighed, 0.3091498380990496, 0.877382274226521, 1.0316863175589015),
    ]
    for (data, deviance, d2, rmse) in cases {
      let fit = try fit(data, L2(0.03), Newton(tolerance: 1e-13))
      let evaluation = fit.model.evaluate(on: data)
      let metrics = evaluation.metrics
      #expect(abs(metrics[.poissonDeviance]! - deviance) < 1e-6)
      #expect(abs(metrics[.d2]! - d2) < 1e-6)
      #expect(abs(metrics[.rootMeanSquaredError]! - rmse) < 1e-6 && abs(evaluation.rmse! - rmse) < 1e-6)
      // The loss is half the deviance, and the baseline's is what D² is a share of.
      #expect(abs(evaluation.loss - metrics[.poissonDeviance]! / 2) < 1e-14)
      let best = try #require(evaluation.baseline[.poissonDeviance])
      #expect(abs(1 - metrics[.poissonDeviance]! / best - metrics[.d2]!) < 1e-14)
      #expect(evaluation.baseline[.d2] == nil)
    }
    // Numbers of another loss have no deviance.
    let squared = try Trainer(loss: SquaredError()).fit(plain, as: Double.self).model.evaluate(on: plain)
    #expect(squared.metrics[.poissonDeviance] == nil && squared.metrics[.d2] == nil)
  }

  @Test("the model predicts means")
  func means() throws {
    let model = try fit(plain, L2(0.03), Newton(tolerance: 1e-13)).model
    let scores = Matrix<Double>([[0], [-1], [2.5]])
    #expect(
      zip(model.numbers(scores).elements, [1, exp(-1), exp(2.5)]).allSatisfy { abs($0 - $1) < 1e-14 * $1 })
    // With a bias the predictions' mean is the counts'.
    var sum = 0.0
    model.forEachBlock(of: plain) { scores, _ in sum += model.numbers(scores).elements.reduce(0, +) }
    guard case .values(let counts, _) = plain.targets else { fatalError() }
    #expect(abs(sum - counts.reduce(0, +)) < 1e-6)
  }

  @Test("a start is the best bias, weights and offsets considered")
  func start() throws {
    let start = try #require(
      Poisson().start(for: .values([1, 0, 5]), weights: [1, 2, 3], offsets: [1000, 1001, 1000]))
    #expect(abs(start[0] - (log(16 / (4 + 2 * exp(1))) - 1000)) < 1e-12)
    #expect(Poisson().start(for: .values([0, 0])) == nil)
  }

  /// Steps that overshoot make means beyond all numbers: they are cut short.
  @Test("targets of any size and rows far out", arguments: solvers, [1e-6, 1, 1e9])
  func sizes(_ solver: any Solver, size: Double) throws {
    var data = plain
    guard case .values(let counts, _) = plain.targets else { fatalError() }
    data.targets = .values(counts.map { $0 * size })
    var rows = (0..<40).map { i -> [Double] in [sin(Double(i) * 1.7) * 40, i == 7 ? 300 : cos(Double(i))] }
    rows[3] = [-200, 5]
    data.features = Matrix(rows).storage
    let solver = solver is GradientDescent ? Automatic(tolerance: 1e-6) : solver
    let fit = try Trainer(loss: Poisson(), penalty: L2(1e-3 * size), solver: solver, scaling: .standard)
      .fit(data, as: Double.self)
    #expect(fit.objective.isFinite && fit.parameters.allSatisfy(\.isFinite))
    let certificate = try #require(fit.certificate)
    #expect(certificate.relativeGap < 1e-5, "\(fit.stopReason), \(certificate)")
  }

  @Test("what are no counts is refused")
  func refusals() {
    func refusal(_ change: (inout Dataset) -> Void, single: Bool = false) -> TrainingError? {
      var data = plain
      change(&data)
      do throws(TrainingError) {
        let trainer = Trainer(loss: Poisson())
        if single {
          _ = try trainer.fit(data, as: Float.self)
        } else {
          _ = try trainer.fit(data, as: Double.self)
        }
        return nil
      } catch { return error }
    }
    let negative = (0..<40).map { $0 == 5 ? -1.0 : 1 }
    #expect(refusal { $0.targets = .values(negative) } == .targets(.negative(row: 5, -1)))
    #expect(refusal { $0.targets = .values(negative.map { _ in 0 }) } == .targets(.allZero(loss: "poisson")))
    let offsets = (0..<40).map { $0 == 9 ? 300.0 : 0 }
    #expect(
      refusal({ $0.offsets = offsets }, single: true)
        == .rowNumbers(.largeOffset(row: 9, 300, fitsDouble: true)))
    #expect(refusal { $0.offsets = offsets } == nil)
    #expect(
      refusal { $0.offsets = offsets.map { 3 * $0 } }
        == .rowNumbers(.largeOffset(row: 9, 900, fitsDouble: false)))
  }
}

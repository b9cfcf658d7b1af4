import LinearAlgebra
import Testing

@testable import Descent

@Suite("L-BFGS")
struct LBFGSTests {
  /// Rows in −1...1, neither random nor regular; the labels tell little of them.
  private func data(rows: Int, columns: Int, classes: Int, scale: (Int) -> Double = { _ in 1 }) -> Dataset {
    let x: [Double] = (0..<rows * columns).map { k in
      let mixed: Int = k * 7919 + k / columns * 131
      return (Double(mixed % 1000) / 500 - 1) * scale(k % columns)
    }
    return Dataset(
      features: DenseStorage(rows: rows, columns: columns, elements: x[...]),
      targets: .labels((0..<rows).map { Int32($0 * $0 % classes) }),
      classNames: (0..<classes).map(String.init))
  }

  @Test("a step's gradient change is mapped back to the step: the secant equation")
  func secant() {
    var pairs = CurvaturePairs<Double>(most: 3)
    let (a, b) = ([1.0, 2, 3, 4], [0.5, 1, -1, 2])
    // The gradient of ½·Σ (i+1)·x_i².
    func gradient(_ x: [Double]) -> [Double] { x.enumerated().map { Double($0 + 1) * $1 } }
    pairs.append(from: a, gradient(a), to: b, gradient(b))
    let change = zip(gradient(b), gradient(a)).map { $0 - $1 }
    for initial: (([Double]) -> [Double])? in [nil, { $0.map { 7 * $0 } }] {
      let step = pairs.multiply(change, initial: initial)
      #expect(zip(step, zip(b, a)).allSatisfy { abs($0 - ($1.0 - $1.1)) < 1e-12 })
    }
  }

  @Test("a step along which the gradient does not grow is not remembered")
  func curvature() {
    var pairs = CurvaturePairs<Double>(most: 3)
    pairs.append(from: [0, 0], [1, 1], to: [1, 1], [0, 0])
    #expect(pairs.isEmpty)
    pairs.append(from: [0, 0], [-1, -1], to: [1, 1], [0, 0])
    #expect(!pairs.isEmpty)
  }

  @Test("a sampled Hessian spares passes, and leads to the same optimum")
  func preconditioned() throws {
    // Features of very different spread, unscaled.
    let data = data(rows: 400, columns: 12, classes: 3) { 1 / Double(1 << $0) }
    let fits: [Fit<Double>] = try [true, false].map {
      try Trainer(
        penalty: L2(1e-5), solver: LBFGS(tolerance: 1e-8, isPreconditioned: $0), scaling: .none, threads: 1
      ).fit(data, as: Double.self)
    }
    #expect(abs(fits[0].objective - fits[1].objective) < 2e-8 * fits[1].objective)
    #expect(fits.allSatisfy { $0.stopReason == .converged })
    let passes = fits.map { $0.history.last?.passes ?? 0 }
    #expect(passes[0] < passes[1] / 2, "\(passes)")
  }

  @Test("more classes than are coupled")
  func manyClasses() throws {
    let data = data(rows: 200, columns: 6, classes: 50)
    let fit: Fit<Double> = try Trainer(
      penalty: L2(1e-3), solver: LBFGS(tolerance: 1e-6), scaling: .none, threads: 2
    ).fit(data, as: Double.self)
    #expect(fit.stopReason == .converged)
    let certificate = try #require(fit.certificate)
    #expect(certificate.relativeGap <= 1e-6)
  }

  @Test("Float asked for more than it has ends stalled, near the optimum")
  func stalls() throws {
    let data = data(rows: 300, columns: 3, classes: 3)
    let trainer = Trainer(penalty: L2(1e-4), solver: LBFGS(tolerance: 0), scaling: .none, threads: 1)
    let fit: Fit<Float> = try trainer.fit(data)
    #expect(fit.stopReason == .stalled)
    let certificate = try #require(fit.certificate)
    #expect(certificate.relativeGap < 1e-6)
  }
}

import LinearAlgebra
import Testing

@testable import Descent

/// Reference values: Tests/References/ridge.py, scikit-learn's Ridge and numpy's lstsq in double.
@Suite("Ridge regression in closed form")
struct DirectTests {
  private func noise(_ i: Int, _ j: Int) -> Double {
    let mixed: Int = i * 7919 + j * 10473 + i * j * 31 + 17
    return Double(mixed % 1000) / 500 - 1
  }

  private func data(rows: Int, columns: Int, outputs: Int = 1, shift: Double = 0) -> Dataset {
    let x = (0..<rows * columns).map { noise($0 / columns, $0 % columns) + shift }
    let t = (0..<rows * outputs).map { k in
      2 * noise(k / outputs, 91 + k % outputs) + 3 * x[k / outputs * columns] + 10
    }
    return Dataset(
      features: DenseStorage(rows: rows, columns: columns, elements: x[...]),
      targets: .values(t[...], width: outputs))
  }

  private func fit<Element: KernelScalar>(
    _ data: Dataset, l2: Double, tolerance: Double = 1e-12, as type: Element.Type,
    scaling: ScalingChoice = .none, threads: Int = 2
  ) throws -> Fit<Element> {
    try Trainer(
      loss: SquaredError(), penalty: l2 > 0 ? L2(l2) : NoPenalty(), solver: Direct(tolerance: tolerance),
      scaling: scaling, threads: threads
    ).fit(data, as: type)
  }

  struct Reference: Sendable {
    let rows: Int
    let columns: Int
    let outputs: Int
    let l2: Double
    let shift: Double
    let objective: Double
    /// The first weight of the last output, and its bias.
    let weight: Double
    let bias: Double
  }

  static let references: [Reference] = [
    Reference(
      rows: 60, columns: 5, outputs: 1, l2: 0.01, shift: 0.0,
      objective: 0.7004585168034093, weight: 2.7797963681899276, bias: 9.967848192570585),
    Reference(
      rows: 60, columns: 5, outputs: 3, l2: 0.01, shift: 0.0,
      objective: 2.093474365393094, weight: 2.8835501733174356, bias: 9.859756822195559),
    Reference(
      rows: 60, columns: 5, outputs: 1, l2: 0.0, shift: 0.0,
      objective: 0.6598445343940843, weight: 2.8726393652288125, bias: 9.969760912328981),
    Reference(
      rows: 2000, columns: 40, outputs: 2, l2: 0.001, shift: 0.0,
      objective: 1.2549166417662954, weight: 2.984459691543167, bias: 9.998227532498637),
    Reference(
      rows: 60, columns: 5, outputs: 1, l2: 1e-08, shift: 1000.0,
      objective: 0.6598445763846112, weight: 2.8726392690531632, bias: -154.9448171631807),
    Reference(
      rows: 12, columns: 40, outputs: 2, l2: 0.01, shift: 0.0,
      objective: 0.0565635016212771, weight: 1.0216688242675682, bias: 9.363999822171147),
    Reference(
      rows: 12, columns: 40, outputs: 1, l2: 10.0, shift: 5.0,
      objective: 2.4233040131112418, weight: 0.10205210842135962, bias: 25.236758040251246),
  ]

  @Test("it agrees with scikit-learn's Ridge", arguments: references)
  func reference(_ r: Reference) throws {
    let data = data(rows: r.rows, columns: r.columns, outputs: r.outputs, shift: r.shift)
    let fit = try fit(data, l2: r.l2, as: Double.self)
    #expect(abs(fit.objective - r.objective) < 1e-10 * r.objective)
    let first = fit.parameters[(r.outputs - 1) * r.columns]
    #expect(abs(first - r.weight) < 1e-9 * max(1, abs(r.weight)), "\(first) for \(r.weight)")
    let bias = try #require(fit.parameters.last)
    #expect(abs(bias - r.bias) < 1e-9 * max(1, abs(r.bias)) * max(1, abs(r.shift)), "\(bias) for \(r.bias)")
  }

  @Test("Float comes as near as its parameters can, features a thousand off their mean included")
  func float() throws {
    for shift in [0.0, 1000] {
      let data = data(rows: 300, columns: 20, shift: shift)
      for scaling in [ScalingChoice.none, .standard] {
        let exact = try fit(data, l2: 1e-3, as: Double.self, scaling: scaling)
        let single = try fit(data, l2: 1e-3, tolerance: 1e-4, as: Float.self, scaling: scaling)
        let certificate = try #require(single.certificate)
        #expect(certificate.lowerBound <= exact.objective * (1 + 1e-12))
        #expect(certificate.relativeGap < 1e-4, "shift \(shift), \(scaling): \(certificate)")
      }
    }
  }

  @Test("its bound is the duality gap, and what it says of its parameters is what a pass finds")
  func standing() throws {
    let data = data(rows: 300, columns: 20, outputs: 2, shift: 300)
    let fit = try fit(data, l2: 1e-3, tolerance: 1, as: Float.self)
    let objective = DataObjective<Double>(
      model: LinearModel(inputs: 20, outputs: 2), loss: SquaredError(), penalty: L2(1e-3),
      features: data.features, targets: data.targets, threads: 2)
    let parameters = fit.parameters.map { Double($0) }
    let (proof, standing) = (try #require(fit.certificate), objective.standing(at: parameters))
    let dual = try #require(Certifier(objective)).certify(parameters)
    #expect(abs(proof.gap - dual.gap) < 0.02 * dual.gap, "\(proof.gap), \(dual.gap)")
    #expect(dual.gap > 1e-9)
    #expect(abs(fit.loss - standing.loss) < 1e-12 * standing.loss)
    #expect(abs(fit.gradientNorm - standing.gradientNorm) < 1e-9 * standing.gradientNorm)
  }

  @Test("least norm where features are copies, without a penalty")
  func leastNorm() throws {
    let x = (0..<20).flatMap { i in [noise(i, 0), noise(i, 0), 4.0] }
    let t = (0..<20).map { i in 6 * noise(i, 0) + 1 }
    let data = Dataset(
      features: DenseStorage(rows: 20, columns: 3, elements: x[...]), targets: .values(t))
    for parameters in [
      try fit(data, l2: 0, as: Double.self).parameters,
      try fit(data, l2: 0, as: Float.self).parameters.map { Double($0) },
    ] {
      #expect(zip(parameters, [3, 3, 0, 1]).allSatisfy { abs($0 - $1) < 1e-5 }, "\(parameters)")
    }
  }

  @Test("labels stand for indicators: the sums of weights and biases are 0 and 1")
  func leastSquaresClassifier() throws {
    var data = data(rows: 90, columns: 4)
    data.targets = .labels((0..<90).map { Int32($0 * $0 % 3) })
    data.classNames = ["a", "b", "c"]
    let fit: Fit<Double> = try self.fit(data, l2: 1e-2, as: Double.self)
    for j in 0..<4 { #expect(abs((0..<3).reduce(0) { $0 + fit.parameters[$1 * 4 + j] }) < 1e-12) }
    #expect(abs(fit.parameters[12...].reduce(0, +) - 1) < 1e-12)
    #expect(fit.stopReason == .converged)
  }

  @Test("the primal and the dual are one", arguments: [1e-3, 1.0], [false, true])
  func dual(l2: Double, areWeighed: Bool) throws {
    let weights = areWeighed ? (0..<30).map { 1.5 + noise($0, 4) } : nil
    let wide = data(rows: 30, columns: 31)
    let objective = DataObjective<Double>(
      model: LinearModel(inputs: 31, outputs: 1), loss: SquaredError(), penalty: L2(l2),
      features: wide.features, targets: wide.targets, weights: weights, threads: 2)
    let rows = CentredRows<Double>(objective)
    let targets = CentredTargets(objective.rowLoss, objective.model)
    let equations = try #require(
      NormalEquations(rows, targets, pool: objective.pool, isStopped: { false }))
    let factors: [any RidgeFactor] = [
      try PrimalFactor(equations, l2: l2), try DualFactor(rows, targets, l2: l2, pool: objective.pool),
      try SpectralFactor(rows, targets, l2: l2), try SpectralFactor(equations, l2: l2),
    ]
    let right = Matrix(rows: 1, columns: 31, elements: (0..<31).map { noise($0, 5) })
    for factor in factors.dropFirst() {
      #expect(zip(factor.weights.elements, factors[0].weights.elements).allSatisfy { abs($0 - $1) < 1e-10 })
      #expect(zip(factor.means, factors[0].means).allSatisfy { abs($0 - $1) < 1e-12 })
    }
    for factor in [factors[1], factors[3]] {
      let (a, b) = (factor.solve(right), factors[0].solve(right))
      #expect(
        zip(a.elements, b.elements).allSatisfy { abs($0 - $1) < 1e-8 * max(1, abs($1)) },
        "\(type(of: factor))")
    }
  }

  @Test("the same bits for any number of threads, on more rows than a part's block")
  func threads() throws {
    let data = data(rows: 5000, columns: 9)
    let fits = try [1, 2, 3].map { try fit(data, l2: 1e-3, as: Float.self, threads: $0) }
    #expect(fits[1].parameters == fits[0].parameters && fits[2].parameters == fits[0].parameters)
  }
}

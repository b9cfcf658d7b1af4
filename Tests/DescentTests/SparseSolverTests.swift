import Descent
import Foundation
import LinearAlgebra
import Testing

@Suite("The solver for l1 and the elastic net")
struct SparseSolverTests {
  static let losses: [any Loss] = [Softmax(), SquaredHinge(), Logistic(), SquaredError(), Huber()]

  /// Rows by a formula: the first class's rows lean towards the first columns. The last column is zero.
  static func problem(for loss: any Loss, rows: Int = 300, columns: Int = 12) -> Dataset {
    var x: [Float] = []
    for i in 0..<rows {
      for j in 0..<columns {
        let lean = i % 3 == j % 5 ? 0.6 : 0
        let wave = sin(Double(i * (j + 2)) * 1.7 + Double(j))
        x.append(j == columns - 1 ? 0 : Float(wave + lean))
      }
    }
    let features = DenseStorage(rows: rows, columns: columns, elements: x[...])
    if loss.task == .regression {
      let values = (0..<rows).map { i -> Double in
        let signal = 2 * Double(x[i * columns]) - Double(x[i * columns + 3])
        return signal + cos(Double(7 * i)) + 1
      }
      return Dataset(features: features, targets: .values(values))
    }
    let classes = loss.columns(classes: 3) == 1 ? 2 : 3
    let labels = (0..<rows).map { Int32($0 % 3 % classes) }
    return Dataset(features: features, targets: .labels(labels), classNames: (0..<classes).map(String.init))
  }

  static func trainer(_ loss: any Loss, _ penalty: any Penalty, threads: Int = 1) -> Trainer {
    Trainer(
      loss: loss, penalty: penalty, solver: ProximalNewton(tolerance: 1e-9), scaling: .none, threads: threads)
  }

  /// The gradient of the smooth part.
  static func gradient(_ fit: Fit<Double>, _ loss: any Loss, _ penalty: any Penalty, _ data: Dataset)
    -> [Double]
  {
    let outputs = fit.parameters.count / (data.columns + 1)
    let objective = DataObjective<Double>(
      model: LinearModel(inputs: data.columns, outputs: outputs), loss: loss, penalty: penalty,
      features: data.features, targets: data.targets, threads: 1)
    var gradient = [Double](repeating: 0, count: objective.count)
    _ = objective.value(at: fit.parameters, gradient: &gradient)
    return gradient
  }

  @Test(
    "it ends where 0 is a subgradient", arguments: losses,
    [L1(0.02), ElasticNet(l1: 0.02, l2: 0.1)] as [any Penalty])
  func optimality(loss: any Loss, penalty: any Penalty) throws {
    let data = Self.problem(for: loss)
    let fit = try Self.trainer(loss, penalty).fit(data, as: Double.self)
    #expect(fit.stopReason == .converged)
    let gradient = Self.gradient(fit, loss, penalty, data)
    let outputs = fit.parameters.count / (data.columns + 1)
    for i in 0..<outputs * data.columns {
      let (w, g) = (fit.parameters[i], gradient[i])
      #expect(w == 0 ? abs(g) <= 0.02 + 1e-6 : abs(g + (w > 0 ? 0.02 : -0.02)) < 1e-5, "weight \(i)")
      if i % data.columns == data.columns - 1 { #expect(w == 0, "the zero column has a weight") }
    }
    for g in gradient[(outputs * data.columns)...] { #expect(abs(g) < 1e-6) }
    #expect(fit.nonzeros > 0 && fit.nonzeros < outputs * data.columns)
  }

  /// At W = 0 and the best biases the slopes are known: the largest correlation with them is the critical l1.
  @Test(
    "above the critical l1 all weights are zero, just below not",
    arguments: [Softmax(), SquaredError()] as [any Loss])
  func critical(loss: any Loss) throws {
    let data = Self.problem(for: loss)
    let outputs = loss.task == .regression ? 1 : 3
    let slopes = (0..<data.rows).flatMap { i -> [Double] in
      switch data.targets {
      case .values(let y, _): [y.reduce(0, +) / Double(data.rows) - y[i]]
      case .labels(let y): (0..<3).map { c in 1.0 / 3 - (Int(y[i]) == c ? 1 : 0) }
      }
    }
    var x = [Double](repeating: 0, count: data.rows * data.columns)
    var span = x.mutableSpan
    data.features.read(0..<data.rows, into: &span)
    var critical = 0.0
    for c in 0..<outputs {
      for j in 0..<data.columns {
        let sum = (0..<data.rows).reduce(0) { $0 + x[$1 * data.columns + j] * slopes[$1 * outputs + c] }
        critical = max(critical, abs(sum) / Double(data.rows))
      }
    }
    let above = try Self.trainer(loss, L1(1.001 * critical)).fit(data, as: Double.self)
    #expect(above.nonzeros == 0 && above.stopReason == .converged)
    let below = try Self.trainer(loss, L1(0.99 * critical)).fit(data, as: Double.self)
    #expect(below.nonzeros > 0 && below.stopReason == .converged)
  }

  @Test("the lasso is scikit-learn's")
  func lasso() throws {
    var (x, y): ([Double], [Double]) = ([], [])
    for i in 0..<24 {
      y.append(2 * cos(0.9 * Double(i)) + (i % 7 == 0 ? 5 : 0))
      for j in 0..<5 { x.append(sin(1.3 * Double(i) + 2.1 * Double(j * j) + 0.7 * Double(i * j))) }
    }
    let data = Dataset(
      features: DenseStorage(rows: 24, columns: 5, elements: x[...]), targets: .values(y))
    for (penalty, expected) in Self.peers {
      var trainer = Self.trainer(SquaredError(), penalty)
      trainer.solver = ProximalNewton(tolerance: 1e-13)
      let fit = try trainer.fit(data, as: Double.self)
      for (a, b) in zip(fit.parameters, expected) {
        #expect(abs(a - b) < 1e-8)
        #expect((a == 0) == (b == 0))
      }
    }
  }

  /// Weights and intercept of Lasso and ElasticNet (scikit-learn, tol 1e-15), from Tests/References/lasso.py.
  static let peers: [(any Penalty, [Double])] = [
    (
      L1(0.02),
      [
        0.693809665925242, -0.01137503740254708, 1.1830211564554363, 0, 0.23715620935245402,
        0.8936742615828615,
      ]
    ),
    (L1(0.2), [0.3009712194338184, 0, 0.8353168695470967, 0, 0, 0.9156452506086583]),
    (
      ElasticNet(l1: 0.2, l2: 0.1), [0.24351306479942378, 0, 0.7020163879593, 0, 0, 0.9206020034539618]
    ),
  ]

  @Test("the bits do not depend on the threads", arguments: [Softmax(), SquaredError()] as [any Loss])
  func threads(loss: any Loss) throws {
    let data = Self.problem(for: loss, rows: 3000, columns: 40)
    let fits = try (1...3).map {
      try Self.trainer(loss, ElasticNet(l1: 0.003, l2: 1e-3), threads: $0).fit(data, as: Float.self)
    }
    #expect(fits[0].parameters == fits[1].parameters && fits[0].parameters == fits[2].parameters)
    #expect(fits[0].certificate == fits[1].certificate && fits[0].certificate == fits[2].certificate)
  }

  @Test("a time limit of a millisecond ends it, with a certificate", arguments: losses)
  func timeLimit(loss: any Loss) throws {
    var trainer = Self.trainer(loss, L1(1e-4))
    trainer.timeLimit = .milliseconds(1)
    let fit = try trainer.fit(Self.problem(for: loss, rows: 20_000, columns: 60), as: Float.self)
    #expect(fit.stopReason == .timeLimit)
    let certificate = try #require(fit.certificate)
    #expect(certificate.lowerBound.isFinite && certificate.lowerBound <= certificate.objective)
    #expect(fit.parameters.allSatisfy { $0.isFinite })
  }
}

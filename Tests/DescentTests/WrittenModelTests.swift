import Foundation
import LinearAlgebra
import Testing

@testable import Descent

/// A column of every kind at an offset that Double holds exactly, and what is to be learnt from it.
struct OffsetColumns {
  static let rows = 400
  /// Multiples of 1/8, so that no offset up to 1e12 rounds them.
  let deviations: [Double]
  let noise: [Double]

  init(seed: UInt64 = 3) {
    var generator = SeededGenerator(seed: seed)
    deviations = (0..<2 * Self.rows).map { _ in Double(Int.random(in: -4000...4000, using: &generator)) / 8 }
    noise = (0..<Self.rows).map { _ in Double.random(in: -1...1, using: &generator) }
  }

  func features(_ offset: Double) -> any FeatureStorage {
    let elements = deviations.enumerated().map { $0 % 2 == 0 ? $1 + offset : $1 }
    return DenseStorage(rows: Self.rows, columns: 2, elements: elements[...])
  }

  func data(_ offset: Double, isClassifier: Bool) -> Dataset {
    let signal: [Double] = (0..<Self.rows).map { row in
      let slope: Double = deviations[2 * row] / 200 - deviations[2 * row + 1] / 300
      return slope + noise[row]
    }
    guard isClassifier else { return Dataset(features: features(offset), targets: .values(signal)) }
    return Dataset(
      features: features(offset), targets: .labels(signal.map { $0 > 0.2 ? 1 : 0 }), classNames: ["a", "b"])
  }
}

/// A recipe, and its loss written down again.
struct Recipe: CustomTestStringConvertible {
  let name: String
  let loss: any Loss
  let solver: any Solver
  var penalty: any Penalty = L2(1e-3)
  let value: @Sendable (_ scores: [Double], _ target: Double) -> Double
  var testDescription: String { "\(name) by \(solver.name)" }

  static let squared: @Sendable ([Double], Double) -> Double = { ($0[0] - $1) * ($0[0] - $1) / 2 }
  static let softmax: @Sendable ([Double], Double) -> Double = { s, t in
    let own = Int(t)
    return log1p(exp(s[1 - own] - s[own]))
  }
  static let logistic: @Sendable ([Double], Double) -> Double = { s, t in log1p(exp(t > 0 ? -s[0] : s[0])) }
  static let hinge: @Sendable ([Double], Double) -> Double = { s, t in max(0, s[1 - Int(t)] - s[Int(t)] + 1) }
  static let squaredHinge: @Sendable ([Double], Double) -> Double = { s, t in
    let excess = max(0, s[1 - Int(t)] - s[Int(t)] + 1)
    return excess * excess
  }

  static let all: [Recipe] = [
    Recipe(name: "squared", loss: SquaredError(), solver: Direct(tolerance: 1e-8), value: squared),
    Recipe(name: "squared", loss: SquaredError(), solver: LBFGS(tolerance: 1e-8), value: squared),
    Recipe(name: "squared", loss: SquaredError(), solver: Newton(tolerance: 1e-8), value: squared),
    Recipe(
      name: "squared", loss: SquaredError(), solver: ProximalNewton(tolerance: 1e-8),
      penalty: ElasticNet(l1: 1e-2, l2: 1e-3), value: squared),
    Recipe(name: "softmax", loss: Softmax(), solver: Newton(tolerance: 1e-8), value: softmax),
    Recipe(
      name: "softmax", loss: Softmax(), solver: GradientDescent(tolerance: 1e-6), value: softmax),
    Recipe(name: "softmax", loss: Softmax(), solver: MiniBatch(epochs: 3), value: softmax),
    Recipe(name: "logistic", loss: Logistic(), solver: LBFGS(tolerance: 1e-8), value: logistic),
    Recipe(name: "hinge", loss: Hinge(), solver: AugmentedLagrangian(tolerance: 1e-5), value: hinge),
    Recipe(
      name: "squared hinge", loss: SquaredHinge(), solver: Newton(tolerance: 1e-8), value: squaredHinge),
  ]
}

@Suite("A certificate speaks of the model that is written, on the numbers as they are stored")
struct WrittenModelTests {
  static let columns = OffsetColumns()
  static let offsets = [0, 1e3, -1e6, 1.6e9, 1e12]

  /// The objective of a model's own parameters, computed row by row.
  private func objective<Element>(_ fit: Fit<Element>, _ data: Dataset, _ recipe: Recipe) -> Double {
    let parameters = fit.model.parameters.map { Double($0) }
    var x = [Double](repeating: 0, count: data.rows * 2)
    var span = x.mutableSpan
    data.features.read(0..<data.rows, into: &span)
    let outputs = fit.model.architecture.outputs
    var sum = 0.0
    for row in 0..<data.rows {
      let scores: [Double] = (0..<outputs).map { c in
        let first: Double = parameters[2 * c] * x[2 * row] + parameters[2 * outputs + c]
        return first + parameters[2 * c + 1] * x[2 * row + 1]
      }
      let target: Double =
        switch data.targets {
        case .labels(let labels): Double(labels[row])
        case .values(let values, _): values[row]
        }
      sum += recipe.value(scores, target)
    }
    var penalty = 0.0
    for j in 0..<2 {
      let column = (0..<data.rows).map { x[2 * $0 + j] - x[j] }
      let mean = column.reduce(0, +) / Double(data.rows)
      let square = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(data.rows)
      for c in 0..<outputs {
        let weight = parameters[2 * c + j] * square.squareRoot()
        guard let (l1, l2) = recipe.penalty.elasticNet else { continue }
        penalty += l1 * abs(weight) + l2 / 2 * weight * weight
      }
    }
    return sum / Double(data.rows) + penalty
  }

  private func check<Element: KernelScalar>(_ recipe: Recipe, as type: Element.Type) throws {
    let isClassifier = recipe.loss.task == .classification
    var trainer = Trainer(loss: recipe.loss, penalty: recipe.penalty, solver: recipe.solver)
    let data = Self.columns.data(0, isClassifier: isClassifier)
    // An offset changes neither the scaled features nor the optimum.
    let exact = try trainer.fit(data, as: Double.self)
    let proof = try #require(exact.certificate)
    trainer.timeLimit = .seconds(20)
    for offset in Self.offsets {
      let data = Self.columns.data(offset, isClassifier: isClassifier)
      let fit = try trainer.fit(data, as: type)
      let value = objective(fit, data, recipe)
      // The sums of this test round, too: at 1e12 its scores have some 1e-4 of an ulp of the offset's.
      let slack = 1e-9 * value + 4e-16 * abs(offset)
      #expect(abs(value - fit.objective) <= slack, "\(offset): \(value) is not \(fit.objective)")
      let certificate = try #require(fit.certificate)
      #expect(abs(certificate.objective - fit.objective) <= 1e-12 * value)
      #expect(value >= proof.lowerBound - slack, "\(offset): better than the optimum")
      #expect(
        value <= proof.objective + certificate.gap + slack, "\(offset): \(value), gap \(certificate.gap)")
      // What rounding costs is in the gap: where it costs little there is little.
      if Element.self == Double.self || abs(offset) <= 1e3, !(recipe.solver is MiniBatch) {
        #expect(certificate.relativeGap <= 1e-4, "\(offset): \(certificate.gap) of \(value)")
      }
      let evaluation = fit.model.evaluate(on: data, loss: recipe.loss)
      #expect(abs(evaluation.loss - fit.loss) <= slack)
    }
  }

  @Test(arguments: Recipe.all) func inFloat(_ recipe: Recipe) throws { try check(recipe, as: Float.self) }
  @Test(arguments: Recipe.all) func inDouble(_ recipe: Recipe) throws { try check(recipe, as: Double.self) }

  @Test func ofANetwork() throws {
    let data = Self.columns.data(1e6, isClassifier: true)
    let trainer = Trainer(
      model: .network(hidden: [5]), loss: Softmax(), penalty: L2(1e-2), solver: MiniBatch(epochs: 2))
    let fit = try trainer.fit(data, as: Float.self)
    let evaluation = fit.model.evaluate(on: data, loss: Softmax())
    #expect(abs(evaluation.loss - fit.loss) <= 1e-9 * fit.loss)
    let first = try #require(fit.model.architecture.layout["weights1"])
    let deviations = ColumnMoments.of(data.features).deviations
    let second = try #require(fit.model.architecture.layout["weights2"])
    var squares = 0.0
    for i in first.range {
      let weight = Double(fit.model.parameters[i]) * deviations[(i - first.range.lowerBound) % 2]
      squares += weight * weight
    }
    for i in second.range { squares += Double(fit.model.parameters[i]) * Double(fit.model.parameters[i]) }
    #expect(abs(fit.penalty - 5e-3 * squares) <= 1e-9 * fit.penalty)
  }

  @Test func columnsAreCentredBeforeTheyAreRounded() {
    let offset = 1.6e9
    let base = Self.columns.features(offset)
    let scaling = Scaling.standard(of: base)
    let scaled = ScaledStorage(base, scaling: scaling)
    var (floats, doubles) = ([Float](repeating: 0, count: 800), [Double](repeating: 0, count: 800))
    var span = floats.mutableSpan
    scaled.read(0..<400, into: &span)
    var wide = doubles.mutableSpan
    scaled.read(0..<400, into: &wide)
    #expect(floats == doubles.map { Float($0) })
    let order = (0..<400).map { ($0 * 7) % 400 }
    var gathered = [Float](repeating: 0, count: 800)
    var some = gathered.mutableSpan
    scaled.gather(order.span, into: &some)
    #expect(gathered == order.flatMap { [floats[2 * $0], floats[2 * $0 + 1]] })
  }
}

import LinearAlgebra
import Testing

@testable import Descent

@Suite("No model comes of numbers that its precision cannot hold")
struct FiniteFitTests {
  private static let rows = 1500
  private static let labels = Targets.labels((0..<rows).map { Int32($0 % 2) })

  /// Ones and twos, and one number that is another.
  private static func dense(_ odd: Double, at row: Int = 777) -> DenseStorage<Double> {
    let elements = (0..<2 * rows).map { $0 == 2 * row + 1 ? odd : Double(1 + $0 % 3) }
    return DenseStorage(rows: rows, columns: 2, elements: elements[...])
  }

  private static func sparse(_ odd: Double) -> SparseStorage {
    let values = (0..<rows).map { $0 == 777 ? odd : Double(1 + $0 % 3) }
    return SparseStorage(
      columns: 2, starts: Array(0...rows), indices: values.map { _ in 1 }, values: .double(values))
  }

  private static let storages: [(String, any FeatureStorage)] = [
    ("dense", dense(1e39)), ("selected", SelectedStorage(dense(1e39), at: Array(0..<rows))),
    ("copied", dense(1e39).selecting(Array(0..<rows))), ("sparse", sparse(1e39)),
    ("selected sparse", sparse(1e39).selecting(Array(0..<rows))),
    (
      "one-hot",
      OneHotStorage(
        DenseStorage(rows: rows, columns: 2, elements: dense(1e39).elements), [.number, .number])
    ), ("scaled", ScaledStorage(dense(1e39), scaling: .none)),
  ]

  @Test(arguments: storages.indices) func throughEveryStorage(_ index: Int) throws {
    let (name, features) = Self.storages[index]
    let data = Dataset(features: features, targets: Self.labels, classNames: ["a", "b"])
    #expect(
      throws: TrainingError.tooLarge(row: 777, column: 1, name: nil, isSingle: true), "\(name)"
    ) { try Trainer().fit(data, as: Float.self) }
    let fit = try Trainer().fit(data, as: Double.self)
    #expect(fit.objective.isFinite && fit.model.parameters.allSatisfy(\.isFinite))
    // What is not trained on is not asked.
    let others = data.rows(at: Array(0..<Self.rows).filter { $0 != 777 })
    let single = try Trainer().fit(others, as: Float.self)
    #expect(single.objective.isFinite)
  }

  @Test func afterScaling() throws {
    let data = Dataset(features: Self.dense(1e10), targets: Self.labels, classNames: ["a", "b"])
    #expect(throws: TrainingError.tooLarge(row: 777, column: 1, name: nil, isSingle: true)) {
      try Trainer(scaling: .factor(1e30)).fit(data, as: Float.self)
    }
    #expect(throws: TrainingError.tooLarge(row: 777, column: 1, name: nil, isSingle: false)) {
      try Trainer(scaling: .factor(1e300)).fit(data, as: Double.self)
    }
  }

  @Test(arguments: ["direct", "lbfgs", "newton", "gradient-descent", "momentum"])
  func targetsWhoseSquaresAreInfinite(_ name: String) throws {
    let solvers: [String: any Solver] = [
      "direct": Direct(), "lbfgs": LBFGS(), "newton": Newton(),
      "gradient-descent": GradientDescent(), "momentum": MiniBatch(epochs: 1),
    ]
    let values = (0..<Self.rows).map { $0 == 5 ? 1e160 : Double($0) }
    let data = Dataset(features: Self.dense(1), targets: .values(values))
    let trainer = Trainer(loss: SquaredError(), solver: try #require(solvers[name]))
    do {
      let fit = try trainer.fit(data, as: Double.self)
      #expect(fit.stopReason == .diverged)
    } catch {
      #expect(error.description.hasSuffix("scale the targets down"))
    }
  }

  @Test func parametersBeyondSinglePrecision() throws {
    // σ = 1e-39: weights of raw features are beyond Float's range.
    let x = (0..<Self.rows).map { Double($0 % 7) * 1e-39 }
    let data = Dataset(
      features: DenseStorage(rows: Self.rows, columns: 1, elements: x[...]),
      targets: .values((0..<Self.rows).map { Double($0 % 7) }))
    let trainer = Trainer(loss: SquaredError())
    let fit = try trainer.fit(data, as: Double.self)
    #expect(fit.loss < 1e-3)
    do {
      let single = try trainer.fit(data, as: Float.self)
      let gap = try #require(single.certificate?.gap)
      #expect(single.model.parameters.allSatisfy(\.isFinite) && single.objective - fit.objective <= gap)
    } catch let error as TrainingError {
      #expect(error.description.hasSuffix("train in double precision"))
    }
    #expect(trainer.precisionDemand(of: data) != nil)
  }
}

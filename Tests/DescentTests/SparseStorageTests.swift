import Foundation
import LinearAlgebra
import Testing

@testable import Descent

/// Sparse rows against the same rows written out: one must train, score and certify as the other does.
@Suite struct SparseStorageTests {
  private static let columns = 37

  /// Rows of class-dependent words, some empty, and two columns that no row has.
  static func storage(rows: Int, columns: Int = columns, classes: Int = 3) -> (SparseStorage, [Int32]) {
    var generator = SeededGenerator(seed: 5)
    var (starts, indices, values, labels) = ([0], [Int32](), [Double](), [Int32]())
    for row in 0..<rows {
      let label = Int.random(in: 0..<classes, using: &generator)
      for j in 0..<columns - 2 where row % 50 != 7 {
        let chance = j % classes == label ? 0.4 : 0.1
        guard Double.random(in: 0..<1, using: &generator) < chance else { continue }
        indices.append(Int32(j))
        values.append(Double(Float.random(in: 0.2...1, using: &generator)))
      }
      starts.append(indices.count)
      labels.append(Int32(label))
    }
    return (
      SparseStorage(columns: columns, starts: starts, indices: indices, values: .double(values)), labels
    )
  }

  static func dense(_ storage: SparseStorage) -> DenseStorage<Double> {
    var all = [Double](repeating: 0, count: storage.rows * storage.columns)
    var span = all.mutableSpan
    storage.read(0..<storage.rows, into: &span)
    return DenseStorage(rows: storage.rows, columns: storage.columns, elements: all[...])
  }

  @Test("Columns, counted by parts, hold the numbers of the rows", arguments: [1, 40, 4_000])
  func columns(rows: Int) {
    let (storage, _) = Self.storage(rows: rows)
    var expected = [[(row: Int32, value: Double)]](repeating: [], count: storage.columns)
    for row in 0..<rows {
      for k in storage.starts[row]..<storage.starts[row + 1] {
        expected[Int(storage.indices[k])].append((Int32(row), storage.value(k)))
      }
    }
    let columns = storage.byColumns
    #expect(columns.starts == expected.reduce(into: [0]) { $0.append($0.last! + $1.count) })
    #expect(columns.rows == expected.flatMap { $0.map(\.row) })
    #expect(columns.values == .double(expected.flatMap { $0.map(\.value) }))
  }

  /// The same rows, with so many columns for each of theirs.
  private static func spread(_ storage: SparseStorage, by factor: Int) -> SparseStorage {
    SparseStorage(
      columns: factor * storage.columns, starts: storage.starts,
      indices: storage.indices.map { Int32(factor) * $0 }, values: storage.values)
  }

  /// Of one score a pass goes by rows, and by columns where these are many for the numbers there are.
  @Test(
    "The pass over sparse rows gives the dense one's value and gradient",
    arguments: [(1, 1), (1, 300), (3, 1), (20, 1), (41, 1), (60, 1)])
  func passesAgree(classes: Int, columnsEach: Int) {
    let rows = columnsEach == 1 ? 700 : 300
    let storage = Self.spread(Self.storage(rows: rows).0, by: columnsEach)
    let labels = (0..<rows).map { Int32($0 % max(2, classes)) }
    let loss: any Loss = classes == 1 ? Logistic() : Softmax()
    let targets = classes == 1 ? Targets.labels(labels.map { $0 % 2 }) : .labels(labels)
    let model = LinearModel(inputs: storage.columns, outputs: classes)
    var generator = SeededGenerator(seed: 1)
    let lanes = Lanes(model, rows: rows, sparse: storage, of: Double.self)
    #expect(lanes.hasGradients == (classes == 1 && columnsEach == 1))
    let θ = (0..<model.layout.count).map { _ in Double.random(in: -1...1, using: &generator) }
    let scaling = Scaling.each(
      shifts: Array(repeating: 0, count: storage.columns),
      factors: (0..<storage.columns).map { 1 + Double($0) })
    for scaling in [Scaling.none, .uniform(0.5), scaling] {
      var results: [(Double, [Double])] = []
      for features in [storage, Self.dense(storage)] as [any FeatureStorage] {
        let objective = DataObjective<Double>(
          model: model, loss: loss, penalty: L2(0.1), features: features, scaling: scaling, targets: targets,
          threads: 2)
        var gradient = [Double](repeating: 0, count: θ.count)
        results.append((objective.value(at: θ, gradient: &gradient), gradient))
      }
      #expect(abs(results[0].0 - results[1].0) < 1e-12 * results[1].0)
      #expect(zip(results[0].1, results[1].1).allSatisfy { abs($0 - $1) < 1e-12 })
    }
  }

  /// A gradient a lane must leave lanes enough for many cores: of very many columns there is none.
  @Test func lanesAreEnough() {
    let rows = 70_000
    for (columns, isByRows) in [(40_000, true), (1 << 20, false)] {
      let storage = SparseStorage(
        columns: columns, starts: (0...rows).map { 40 * $0 },
        indices: (0..<40 * rows).map { Int32($0 % 40) * Int32(columns / 40) },
        values: .float(Array(repeating: 1, count: 40 * rows)))
      let lanes = Lanes(LinearModel(inputs: columns, outputs: 1), rows: rows, sparse: storage, of: Float.self)
      #expect(lanes.hasGradients == isByRows && lanes.count >= 64)
    }
  }

  @Test("Every solver reaches the dense optimum, with a certificate")
  func solversAgree() throws {
    let (storage, labels) = Self.storage(rows: 400)
    let names = ["a", "b", "c"]
    let sparse = Dataset(features: storage, targets: .labels(labels), classNames: names)
    let dense = Dataset(features: Self.dense(storage), targets: .labels(labels), classNames: names)
    let cases: [(any Loss, any Penalty, any Solver)] = [
      (Softmax(), L2(1e-2), Newton(tolerance: 1e-7)), (Softmax(), L2(1e-2), LBFGS(tolerance: 1e-7)),
      (SquaredHinge(), L2(1e-2), Newton(tolerance: 1e-7)),
      (Softmax(), L2(1e-1), GradientDescent(tolerance: 1e-6)),
      (Softmax(), ElasticNet(l1: 3e-3, l2: 1e-3), ProximalNewton(tolerance: 1e-6)),
      (Hinge(), L2(1e-1), AugmentedLagrangian(tolerance: 1e-3)),
    ]
    for (loss, penalty, solver) in cases {
      let trainer = Trainer(loss: loss, penalty: penalty, solver: solver, scaling: .none, threads: 2)
      let (a, b) = (try trainer.fit(sparse, as: Double.self), try trainer.fit(dense, as: Double.self))
      let gap = try #require(a.certificate).gap
      #expect(a.stopReason == .converged, "\(loss.name) by \(solver.name)")
      #expect(
        abs(a.objective - b.objective) <= gap + (b.certificate?.gap ?? 0) + 1e-12,
        "\(loss.name) by \(solver.name)")
    }
  }

  @Test("Dual ascent reaches what the augmented Lagrangian reaches on dense rows", arguments: [1e-1, 1e-3])
  func dualAscentAgrees(l2: Double) throws {
    let (storage, labels) = Self.storage(rows: 400)
    // Classes of unlike sizes ask for biases, and one without rows must not get in the way.
    let unlike = labels.enumerated().map { $0.offset % 3 == 0 ? 0 : $0.element }
    let names = ["a", "b", "c", "d"]
    let sparse = Dataset(features: storage, targets: .labels(unlike), classNames: names)
    let dense = Dataset(features: Self.dense(storage), targets: .labels(unlike), classNames: names)
    let loss = Hinge(margin: 0.5)
    let a = try Trainer(
      loss: loss, penalty: L2(l2), solver: DualCoordinateAscent(tolerance: 1e-4), scaling: .none
    )
    .fit(sparse, as: Double.self)
    let b = try Trainer(
      loss: loss, penalty: L2(l2), solver: AugmentedLagrangian(tolerance: 1e-4), scaling: .none
    )
    .fit(dense, as: Double.self)
    #expect(a.stopReason == .converged)
    #expect(try #require(a.certificate).relativeGap <= 1e-4)
    #expect(abs(a.objective - b.objective) <= 2e-4 * b.objective)
    let chosen = Automatic().choice(
      for: ProblemOutline(storage, loss: loss, penalty: L2(l2), isLinear: true, outputs: 4))
    #expect(chosen.solver is DualCoordinateAscent)
    #expect(throws: TrainingError.self) {
      try Trainer(loss: loss, penalty: L2(l2), solver: DualCoordinateAscent()).fit(dense)
    }
  }

  @Test("The bits do not depend on the threads", arguments: [2, 3])
  func bitsStay(threads: Int) throws {
    let (storage, labels) = Self.storage(rows: 1500)
    let data = Dataset(features: storage, targets: .labels(labels), classNames: ["a", "b", "c"])
    for solver in [LBFGS(), Newton(), MiniBatch(Momentum(), epochs: 2)] as [any Solver] {
      let one = try Trainer(solver: solver, threads: 1).fit(data).parameters
      #expect(try Trainer(solver: solver, threads: threads).fit(data).parameters == one)
    }
    let hinge = Trainer(loss: Hinge(), penalty: L2(1e-2), threads: 1)
    var other = hinge
    other.threads = threads
    #expect(try other.fit(data).parameters == hinge.fit(data).parameters)
  }

  @Test("A preconditioner of many features does without their matrix")
  func manyFeatures() throws {
    let (storage, labels) = Self.storage(rows: 200, columns: 1600)
    let data = Dataset(features: storage, targets: .labels(labels), classNames: ["a", "b", "c"])
    for solver in [LBFGS(tolerance: 1e-4), Newton(tolerance: 1e-4)] as [any Solver] {
      let fit = try Trainer(penalty: L2(1e-2), solver: solver).fit(data, as: Double.self)
      #expect(fit.stopReason == .converged)
    }
    let unit = SparseStorage(
      columns: 5000, starts: Array(0...5000), indices: (0..<5000).map { Int32($0) },
      values: .float(Array(repeating: 1, count: 5000)))
    #expect(throws: TrainingError.self) {
      try Trainer(loss: SquaredError(), solver: Direct()).check(
        Dataset(features: unit, targets: .values(Array(repeating: 1, count: 5000))))
    }
  }

  @Test func networksTrainOnSparseRows() throws {
    let (storage, labels) = Self.storage(rows: 400)
    let names = ["a", "b", "c"]
    let solver = MiniBatch(Adam(), epochs: 3, batchSize: 32)
    let trainer = Trainer(model: .network(hidden: [8]), solver: solver, scaling: .none)
    let a = try trainer.fit(
      Dataset(features: storage, targets: .labels(labels), classNames: names), as: Double.self)
    let b = try trainer.fit(
      Dataset(features: Self.dense(storage), targets: .labels(labels), classNames: names), as: Double.self)
    #expect(abs(a.objective - b.objective) < 1e-9)
  }

  @Test func selectsConvertsAndFindsWhatIsNotFinite() {
    let storage = SparseStorage(
      columns: 4, starts: [0, 2, 2, 3], indices: [0, 3, 1], values: .float([1, 2, .infinity]))
    #expect(storage.firstNonFinite! == (2, 1))
    #expect(
      storage.selecting([1, 0, 0]) as? SparseStorage
        == SparseStorage(
          columns: 4, starts: [0, 0, 2, 4], indices: [0, 3, 0, 3], values: .float([1, 2, 1, 2])))
    #expect(storage.block(0..<1, as: Double.self).dense.elements == [1, 0, 0, 2])
  }

  /// Against the dense moments, also of columns without zeros, of one far from 0, and of constant ones.
  @Test(arguments: [false, true]) func momentsAreTheDenseOnes(areWeighed: Bool) {
    let (words, _) = Self.storage(rows: 6_000)
    var (starts, indices, values) = ([0], [Int32](), [Double]())
    for row in 0..<words.rows {
      for k in words.starts[row]..<words.starts[row + 1] {
        indices.append(words.indices[k])
        values.append(words.value(k))
      }
      indices += [37, 38]
      values += [1e6 + Double(row % 7), 1.1]
      starts.append(indices.count)
    }
    let storage = SparseStorage(columns: 40, starts: starts, indices: indices, values: .double(values))
    let weights = areWeighed ? (0..<storage.rows).map { Double($0 % 4) } : nil
    let (sparse, dense) = (
      ColumnMoments.of(storage, weights: weights), ColumnMoments.of(Self.dense(storage), weights: weights)
    )
    for j in 0..<40 {
      #expect(abs(sparse.means[j] - dense.means[j]) <= 1e-12 * abs(dense.means[j]))
      #expect(abs(sparse.deviations[j] - dense.deviations[j]) <= 1e-9 * dense.deviations[j])
    }
    #expect(sparse.lows == dense.lows && sparse.highs == dense.highs)
    #expect(sparse.means[38] == 1.1 && sparse.deviations[38] == 0 && sparse.deviations[39] == 0)
  }

  /// Against the dense moments, which are tested by numpy's.
  @Test func standardScalingDividesBySigmaAlone() {
    let (storage, _) = Self.storage(rows: 200)
    guard case .each(let shifts, let factors) = Scaling.standard(of: storage),
      case .each(_, let expected) = Scaling.standard(of: Self.dense(storage))
    else {
      Issue.record("\(Scaling.standard(of: storage))")
      return
    }
    #expect(shifts.allSatisfy { $0 == 0 })
    #expect(zip(factors, expected).allSatisfy { abs($0 - $1) <= 1e-9 * $1 })
    #expect(
      ScalingChoice.automatic.scaling(
        for: Dataset(features: storage, targets: .values(Array(repeating: 0, count: 200)))) == .none)
  }

  @Test func modelsScoreSparseRows() {
    let (storage, _) = Self.storage(rows: 300)
    let model = TrainedModel<Double>(
      architecture: LinearModel(inputs: storage.columns, outputs: 3),
      parameters: (0..<3 * (storage.columns + 1)).map { sin(Double($0)) }, classNames: ["a", "b", "c"],
      lossName: "softmax")
    let rows = storage.block(0..<300, as: Double.self)
    let expected = model.scores(rows.dense)
    #expect(zip(model.scores(rows).elements, expected.elements).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(model.classIndices(storage) == model.classIndices(rows.dense))
  }
}

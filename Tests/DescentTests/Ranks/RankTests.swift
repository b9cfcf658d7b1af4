import Descent
import LinearAlgebra
import Synchronization
import Testing

@Suite("The same bits at any number of ranks")
struct RankTests {
  /// A training, and the data that each rank makes for itself, as processes read each their own.
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let trainer: Trainer
    let data: @Sendable () -> Dataset
    var sizes = [3]
  }

  private static let classes: @Sendable () -> Dataset = { overlapping(rows: 1300, features: 5, classes: 3) }
  private static let numbers: @Sendable () -> Dataset = { noisyPlane(rows: 1100, features: 5) }
  private static let two: @Sendable () -> Dataset = { overlapping(rows: 901, features: 4, classes: 2) }

  private static let counts: @Sendable () -> Dataset = {
    var data = noisyPlane(rows: 800, features: 4)
    if case .values(let values, _) = data.targets {
      data.targets = .values(values.map { ($0 * $0).rounded() })
    }
    return data
  }
  /// Every third number.
  private static let sparse: @Sendable () -> Dataset = { sparse(classes: 3) }

  private static func sparse(classes: Int) -> Dataset {
    var data = overlapping(rows: 900, features: 12, classes: classes)
    let (rows, columns) = (data.rows, data.columns)
    var numbers = [Double](repeating: 0, count: rows * columns)
    var span = numbers.mutableSpan
    data.features.read(0..<rows, into: &span)
    let kept = numbers.indices.filter { $0 % 3 == 0 }
    data.features = SparseStorage(
      columns: columns, starts: (0...rows).map { $0 * columns / 3 },
      indices: kept.map { Int32($0 % columns) },
      values: .double(kept.map { numbers[$0] }))
    return data
  }

  static let cases = [
    Case(
      description: "softmax by L-BFGS", trainer: Trainer(solver: LBFGS()), data: classes, sizes: [1, 2, 3, 4]),
    Case(
      description: "logistic by L-BFGS",
      trainer: Trainer(loss: Logistic(), penalty: L2(1e-3), solver: LBFGS()),
      data: two),
    Case(
      description: "squared by L-BFGS", trainer: Trainer(loss: SquaredError(), solver: LBFGS()), data: numbers
    ),
    Case(description: "softmax by Newton", trainer: Trainer(solver: Newton()), data: classes),
    Case(
      description: "without a penalty",
      trainer: Trainer(loss: Logistic(), penalty: NoPenalty(), solver: Newton()),
      data: two),
    Case(description: "l1", trainer: Trainer(penalty: L1(1e-3), solver: ProximalNewton()), data: classes),
    Case(
      description: "Huber", trainer: Trainer(loss: Huber(delta: 0.1), penalty: L2(1e-3), solver: Newton()),
      data: numbers),
    Case(
      description: "few rows", trainer: Trainer(solver: LBFGS()),
      data: { overlapping(rows: 300, features: 3, classes: 2) }),
    Case(
      description: "hinge", trainer: Trainer(loss: Hinge(), penalty: L2(1e-2), solver: AugmentedLagrangian()),
      data: two),
    Case(
      description: "hinge with l1",
      trainer: Trainer(loss: Hinge(), penalty: ElasticNet(l1: 1e-3, l2: 1e-2), solver: AugmentedLagrangian()),
      data: two),
    Case(
      description: "Poisson", trainer: Trainer(loss: Poisson(), penalty: L2(1e-3), solver: Newton()),
      data: counts),
    Case(description: "sparse rows", trainer: Trainer(solver: LBFGS()), data: sparse),
    Case(
      description: "sparse rows of one score",
      trainer: Trainer(loss: Logistic(), penalty: L2(1e-3), solver: Newton()),
      data: { sparse(classes: 2) }),
    Case(
      description: "a network by momentum",
      trainer: Trainer(
        model: .network(hidden: [6]), solver: MiniBatch(Momentum(), epochs: 2, batchSize: 200)),
      data: classes),
    Case(
      description: "gradient descent", trainer: Trainer(penalty: L2(1e-2), solver: GradientDescent()),
      data: two),
  ]

  @Test(arguments: cases) func bits(_ one: Case) throws {
    let alone = try fit(one, nil)
    for size in one.sizes {
      for (rank, other) in try ThreadRanks.run(size, { try fit(one, $0) }).enumerated() {
        #expect(other.parameters == alone.parameters, "rank \(rank) of \(size)")
        #expect(other.history.map(\.objective) == alone.history.map(\.objective))
        #expect(other.certificate?.lowerBound == alone.certificate?.lowerBound)
        #expect(other.model.parameters == alone.model.parameters)
      }
    }
  }

  private func fit(_ one: Case, _ communicator: (any Communicator)?) throws -> Fit<Float> {
    var trainer = one.trainer
    (trainer.communicator, trainer.threads) = (communicator, communicator == nil ? 2 : 1)
    return try trainer.fit(one.data())
  }

  /// What is not shared each rank does by itself, and comes to the same; it is told by its name.
  @Test func unshared() throws {
    let cases: [(loss: any Loss, solver: any Solver, data: @Sendable () -> Dataset)] = [
      (SquaredError(), Automatic(), Self.numbers), (Hinge(), DualCoordinateAscent(), Self.sparse),
      (Quantile(0.3), Automatic(), Self.numbers),
    ]
    for (loss, solver, data) in cases {
      let trainer = Trainer(loss: loss, penalty: L2(1e-2), solver: solver)
      #expect(try trainer.unsharedSolver(on: data()) == nil)
      let alone: Fit<Float> = try trainer.fit(data())
      for (name, fit) in try ThreadRanks.run(
        2,
        { ranks in
          var trainer = trainer
          trainer.communicator = ranks
          let fit: Fit<Float> = try trainer.fit(data())
          return (try trainer.unsharedSolver(on: data()), fit)
        })
      {
        #expect(name == ["squared": "direct", "hinge": "dual", "quantile": "interior-point"][loss.name])
        #expect(fit.model.parameters == alone.model.parameters && fit.certificate == alone.certificate)
      }
    }
  }

  /// A path over ranks is that of one process, of solvers that share their rows and of others.
  @Test(arguments: [0, 1, 2]) func path(_ number: Int) throws {
    let losses: [any Loss] = [Softmax(), Logistic(), SquaredError()]
    let (loss, data) = (losses[number], [Self.classes, Self.two, Self.numbers][number])
    @Sendable func points(_ ranks: (any Communicator)?) throws -> (
      facts: [TrainingFact], points: [PathPoint<Float>]
    ) {
      var trainer = Trainer(loss: loss)
      (trainer.communicator, trainer.threads) = (ranks, ranks == nil ? 2 : 1)
      let path = try PenaltyPath(trainer, on: data(), as: Float.self)
      return (path.facts, try path.fit(path.penalties(points: 4)))
    }
    let alone = try points(nil)
    for other in try ThreadRanks.run(3, { try points($0) }) {
      #expect(other.facts == alone.facts)
      #expect(other.points.map(\.parameters) == alone.points.map(\.parameters))
      #expect(other.points.map(\.certificate) == alone.points.map(\.certificate))
    }
  }

  /// What one rank has found out of the data before the training, as for who looks at them there, it finds again with the others.
  @Test func oneHasLookedBefore() throws {
    let trainer = Trainer(solver: LBFGS())
    let alone: Fit<Float> = try trainer.fit(Self.classes())
    for fit in try ThreadRanks.run(
      3,
      { ranks in
        var trainer = trainer
        trainer.communicator = ranks
        let data = Self.classes()
        if ranks.rank == 1 { #expect(!Preflight(trainer, data).findings().isEmpty) }
        let fit: Fit<Float> = try trainer.fit(data)
        return fit
      })
    { #expect(fit.model.parameters == alone.model.parameters) }
  }

  /// Ranks that would train different things find out before they begin.
  @Test func disagreement() throws {
    let errors = try ThreadRanks.run(3) { ranks in
      var trainer = Trainer(penalty: L2(ranks.rank == 2 ? 1e-3 : 1e-4), solver: LBFGS())
      trainer.communicator = ranks
      do throws(TrainingError) {
        _ = try trainer.fit(Self.two())
        return "none"
      } catch { return error.description }
    }
    for error in errors {
      #expect(error.hasPrefix("rank 2 would train something else than rank 0: l2 differs"))
    }
  }

  /// One rank that is asked to stop stops all, at the same step.
  @Test func interruption() throws {
    let fits = try ThreadRanks.run(3) { ranks in
      var trainer = Trainer(penalty: L2(1e-6), solver: LBFGS(tolerance: 1e-12))
      trainer.communicator = ranks
      var steps = 0
      return try trainer.fit(
        Self.classes(), isInterrupted: { ranks.rank == 1 && steps > 3 }, observer: { _ in steps += 1 })
    }
    for fit in fits {
      #expect(fit.stopReason == .interrupted)
      #expect(fit.parameters == fits[0].parameters)
      #expect(fit.history.count == fits[0].history.count)
    }
  }

  /// A training that three ranks leave in the middle goes on with two, to the same bits.
  @Test(arguments: ["softmax by Newton", "l1", "hinge", "a network by momentum"])
  func resumption(_ name: String) throws {
    let one = try #require(Self.cases.first { $0.description == name })
    let kept = Mutex<[Checkpoint]>([])
    let cut = try ThreadRanks.run(3) { ranks in
      var trainer = one.trainer
      trainer.communicator = ranks
      var steps = 0
      return try trainer.fit(
        one.data(), as: Float.self,
        checkpoints: Checkpointing { state in kept.withLock { $0.append(state) } },
        isInterrupted: { ranks.rank == 2 && steps > 0 }, observer: { _ in steps += 1 })
    }
    #expect(cut.allSatisfy { $0.stopReason == .interrupted })
    // Of the first rank alone.
    let states = kept.withLock { $0 }
    try #require(states.count == 1)
    let whole = try fit(one, nil)
    for fit in try ThreadRanks.run(
      2,
      { ranks in
        var trainer = one.trainer
        trainer.communicator = ranks
        return try trainer.fit(
          one.data(), as: Float.self, checkpoints: Checkpointing(from: states[0]) { _ in })
      })
    { #expect(fit.parameters == whole.parameters) }
  }

  /// What one rank has lost is worth nothing at any.
  @Test func loss() throws {
    let errors = try ThreadRanks.run(3) { ranks in
      var data = Self.classes()
      if ranks.rank == 1 { data.features = Fading(data.features) }
      var trainer = Trainer(penalty: L2(1e-6), solver: LBFGS(tolerance: 1e-12), scaling: .none)
      trainer.communicator = ranks
      do throws(TrainingError) {
        _ = try trainer.fit(data)
        return "none"
      } catch { return error.description }
    }
    let others = "rank 1 has lost its part of the data while it read them"
    #expect(errors == [others, "the disk has failed", others])
  }
}

import Descent
import LinearAlgebra
import Synchronization
import Testing

/// A training that can be stopped and resumed.
struct ResumeCase: Sendable, CustomStringConvertible {
  let name: String
  let trainer: Trainer
  let data: Dataset
  /// Whether it leaves a checkpoint on the way: more than that of its end.
  let hasSteps: Bool
  var description: String { name }

  init(_ name: String, _ trainer: Trainer, _ data: Dataset, hasSteps: Bool = true) {
    (self.name, self.trainer, self.data, self.hasSteps) = (name, trainer, data, hasSteps)
  }

  static let all: [ResumeCase] = batches + wholes + table

  /// Each solver of the table, with each loss and penalty that it takes.
  private static let table = solvers.map {
    ResumeCase($0.description, $0.problem.trainer($0.solver), $0.problem.data, hasSteps: false)
  }

  static let solvers = SolverCase.all(
    Losses.all.flatMap { loss in
      Instances.penalties(3e-3).filter { !($0 is NoPenalty) }.map {
        Problem(
          kind: "few", loss: loss, penalty: $0,
          rows: Zoo.classes(rows: 60, features: 4, classes: 3, seed: 8), scaling: .standard,
          tolerance: loss is any CurvedLoss ? 1e-6 : 1e-2)
      }
    })

  /// Each update rule, where kinks, dropout, early stopping or none of them play a part.
  private static let batches: [ResumeCase] =
    Instances.updateRules.map { rule in
      let solver = MiniBatch(rule, epochs: 3, batchSize: 17, schedule: .cosine)
      let trainer = Trainer(penalty: ElasticNet(l1: 1e-3, l2: 1e-3), solver: solver, seed: 3)
      return ResumeCase(
        rule.name, trainer, Zoo.classes(rows: 100, features: 4, classes: 3, seed: 5).data(for: Softmax()))
    } + [
      ResumeCase(
        "a penalty that sees columns",
        Trainer(penalty: GroupLasso(1e-2), solver: MiniBatch(Adam(), epochs: 3, batchSize: 17), seed: 3),
        Zoo.classes(rows: 100, features: 4, classes: 3, seed: 5).data(for: Softmax())),
      ResumeCase(
        "a network that stops early",
        Trainer(
          model: .network(hidden: [7], dropout: 0.3),
          solver: MiniBatch(Adam(), epochs: 9, batchSize: 16, learningRate: 0.05, clipping: 0.5), seed: 2,
          earlyStopping: EarlyStopping(holdout: 0.3, patience: 2)),
        Zoo.classes(rows: 120, features: 4, classes: 3, seed: 6).data(for: Softmax())),
      ResumeCase(
        "a network of numbers whose objective stands still",
        Trainer(
          model: .network(hidden: [3]), loss: SquaredError(), penalty: L2(1),
          solver: MiniBatch(Adam(), epochs: 2, batchSize: 50, schedule: .cosine, leastSteps: 60), seed: 2),
        Zoo.noisy(100, 4, classes: 3).data(for: SquaredError())),
      ResumeCase(
        "a rate that is lowered",
        Trainer(
          loss: SquaredError(), solver: MiniBatch(SGD(), epochs: 3, batchSize: 20),
          scaling: .factor(30), seed: 2),
        Zoo.noisy(100, 4, classes: 3).data(for: SquaredError())),
    ]

  private static let wholes: [ResumeCase] = [
    ResumeCase("gradient descent", whole(Softmax(), GradientDescent(tolerance: 1e-4)), few),
    ResumeCase(
      "proximal gradient descent",
      whole(Softmax(), GradientDescent(tolerance: 1e-4), ElasticNet(l1: 3e-3, l2: 1e-4)), few),
    ResumeCase(
      "proximal gradient descent of groups",
      whole(Softmax(), GradientDescent(tolerance: 1e-4), GroupLasso(0.01)),
      few),
    ResumeCase("L-BFGS", whole(Softmax(), LBFGS(tolerance: 1e-9)), few),
    ResumeCase("L-BFGS, bare", whole(Softmax(), LBFGS(tolerance: 1e-6, isPreconditioned: false)), few),
    ResumeCase(
      "L-BFGS of a network",
      Trainer(model: .network(hidden: [5]), penalty: L2(1e-2), solver: LBFGS(mostSteps: 25)), few),
    ResumeCase("Newton", whole(Softmax(), Newton(tolerance: 1e-7)), many),
    ResumeCase(
      "Newton on Huber's loss", whole(Huber(delta: 0.3), Newton(tolerance: 1e-7)),
      Zoo.noisy(200, 4, classes: 3).data(for: Huber())),
    ResumeCase(
      "proximal Newton", whole(Softmax(), ProximalNewton(tolerance: 1e-7), ElasticNet(l1: 3e-3, l2: 1e-4)),
      Zoo.classes(rows: 400, features: 12, classes: 3, seed: 10, noise: 2).data(for: Softmax())),
    ResumeCase("augmented Lagrangian", whole(Hinge(), AugmentedLagrangian(tolerance: 1e-4)), some),
    ResumeCase("augmented Lagrangian, refined", whole(Hinge(), AugmentedLagrangian(tolerance: 1e-8)), few),
    ResumeCase(
      "augmented Lagrangian with l1",
      whole(Hinge(), AugmentedLagrangian(tolerance: 1e-4), ElasticNet(l1: 3e-3, l2: 1e-4)),
      Zoo.classes(rows: 400, features: 12, classes: 3, seed: 10, noise: 2).data(for: Softmax())),
    ResumeCase("auto", whole(Hinge(), Automatic()), few),
  ]

  private static func whole(
    _ loss: any Loss, _ solver: any Solver, _ penalty: any Penalty = L2(1e-3)
  ) -> Trainer {
    Trainer(loss: loss, penalty: penalty, solver: solver)
  }

  private static let few = Zoo.classes(rows: 300, features: 5, classes: 3, seed: 8).data(for: Softmax())
  /// Enough for the samples of rows with a free margin.
  private static let some = Zoo.classes(rows: 4000, features: 4, classes: 3, seed: 9, noise: 2).data(
    for: Softmax())
  /// Enough for samples of rows.
  private static let many = Zoo.classes(rows: 8000, features: 4, classes: 3, seed: 9, noise: 2).data(
    for: Softmax())
}

@Suite("A training that was stopped and resumed ends with the bits of one that was not")
struct ResumeLaws {
  /// What a fit and its record come to, but for the time it took.
  private func expectSame<Element>(_ a: Fit<Element>, _ b: Fit<Element>, _ place: Comment) {
    #expect(a.parameters == b.parameters, place)
    #expect(a.stopReason == b.stopReason, place)
    #expect(a.certificate == b.certificate, place)
    #expect(a.heldOutLoss == b.heldOutLoss, place)
    #expect(a.history.map(\.passes) == b.history.map(\.passes), place)
    #expect(a.history.map(\.objective) == b.history.map(\.objective), place)
    #expect(a.history.map(\.gap) == b.history.map(\.gap), place)
  }

  @Test("from any of its checkpoints, on other threads", arguments: ResumeCase.all)
  func anyCheckpoint(_ problem: ResumeCase) throws {
    try anyCheckpoint(problem, as: Float.self)
    if problem.data.rows < 1000 { try anyCheckpoint(problem, as: Double.self) }
  }

  private func anyCheckpoint<Element: KernelScalar>(_ problem: ResumeCase, as type: Element.Type) throws {
    var trainer = problem.trainer
    trainer.threads = 1
    let plain = try trainer.fit(problem.data, as: type)
    let kept = Mutex<[Checkpoint]>([])
    let observed = try trainer.fit(
      problem.data, as: type,
      checkpoints: Checkpointing(every: .zero) { checkpoint in kept.withLock { $0.append(checkpoint) } })
    expectSame(observed, plain, "\(problem), with checkpoints")
    let checkpoints = kept.withLock { $0 }
    #expect(checkpoints.count > (problem.hasSteps ? 2 : 0), "\(problem)")
    #expect(checkpoints.last?.isFinished == true)
    trainer.threads = 2
    let step = max(1, checkpoints.count / 4)
    for number in Array(stride(from: 0, to: checkpoints.count, by: step)) + [checkpoints.count - 1] {
      let bytes = checkpoints[number].encoded()
      let checkpoint = try Checkpoint(decoding: bytes)
      #expect(checkpoint.encoded() == bytes)
      let resumed = try trainer.fit(
        problem.data, as: type, checkpoints: Checkpointing(from: checkpoint) { _ in })
      expectSame(resumed, plain, "\(problem), from checkpoint \(number) of \(checkpoints.count)")
    }
  }

  @Test("stopped at any moment, again and again", arguments: ResumeCase.all)
  func anyMoment(_ problem: ResumeCase) throws {
    let asked = Mutex(0)
    let plain: Fit<Float> = try problem.trainer.fit(
      problem.data,
      isInterrupted: {
        asked.withLock { $0 += 1 }
        return false
      })
    let total = asked.withLock { $0 }
    for run in [max(5, total / 9), max(1, 2 * total / 3)] {
      let last = Mutex<Checkpoint?>(nil)
      var fit: Fit<Float>
      var stops = 0
      repeat {
        let count = Mutex(0)
        // A run that makes no iteration would go on for ever.
        let length = run + stops
        fit = try problem.trainer.fit(
          problem.data,
          checkpoints: Checkpointing(from: last.withLock { $0 }) { checkpoint in
            last.withLock { $0 = checkpoint }
          },
          isInterrupted: {
            count.withLock {
              $0 += 1
              return $0 > length
            }
          })
        stops += 1
        #expect(last.withLock { $0 } != nil)
      } while fit.stopReason == .interrupted && stops < 1000
      expectSame(fit, plain, "\(problem), stopped \(stops) times after \(run) questions of \(total)")
    }
  }
}

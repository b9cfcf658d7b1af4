import Descent
import LinearAlgebra
import Testing

@Suite("What a solver refuses")
struct RefusalLaws {
  private static let penalties: [any Penalty] = [
    NoPenalty(), L1(0.02), L2(0.05), ElasticNet(l1: 0.02, l2: 0.05),
  ]

  @Test("it refuses before the fit, by its run and by the trainer, in the same words")
  func samePlaces() throws {
    var refused: [String: Int] = [:]
    for solver in Solvers.fullBatch() {
      for loss in Losses.all {
        for penalty in Self.penalties {
          for isSparse in [false, true] {
            for isLinear in [false, true] {
              let data = Self.data(for: loss, isSparse: isSparse)
              let outputs = loss.columns(classes: loss.task == .regression ? 1 : 2)
              let model: any Model =
                isLinear
                ? LinearModel(inputs: 2, outputs: outputs)
                : Network(inputs: 2, hidden: [2], outputs: outputs)
              let outline = ProblemOutline(
                data.features, loss: loss, penalty: penalty, isLinear: isLinear, outputs: model.outputs)
              guard let refusal = solver.refusal(of: outline) else { continue }
              refused[solver.name, default: 0] += 1
              let place: Comment = "\(solver.name), \(loss.name), \(penalty.name), sparse \(isSparse)"
              let objective = DataObjective<Double>(
                model: model, loss: loss, penalty: penalty, features: data.features, targets: data.targets,
                threads: 1)
              var parameters = [Double](repeating: 0, count: objective.count)
              #expect(throws: refusal, place) {
                try solver.minimize(objective, from: &parameters, seed: 0, monitor: Monitor())
              }
              let trainer = Trainer(
                model: isLinear ? .linear : .network(hidden: [2]), loss: loss, penalty: penalty,
                solver: solver)
              #expect(throws: TrainingError.refused(refusal), place) { try trainer.check(data) }
            }
          }
        }
      }
    }
    // None takes all.
    #expect(Set(refused.keys) == Set(Solvers.fullBatch().map(\.name)))
  }

  @Test("sparse rows of many rows and columns are not for a matrix of them")
  func wide() throws {
    var outline = ProblemOutline(
      loss: SquaredError(), penalty: L2(1), rows: 5000, features: 4097, isSparse: true)
    let refusal = try #require(Direct().refusal(of: outline))
    #expect(
      refusal.description
        == "the solver 'direct' would form a matrix of 4097 rows and columns from sparse rows; choose newton, or leave "
        + "the solver out")
    outline.rows = 4096
    #expect(Direct().refusal(of: outline) == nil)
    outline.rows = 5000
    for isSparse in [false, nil] {
      outline.isSparse = isSparse
      #expect(Direct().refusal(of: outline) == nil)
    }
  }

  @Test(
    "its words name what is missing",
    arguments: [
      (Newton(), Hinge(), L2(1), true, "newton needs a smooth loss, and hinge has kinks"),
      (Newton(), Softmax(), L1(1), true, "newton needs a smooth penalty, and l1 has kinks"),
      (LBFGS(), Softmax(), ElasticNet(l1: 1, l2: 1), false, "lbfgs needs a smooth penalty, and l1 has kinks"),
      (Newton(), Softmax(), L2(1), false, "newton is for linear models"),
      (Direct(), Softmax(), L2(1), true, "direct is for linear models with the squared loss"),
      (Direct(), SquaredError(), L1(1), true, "direct needs a smooth penalty, and l1 has kinks"),
      (ProximalNewton(), Hinge(), L1(1), true, "proximal-newton is for linear models with a smooth loss"),
      (AugmentedLagrangian(), Hinge(), NoPenalty(), true, "augmented-lagrangian needs l1 or l2 above 0"),
      (
        AugmentedLagrangian(), Softmax(), L2(1), true,
        "augmented-lagrangian is for linear models with the hinge loss"
      ),
      (DualCoordinateAscent(), Hinge(), L2(1), false, "dual is for linear models with the hinge loss"),
      (DualCoordinateAscent(), Hinge(), L1(1), true, "dual needs l2 above 0 and no l1"),
    ] as [(any Solver, any Loss, any Penalty, Bool, String)])
  func words(solver: any Solver, loss: any Loss, penalty: any Penalty, isLinear: Bool, words: String) {
    let outline = ProblemOutline(loss: loss, penalty: penalty, isLinear: isLinear)
    #expect(solver.refusal(of: outline)?.description == words)
  }

  @Test("on dense rows the dual says where they are at home")
  func dense() {
    let outline = ProblemOutline(loss: Hinge(), penalty: L2(1), isSparse: false)
    #expect(
      DualCoordinateAscent().refusal(of: outline)?.description
        == "the solver 'dual' is for sparse rows, as LIBSVM files hold; choose augmented-lagrangian, or leave the "
        + "solver out")
  }

  private static func data(for loss: any Loss, isSparse: Bool) -> Dataset {
    let x: [Double] = [1, 2, 3, 5, -1, 0.5, 2, -2]
    let features: any FeatureStorage =
      isSparse
      ? SparseStorage(
        columns: 2, starts: [0, 2, 4, 6, 8], indices: [0, 1, 0, 1, 0, 1, 0, 1], values: .double(x))
      : DenseStorage(rows: 4, columns: 2, elements: x[...])
    guard loss.task == .classification else {
      return Dataset(features: features, targets: .values([0.5, -1, 2, 0]))
    }
    return Dataset(features: features, targets: .labels([0, 1, 0, 1]), classNames: ["a", "b"])
  }
}

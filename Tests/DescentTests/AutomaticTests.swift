import Descent
import Testing

@Suite("What auto chooses")
struct AutomaticTests {
  /// What decides, and the solver that is to come of it.
  struct Case: Sendable, CustomTestStringConvertible {
    let problem: ProblemOutline
    let solver: String
    /// The beginning of the reason.
    let reason: String
    var testDescription: String { "\(problem.loss.name), \(problem.penalty.name): \(solver), \(reason)" }

    init(
      _ loss: any Loss, _ penalty: any Penalty, _ solver: String, _ reason: String,
      _ change: (inout ProblemOutline) -> Void = { _ in }
    ) {
      var problem = ProblemOutline(
        loss: loss, penalty: penalty, rows: 1000, features: 20, outputs: 3, isSparse: false)
      change(&problem)
      (self.problem, self.solver, self.reason) = (problem, solver, reason)
    }
  }

  private static let net = ElasticNet(l1: 1e-3, l2: 1e-3)

  static let cases: [Case] = [
    Case(Softmax(), L2(1e-3), "momentum", "a network") { $0.isLinear = false },
    Case(Huber(), L2(1e-3), "adam", "a network") { $0.isLinear = false },
    Case(SquaredError(), L2(1e-3), "direct", "the squared error without l1"),
    Case(SquaredError(), NoPenalty(), "direct", "the squared error without l1") { $0.features = 4096 },
    Case(SquaredError(), L2(1e-3), "newton", "a smooth loss without l1: few") { $0.features = 4097 },
    Case(SquaredError(), L2(1e-3), "newton", "a smooth loss without l1: few") {
      ($0.features, $0.rows, $0.isSparse) = (5000, 50_000, true)
    },
    Case(SquaredError(), net, "proximal-newton", "a smooth loss with l1"),
    Case(Softmax(), L2(1e-3), "newton", "a smooth loss without l1: few"),
    Case(Softmax(), L2(1e-3), "newton", "a smooth loss without l1: few") { $0.outputs = 40 },
    Case(Softmax(), L2(1e-3), "lbfgs", "a smooth loss without l1 and many classes") { $0.outputs = 41 },
    Case(Softmax(), L1(1e-3), "proximal-newton", "a smooth loss with l1") { $0.outputs = 41 },
    Case(Softmax(), L2(1e-3), "lbfgs", "a smooth loss without l1 on sparse rows") { $0.isSparse = true },
    Case(Logistic(), L2(1e-7), "newton", "a smooth loss without l1: few") { $0.isSparse = true },
    Case(SquaredHinge(), L2(1e-3), "newton", "a smooth loss without l1: few") { $0.isSparse = true },
    Case(Logistic(), L2(1e-6), "lbfgs", "a smooth loss without l1 on many rows") {
      ($0.rows, $0.features) = (20_000, 500)
    },
    Case(Logistic(), L2(1e-5), "lbfgs", "a smooth loss without l1 on many rows") {
      ($0.rows, $0.features, $0.outputs) = (2_000_000, 28, 1)
    },
    Case(Softmax(), L2(1e-4), "lbfgs", "a smooth loss without l1 on many rows") {
      ($0.rows, $0.features, $0.outputs) = (60_000, 784, 10)
    },
    Case(Logistic(), L2(1e-6), "newton", "a smooth loss without l1: few") { $0.rows = 19_999 },
    Case(Huber(), L2(1e-3), "newton", "a smooth loss without l1: few") { $0.rows = 50_000 },
    Case(Huber(), L1(1e-3), "proximal-newton", "a smooth loss with l1"),
    Case(Hinge(), L2(1e-3), "augmented-lagrangian", "the hinge with l2:"),
    Case(Hinge(), L2(1e-3), "dual", "the hinge with l2 on sparse rows") { $0.isSparse = true },
    Case(Hinge(), L2(1e-3), "augmented-lagrangian", "the hinge with l2:") {
      ($0.isSparse, $0.hasOffsets) = (true, true)
    },
    Case(Hinge(), net, "augmented-lagrangian", "the hinge with l1") { $0.isSparse = true },
    Case(Hinge(), NoPenalty(), "momentum", "no solver that sees the whole objective"),
  ]

  @Test("by loss, penalty and shape", arguments: cases)
  func choice(of test: Case) {
    let choice = Automatic(tolerance: 1e-7).choice(for: test.problem)
    #expect(choice.solver.name == test.solver)
    #expect(choice.reason.hasPrefix(test.reason), "\(choice.reason)")
    #expect(choice.solver.refusal(of: test.problem) == nil)
    #expect(choice.solver is MiniBatch || choice.solver.tolerance == 1e-7)
  }

  @Test("each solver is found by its name, with the tolerance")
  func names() {
    let solvers = Solvers.fullBatch(tolerance: 1e-7)
    for solver in solvers {
      let found = Solvers.fullBatch(named: solver.name, tolerance: 1e-7)
      #expect(found?.name == solver.name && found?.tolerance == 1e-7)
    }
    let names = solvers.map(\.name) + Solvers.rules.map(\.name)
    #expect(Set(names).count == names.count && !names.contains("auto"))
    #expect(Solvers.fullBatch(named: "momentum") == nil)
  }
}

import Descent
import Testing

/// That solvers and certificates need to know no penalty by name: a group lasso, which is none of the library's, is
/// trained, and proved to be.
@Suite("A penalty that the library does not know")
struct GroupPenaltyLaws {
  static let penalty = GroupLasso(0.06)

  /// The smallest objectives on the plain waves of the zoo, and the features that they use, as
  /// Tests/References/group_lasso.py computed them.
  static let optima: [(loss: String, best: Double, used: [Int])] = [
    ("softmax", 1.04848697845018, [0, 2, 3]),
    ("squared-hinge", 1.63043431398558, [0, 1, 2, 3]),
    ("logistic", 0.631686884108409, [0]),
    ("squared", 3.88731366427641, [0, 2, 4]),
    ("huber", 1.62205301250536, [0, 2]),
  ]

  private func problem(_ loss: String, _ best: Double) -> Problem {
    Problem(
      kind: "plain", loss: Losses.named(loss)!, penalty: Self.penalty, rows: Zoo.waves("plain"), optimum: best
    )
  }

  /// The features with a weight, each of which must have all of them.
  private func used<Element>(_ fit: Fit<Element>) -> [Int] {
    let (columns, outputs) = (5, fit.parameters.count / 6)
    return (0..<columns).filter { j in
      let weights = (0..<outputs).map { fit.parameters[$0 * columns + j] }
      #expect(weights.allSatisfy { $0 == 0 } || weights.allSatisfy { $0 != 0 }, "feature \(j): \(weights)")
      return weights[0] != 0
    }
  }

  private func expectProof(_ certificate: Certificate?, of best: Double, within gap: Double) throws {
    let certificate = try #require(certificate)
    #expect(certificate.lowerBound <= best + 1e-12)
    #expect(certificate.objective >= best - 1e-12)
    #expect(certificate.relativeGap <= gap, "\(certificate)")
  }

  @Test("gradient descent finds the optimum, and proves it", arguments: optima)
  func gradientDescent(loss: String, best: Double, used: [Int]) throws {
    let problem = problem(loss, best)
    for solver in [GradientDescent(tolerance: 1e-9), Automatic(tolerance: 1e-9)] as [any Solver] {
      let fit = try problem.trainer(solver).fit(problem.data, as: Double.self)
      #expect(fit.stopReason == .converged)
      #expect(abs(fit.objective - best) <= 1e-9 * best)
      try expectProof(fit.certificate, of: best, within: 1e-9)
      #expect(self.used(fit) == used)
    }
    let single = try problem.trainer(GradientDescent(tolerance: 1e-4)).fit(problem.data, as: Float.self)
    #expect(single.objective <= best * (1 + 1.1e-4) && single.certificate?.relativeGap ?? 1 <= 1e-4)
  }

  /// The steps of momentum have one size, those of the others one for each weight.
  @Test(
    "batches find the features", arguments: [optima[0], optima[3]],
    [(Momentum(), 100), (Adam(), nil), (Adam(decouplesPenalty: true), nil)]
      as [(any UpdateRule, clipping: Double?)])
  func batches(
    _ optimum: (loss: String, best: Double, used: [Int]), _ step: (rule: any UpdateRule, clipping: Double?)
  ) throws {
    let problem = problem(optimum.loss, optimum.best)
    let solver = MiniBatch(
      step.rule, epochs: 1000, batchSize: problem.rows.count, learningRate: 0.05, schedule: .cosine,
      clipping: step.clipping)
    let fit = try problem.trainer(solver).fit(problem.data, as: Double.self)
    try expectProof(fit.certificate, of: optimum.best, within: 1e-2)
    #expect(fit.objective <= optimum.best * (1 + 1e-5), "\(fit.objective) for \(optimum.best)")
    #expect(used(fit) == optimum.used)
  }

  @Test("rough fits' bounds hold too")
  func roughFits() throws {
    for (loss, best, _) in Self.optima {
      for steps in [0, 1, 5, 20] {
        let problem = problem(loss, best)
        let solver = GradientDescent(tolerance: 0, mostSteps: steps)
        let fit = try problem.trainer(solver).fit(problem.data, as: Double.self)
        try expectProof(fit.certificate, of: best, within: 1.01)
      }
    }
  }

  @Test("more weights than a thread takes at once make the same step", arguments: [2, 3])
  func chunks(threads: Int) throws {
    let data = Zoo.classes(rows: 60, features: 9000, classes: 3, seed: 4, noise: 3).data(for: Softmax())
    var trainer = Trainer(
      penalty: GroupLasso(0.02), solver: MiniBatch(Adam(), epochs: 1, batchSize: 30), threads: 1)
    let plain: Fit<Float> = try trainer.fit(data)
    trainer.threads = threads
    let fit: Fit<Float> = try trainer.fit(data)
    #expect(fit.parameters == plain.parameters)
    for j in 0..<9000 {
      let zeros = (0..<3).filter { fit.parameters[$0 * 9000 + j] == 0 }.count
      #expect(zeros == 0 || zeros == 3, "feature \(j)")
    }
    #expect(fit.nonzeros > 0 && fit.nonzeros < 27_000)
  }

  @Test(
    "solvers that know l1 and l2 only refuse it by name",
    arguments: [
      Newton(), LBFGS(), Direct(), ProximalNewton(), AugmentedLagrangian(), DualCoordinateAscent(),
    ] as [any Solver])
  func refusal(solver: any Solver) throws {
    let loss: any Loss =
      [Softmax(), SquaredError(), Hinge()].first {
        solver.refusal(of: ProblemOutline(loss: $0, penalty: L2(0.1))) == nil
      } ?? Softmax()
    let problem = problem(loss.name, 0)
    let error = #expect(throws: TrainingError.self) {
      try problem.trainer(solver).fit(problem.data, as: Double.self)
    }
    let text = error?.description ?? ""
    #expect(text.contains(solver.name) && text.contains("group-lasso"), "\(text)")
  }
}

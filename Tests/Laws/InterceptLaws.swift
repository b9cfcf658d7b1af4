import Descent
import Foundation
import LinearAlgebra
import Testing

@Suite("What holds of models without an intercept")
struct InterceptLaws {
  /// Each solver with each loss and penalty that it takes, on either form of rows; the last l1 leaves no weight.
  static let cases = SolverCase.all(problems) { Instances.solvers($0.loss is any CurvedLoss ? 1e-9 : 1e-7) }
  private static let problems: [Problem] = Losses.all.flatMap { loss in
    (Instances.penalties(1e-2) + [ElasticNet(l1: 10, l2: 1e-2)]).flatMap { penalty in
      let problem = Problem(kind: "offset", loss: loss, penalty: penalty, rows: Zoo.offset).with {
        $0.hasIntercept = false
      }
      return [problem, problem.sparse]
    }
  }

  /// With each row's negative and the opposite target an intercept has nothing to do: the same problem, solved with one.
  /// Counts have no opposite.
  @Test(
    "the optimum is that of the mirrored data with an intercept",
    arguments: cases.filter { $0.problem.loss.link == .identity })
  func mirror(_ test: SolverCase) throws {
    let own = try test.fit()
    let twin = try test.with {
      $0.rows = $0.rows.mirrored
      $0.hasIntercept = true
    }.fit()
    let (a, b) = (own.objective, twin.objective)
    #expect(own.stopReason == .converged)
    #expect(abs(a - b) <= 2e-7 * b, "\(a) for \(b)")
    if let certificate = try test.certificate(of: own) {
      #expect(certificate.lowerBound <= b * (1 + 1e-12))
      #expect(certificate.relativeGap <= 1e-7)
    }
    #expect(own.parameters.suffix(own.model.architecture.outputs).allSatisfy { $0 == 0 })
    #expect(own.model.biases!.allSatisfy { $0 == 0 })
  }

  @Test("with an intercept it is another problem", arguments: withIntercept)
  func intercept(_ test: SolverCase) throws {
    #expect(
      try test.with { $0.hasIntercept = true }.fit().objective < 0.999 * test.fit().objective)
  }

  static let withIntercept = cases.filter {
    $0.problem.loss is SquaredError && ($0.problem.penalty.elasticNet.map { $0.l1 < 10 } ?? false)
  }

  @Test("rough fits' bounds hold too, in Float", arguments: cases)
  func bounds(_ test: SolverCase) throws {
    let best = try test.fit().objective
    var asked = 0
    let rough = try test.fit(as: Float.self) {
      asked += 1
      return asked > 2
    }
    #expect(rough.objective >= best * (1 - 1e-6))
    if let certificate = try test.certificate(of: rough) {
      #expect(certificate.lowerBound <= best * (1 + 1e-6))
    }
  }

  @Test("the bits do not depend on the number of threads", arguments: cases)
  func threads(_ test: SolverCase) throws {
    let fits = try [1, 2, 3].map {
      try test.with { $0.scaling = .standard }.fit(as: Float.self, threads: $0)
    }
    #expect(fits[1].parameters == fits[0].parameters && fits[2].parameters == fits[0].parameters)
    #expect(fits[0].model.biases!.allSatisfy { $0 == 0 })
  }

  @Test("stochastic rules leave the biases at 0", arguments: Instances.updateRules)
  func stochastic(rule: any UpdateRule) throws {
    let data = Zoo.classes(rows: 300, features: 5, classes: 3, seed: 4).data(for: Softmax())
    let fit: Fit<Float> = try Trainer(
      loss: Softmax(), penalty: ElasticNet(l1: 1e-4, l2: 1e-3), solver: MiniBatch(rule, epochs: 3),
      scaling: .standard, threads: 1, fitsIntercept: false
    ).fit(data)
    #expect(fit.model.biases! == [0, 0, 0])
    #expect(fit.parameters.contains { $0 != 0 } && fit.loss < log(3.0))
    let certificate = try #require(fit.certificate)
    #expect(certificate.lowerBound <= fit.objective && certificate.lowerBound > 0)
  }

  @Test("three classes: all solvers agree, whatever the rows' form", arguments: threeClasses)
  func classes(_ test: SolverCase) throws {
    let fit = try test.fit()
    #expect(fit.stopReason == .converged && fit.certificate!.relativeGap <= 1e-6)
    #expect(fit.model.biases! == [0, 0, 0])
    for other in Self.threeClasses where other.problem.description == test.problem.description {
      #expect(try fit.certificate!.lowerBound <= other.fit().objective)
    }
  }

  static let threeClasses = SolverCase.all(
    ([Softmax(), SquaredHinge(), Hinge()] as [any Loss]).flatMap { loss in
      [0, 2e-3].map { l1 in
        Problem(
          kind: "three classes", loss: loss, penalty: penalty(l1: l1, l2: 1e-2),
          rows: Zoo.classes(rows: 200, features: 5, classes: 3, seed: 8), scaling: .standard,
          tolerance: loss is Hinge ? 1e-6 : 1e-8
        ).with { $0.hasIntercept = false }
      }
    })

  @Test("the gradient is right")
  func gradient() {
    #expect(GradientCheck().run(LinearModel(inputs: 5, outputs: 3, hasIntercept: false)).passes())
  }

  @Test("standard scaling divides by the root mean square: a column of ones is an intercept of one's own")
  func ownIntercept() throws {
    let rows = Zoo.offset
    func fit(_ rows: Rows, intercept: Bool) throws -> Fit<Double> {
      try Trainer(loss: SquaredError(), penalty: NoPenalty(), fitsIntercept: intercept).fit(
        rows.data(for: SquaredError()), as: Double.self)
    }
    let own = try fit(rows.mapRows { $1 + [1] }, intercept: false)
    let usual = try fit(rows, intercept: true)
    #expect(abs(own.objective - usual.objective) <= 1e-12 * usual.objective)
    #expect(
      zip(own.weights[0], usual.weights[0] + usual.model.biases!).allSatisfy { abs($0 - $1) < 1e-9 })
    guard case .each(let shifts, let factors) = own.scaling,
      case .each(_, let sparse) = Scaling.standard(
        of: rows.sparse.data(for: SquaredError()).features as! SparseStorage, hasIntercept: false)
    else {
      Issue.record("\(own.scaling)")
      return
    }
    #expect(shifts == [0, 0, 0, 0, 0] && abs(factors[4] - 1) < 1e-12)
    #expect(zip(sparse, factors).allSatisfy { abs($0 - $1) < 1e-12 * $1 })
  }

  @Test("networks keep theirs")
  func networks() {
    let trainer = Trainer(model: .network(hidden: [3]), loss: Softmax(), fitsIntercept: false)
    #expect(throws: TrainingError.self) {
      _ = try trainer.fit(Zoo.classes(rows: 30, features: 2, classes: 2, seed: 1).data(for: Softmax()))
    }
  }
}

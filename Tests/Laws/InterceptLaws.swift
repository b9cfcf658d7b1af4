import Descent
import Foundation
import LinearAlgebra
import Testing

/// Solvers for models without an intercept, and the losses and penalties that each takes.
struct InterceptCase: Sendable, CustomTestStringConvertible {
  let solver: any Solver
  let loss: any Loss
  let l1: Double
  var l2 = 1e-2
  var isSparse = false
  var testDescription: String {
    "\(solver.name) \(loss.name) l1 \(l1) l2 \(l2)\(isSparse ? " sparse" : "")"
  }

  var penalty: any Penalty { l1 > 0 ? ElasticNet(l1: l1, l2: l2) : L2(l2) }

  static let all: [InterceptCase] = {
    let smooth: [any Loss] = [Logistic(), Softmax(), SquaredHinge(), SquaredError(), Huber()]
    let descents: [any Solver] = [
      LBFGS(tolerance: 1e-9), LBFGS(tolerance: 1e-9, isPreconditioned: false), Newton(tolerance: 1e-9),
      GradientDescent(tolerance: 1e-9),
    ]
    var cases = descents.flatMap { solver in
      smooth.map { InterceptCase(solver: solver, loss: $0, l1: 0) }
    }
    cases.append(InterceptCase(solver: Direct(tolerance: 1e-9), loss: SquaredError(), l1: 0))
    for solver in [Newton(tolerance: 1e-9), LBFGS(tolerance: 1e-9)] as [any Solver] {
      cases += smooth.map { InterceptCase(solver: solver, loss: $0, l1: 0, l2: 0) }
    }
    cases.append(InterceptCase(solver: Direct(tolerance: 1e-9), loss: SquaredError(), l1: 0, l2: 0))
    for loss in smooth {
      for l1 in [2e-2, 10] {
        cases.append(InterceptCase(solver: ProximalNewton(tolerance: 1e-9), loss: loss, l1: l1))
      }
    }
    for l1 in [0, 2e-2, 10] {
      cases.append(InterceptCase(solver: AugmentedLagrangian(tolerance: 1e-7), loss: Hinge(), l1: l1))
    }
    let sparse = cases.map {
      InterceptCase(solver: $0.solver, loss: $0.loss, l1: $0.l1, l2: $0.l2, isSparse: true)
    }
    return cases + sparse
      + [
        InterceptCase(solver: DualCoordinateAscent(tolerance: 1e-7), loss: Hinge(), l1: 0, isSparse: true)
      ]
  }()

  /// Features far from 0 in the mean, so that an intercept would matter, and targets that ask for one.
  func data(mirrored: Bool) -> Dataset {
    let (rows, columns) = (60, 4)
    let noise = Zoo.numbers(rows * columns, seed: 11)
    var x = noise.enumerated().map { i, z in i % 9 == 4 ? 0 : z + [1.5, 0, -0.4, 3][i % columns] }
    var labels = Zoo.labels(rows, classes: 2, seed: 12)
    for i in 0..<rows where x[i * columns] > 2 { labels[i] = 1 }
    var values = (0..<rows).map { 3 + x[$0 * columns] + noise[$0] }
    if mirrored {
      x += x.map { -$0 }
      labels += labels.map { 1 - $0 }
      values += values.map { -$0 }
    }
    let count = x.count / columns
    let features: any FeatureStorage =
      isSparse
      ? Self.sparse(x, columns) : DenseStorage(rows: count, columns: columns, elements: x[...])
    return loss.task == .regression
      ? Dataset(features: features, targets: .values(values))
      : Dataset(features: features, targets: .labels(labels[...]), classNames: ["a", "b"])
  }

  private static func sparse(_ x: [Double], _ columns: Int) -> SparseStorage {
    var (starts, indices, numbers) = ([0], [Int32](), [Double]())
    for start in stride(from: 0, to: x.count, by: columns) {
      for j in 0..<columns where x[start + j] != 0 {
        indices.append(Int32(j))
        numbers.append(x[start + j])
      }
      starts.append(indices.count)
    }
    return SparseStorage(columns: columns, starts: starts, indices: indices, values: .double(numbers))
  }
}

@Suite("What holds of models without an intercept")
struct InterceptLaws {
  private func fit<Element: KernelScalar>(
    _ test: InterceptCase, mirrored: Bool = false, intercept: Bool = false, threads: Int = 1,
    scaling: ScalingChoice = .none, as type: Element.Type
  ) throws -> Fit<Element> {
    try Trainer(
      loss: test.loss, penalty: test.penalty, solver: test.solver, scaling: scaling, threads: threads,
      timeLimit: .seconds(60), fitsIntercept: intercept
    ).fit(test.data(mirrored: mirrored), as: type)
  }

  /// With each row's negative and the opposite target an intercept has nothing to do: the same problem, solved with one.
  @Test("the optimum is that of the mirrored data with an intercept", arguments: InterceptCase.all)
  func mirror(test: InterceptCase) throws {
    let own = try fit(test, as: Double.self)
    var reference = test
    if test.solver is DualCoordinateAscent || test.solver is AugmentedLagrangian {
      reference = InterceptCase(solver: AugmentedLagrangian(tolerance: 1e-7), loss: test.loss, l1: test.l1)
    }
    let twin = try fit(reference, mirrored: true, intercept: true, as: Double.self)
    let (a, b) = (own.objective, twin.objective)
    #expect(own.stopReason == .converged)
    #expect(abs(a - b) <= 2e-7 * b, "\(a) for \(b)")
    let certificate = try #require(own.certificate)
    #expect(certificate.lowerBound <= b * (1 + 1e-12))
    #expect(certificate.relativeGap <= 1e-7)
    #expect(own.parameters.suffix(own.model.architecture.outputs).allSatisfy { $0 == 0 })
    #expect(own.model.biases!.allSatisfy { $0 == 0 })
    // With an intercept it is another problem.
    if test.loss is SquaredError, test.l1 < 10 {
      #expect(try fit(test, intercept: true, as: Double.self).objective < 0.999 * a)
    }
  }

  @Test(
    "rough fits' bounds hold too, in Float", arguments: InterceptCase.all.filter { $0.l1 < 1 && $0.l2 > 0 })
  func bounds(test: InterceptCase) throws {
    let best = try fit(test, as: Double.self).objective
    let rough = try Trainer(
      loss: test.loss, penalty: test.penalty, solver: test.solver, scaling: .none, threads: 1,
      timeLimit: .milliseconds(1), fitsIntercept: false
    ).fit(test.data(mirrored: false), as: Float.self)
    let certificate = try #require(rough.certificate)
    #expect(certificate.lowerBound <= best * (1 + 1e-6))
    #expect(rough.objective >= best * (1 - 1e-6))
  }

  @Test("the bits do not depend on the number of threads", arguments: InterceptCase.all)
  func threads(test: InterceptCase) throws {
    let fits = try [1, 2, 3].map {
      try fit(test, threads: $0, scaling: .standard, as: Float.self)
    }
    #expect(fits[1].parameters == fits[0].parameters && fits[2].parameters == fits[0].parameters)
    #expect(fits[0].model.biases!.allSatisfy { $0 == 0 })
  }

  @Test("stochastic rules leave the biases at 0", arguments: Instances.updateRules)
  func stochastic(rule: any UpdateRule) throws {
    let data = Zoo.classes(rows: 300, features: 5, classes: 3, seed: 4)
    let fit: Fit<Float> = try Trainer(
      loss: Softmax(), penalty: ElasticNet(l1: 1e-4, l2: 1e-3), solver: MiniBatch(rule, epochs: 3),
      scaling: .standard, threads: 1, fitsIntercept: false
    ).fit(data)
    #expect(fit.model.biases! == [0, 0, 0])
    #expect(fit.parameters.contains { $0 != 0 } && fit.loss < log(3.0))
    let certificate = try #require(fit.certificate)
    #expect(certificate.lowerBound <= fit.objective && certificate.lowerBound > 0)
  }

  @Test("three classes: all solvers agree, whatever the rows' form", arguments: [0, 2e-3])
  func classes(l1: Double) throws {
    let data = Zoo.classes(rows: 200, features: 5, classes: 3, seed: 8)
    let penalty: any Penalty = l1 > 0 ? ElasticNet(l1: l1, l2: 1e-2) : L2(1e-2)
    for loss in [Softmax(), SquaredHinge(), Hinge()] as [any Loss] {
      let solvers: [any Solver] =
        loss is Hinge
        ? [AugmentedLagrangian(tolerance: 1e-6)]
        : l1 > 0
          ? [ProximalNewton(tolerance: 1e-8)] : [Newton(tolerance: 1e-8), LBFGS(tolerance: 1e-8)]
      let fits = try solvers.map {
        try Trainer(loss: loss, penalty: penalty, solver: $0, scaling: .standard, fitsIntercept: false)
          .fit(data, as: Double.self)
      }
      for fit in fits {
        #expect(fit.stopReason == .converged && fit.certificate!.relativeGap <= 1e-6, "\(loss.name)")
        #expect(fit.certificate!.lowerBound <= fits[0].objective)
        #expect(fit.model.biases! == [0, 0, 0])
      }
    }
  }

  @Test("the gradient is right")
  func gradient() {
    #expect(GradientCheck().run(LinearModel(inputs: 5, outputs: 3, hasIntercept: false)).passes())
  }

  @Test("standard scaling divides by the root mean square: a column of ones is an intercept of one's own")
  func ownIntercept() throws {
    var test = InterceptCase(solver: Direct(), loss: SquaredError(), l1: 0)
    let data = test.data(mirrored: false)
    var x = [Double](repeating: 0, count: data.rows * 4)
    var span = x.mutableSpan
    data.features.read(0..<data.rows, into: &span)
    let wide = (0..<data.rows).flatMap { x[4 * $0..<4 * $0 + 4] + [1] }
    func fit(_ x: [Double], _ columns: Int, intercept: Bool) throws -> Fit<Double> {
      try Trainer(loss: SquaredError(), penalty: NoPenalty(), fitsIntercept: intercept).fit(
        Dataset(
          features: DenseStorage(rows: data.rows, columns: columns, elements: x[...]), targets: data.targets),
        as: Double.self)
    }
    let (own, usual) = (try fit(wide, 5, intercept: false), try fit(x, 4, intercept: true))
    #expect(abs(own.objective - usual.objective) <= 1e-12 * usual.objective)
    let weights = Array(own.model.templates!.elements)
    #expect(
      zip(weights, Array(usual.model.templates!.elements) + usual.model.biases!).allSatisfy {
        abs($0 - $1) < 1e-9
      })
    guard case .each(let shifts, let factors) = own.scaling else {
      Issue.record("\(own.scaling)")
      return
    }
    #expect(shifts == [0, 0, 0, 0, 0] && abs(factors[4] - 1) < 1e-12)
    test.isSparse = true
    guard
      case .each(_, let sparse) = Scaling.standard(
        of: test.data(mirrored: false).features as! SparseStorage, hasIntercept: false)
    else { return }
    #expect(zip(sparse, factors).allSatisfy { abs($0 - $1) < 1e-12 * $1 })
  }

  @Test("networks keep theirs")
  func networks() {
    let trainer = Trainer(model: .network(hidden: [3]), loss: Softmax(), fitsIntercept: false)
    #expect(throws: TrainingError.self) {
      _ = try trainer.fit(Zoo.classes(rows: 30, features: 2, classes: 2, seed: 1))
    }
  }
}

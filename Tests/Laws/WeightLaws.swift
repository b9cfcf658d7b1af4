import Descent
import LinearAlgebra
import Testing

extension InvarianceLaws {
  /// A row each of ``cases``: what it counts for.
  private static let counts = (0..<30).map { [2.0, 1, 0, 1, 3][$0 % 5] }

  @Test("a weight of 0 is the row left out, one of 2 the row twice", arguments: cases)
  func weights(_ test: SolverCase) throws {
    let test = test.with { $0.scaling = .standard }
    let indices = (0..<30).flatMap { Array(repeating: $0, count: Int(Self.counts[$0])) }
    let repeated = try test.with { $0.rows = $0.rows.at(indices) }.fit()
    let weighted = try test.with { $0.rows.weights = Self.counts }.fit()
    expectSame(test, weighted, repeated, weighted.weights, repeated.weights)
    // Not those of rows that all count alike.
    let plain = try test.fit()
    #expect(abs(plain.objective - repeated.objective) > 1e-5 * plain.objective)
  }

  @Test("the unit of the weights", arguments: cases)
  func unitOfWeights(_ test: SolverCase) throws {
    let weights = Zoo.numbers(30, seed: 5).map { 1.5 + $0 }
    let given = try test.with { $0.rows.weights = weights }.fit()
    for unit in [3e-200, 0.7e5] {
      let other = try test.with { $0.rows.weights = weights.map { $0 * unit } }.fit()
      expectSame(test, other, given, other.weights, given.weights)
    }
    let alike = try test.with { $0.rows.weights = Array(repeating: 0.3, count: 30) }.fit()
    #expect(try alike.parameters == test.fit().parameters)
  }

  @Test("in Float, and on three threads, weighted rows are what they are", arguments: weightedCases)
  func weightedInFloat(_ test: SolverCase) throws {
    let weights = Zoo.numbers(1500, seed: 6).map { max(0, 1 + 2 * $0) }
    let test = test.with { $0.rows.weights = weights }
    let fits = try [1, 3].map { try test.fit(as: Float.self, threads: $0) }
    #expect(fits[0].parameters == fits[1].parameters && fits[0].certificate == fits[1].certificate)
    #expect(fits[0].history.map(\.objective) == fits[1].history.map(\.objective))
    let proof = try #require(try test.certificate(of: fits[0]))
    #expect(proof.relativeGap <= 2 * test.solver.tolerance, "\(proof.relativeGap)")
  }

  /// One penalty of each solver and loss.
  static let weightedCases = Dictionary(grouping: SolverLaws.manyRows) {
    "\($0.solver.words), \($0.problem.loss.words), \($0.problem.penalty.isSmooth)"
  }.sorted { $0.key < $1.key }.map { $1[0] }.filter { $0.problem.penalty.dual != nil }

  @Test("a fixed score added to the rows", arguments: offsetCases)
  func offsets(_ test: SolverCase) throws {
    let offsets = Zoo.numbers(30, seed: 7, scale: 3)
    let problem = test.problem.with { ($0.rows.weights, $0.rows.offsets) = (Self.counts, offsets) }
    let fit = try problem.trainer(test.solver).fit(problem.data, as: Double.self)
    // Counts less an offset are no counts.
    if test.problem.loss.task == .regression, test.problem.loss.link == .identity {
      let shifted = try test.with {
        $0.rows.weights = Self.counts
        $0.rows.values = zip($0.rows.values, offsets).map { $0 - $1 }
      }.fit()
      expectSame(test, fit, shifted, fit.weights, shifted.weights)
    }
    if !test.problem.isPenalised {
      // What is linear in the features goes to the weights.
      let direction = [0.3, -0.2, 0.4]
      let linear = test.problem.rows.x.map { x in zip(x, direction).reduce(0.5) { $0 + $1.0 * $1.1 } }
      let moved = try test.with { ($0.rows.weights, $0.rows.offsets) = (Self.counts, linear) }.fit()
      let plain = try test.with { $0.rows.weights = Self.counts }.fit()
      let expected = plain.weights.map { row in zip(row, direction).map { $0 - $1 } }
      expectSame(test, moved, plain, moved.weights, expected)
    }
    // The objective is what its words say, and no step from the fit makes it smaller.
    func objective(_ θ: [Double]) -> Double {
      let loss = test.problem.loss
      let values = problem.rows.x.indices.map { i in
        let score = zip(problem.rows.x[i], θ).reduce(θ[3] + offsets[i]) { $0 + $1.0 * $1.1 }
        return Self.counts[i]
          * evaluate(loss, [score], columns: 1, targets: problem.data.targets[i..<i + 1]).value
      }
      let shape = WeightShape(outputs: 1, inputs: 3)
      let slopes = Array(θ[..<3])
      let price = test.problem.penalty.value(slopes.span, shape)
      return values.reduce(0, +) / Self.counts.reduce(0, +) + price
    }
    #expect(abs(objective(fit.parameters) - fit.objective) <= 1e-12 * fit.objective)
    for j in 0..<4 {
      for step in [-1e-3, 1e-3] {
        var other = fit.parameters
        other[j] += step
        #expect(objective(other) > fit.objective)
      }
    }
  }

  static let offsetCases =
    cases.filter { $0.problem.loss.columns(classes: 2) == 1 }
    + SolverCase.all(
      Zoo.unknown.filter { $0.loss.task == .regression || $0.loss is Logistic }.map { problem in
        problem.with { $0.penalty = NoPenalty() }
      }
    ) { _ in Instances.solvers(1e-14) }

  @Test("networks and linear models, by batches of all rows", arguments: Losses.all)
  func batches(loss: any Loss) throws {
    var rows = Zoo.unknown[0].rows
    let indices = (0..<30).flatMap { Array(repeating: $0, count: Int(Self.counts[$0])) }
    for model in [ModelChoice.linear, .network(hidden: [4], activation: Tanh())] {
      for rule in [SGD(), Adam()] as [any UpdateRule] {
        let trainer = Trainer(
          model: model, loss: loss, penalty: L2(0.01),
          solver: MiniBatch(rule, epochs: 40, batchSize: 1000, learningRate: 0.02), seed: 3, threads: 1)
        rows.weights = nil
        let repeated = try trainer.fit(rows.at(indices).data(for: loss), as: Double.self)
        rows.weights = Self.counts.map { 0.7 * $0 }
        let weighted = try trainer.fit(rows.data(for: loss), as: Double.self)
        let distances = zip(weighted.model.parameters, repeated.model.parameters).map { abs($0 - $1) }
        #expect(distances.max()! < 1e-6, "\(rule.name): \(distances.max()!)")
        #expect(abs(weighted.objective - repeated.objective) < 1e-8)
        guard loss.task == .regression, loss.link == .identity else { continue }
        let offsets = Zoo.numbers(30, seed: 8)
        var (added, shifted) = (rows, rows)
        added.offsets = offsets
        shifted.values = zip(rows.values, offsets).map { $0 - $1 }
        let fits = try [added, shifted].map { try trainer.fit($0.data(for: loss), as: Double.self) }
        #expect(abs(fits[0].objective - fits[1].objective) < 1e-12)
        let errors = try [(fits[0], added), (fits[1], shifted)].map {
          try #require($0.0.model.evaluate(on: $0.1.data(for: loss)).rmse)
        }
        #expect(abs(errors[0] - errors[1]) < 1e-9)
      }
    }
  }
}

import LinearAlgebra
import Testing

@testable import Descent

/// A weight of 0 is the row left out, one of 2 the row twice, wherever rows are summed up.
@Suite("What a row counts for")
struct RowLaws {
  static let dual = Instances.losses.filter { $0 is any DualLoss }
  static let curved = Instances.losses.filter { $0 is any CurvedLoss }

  @Test("value and gradient", arguments: Instances.losses)
  func gradient(loss: any Loss) {
    let rows = CountedRows(loss)
    for seed in 10..<15 as Range<UInt64> {
      let θ = rows.parameters(seed)
      var gradients = [[Double]](repeating: Array(repeating: 0, count: θ.count), count: 2)
      let value = rows.weighted.value(at: θ, gradient: &gradients[0])
      let expected = rows.repeated.value(at: θ, gradient: &gradients[1])
      #expect(isClose(value, expected))
      #expect(isClose(rows.weighted.meanLoss(at: θ), rows.repeated.meanLoss(at: θ)))
      #expect(zip(gradients[0], gradients[1]).allSatisfy { isClose($0, $1) })
    }
  }

  @Test("the steps that curvature leads to", arguments: curved)
  func curvature(loss: any Loss) throws {
    let rows = CountedRows(loss)
    let θ = rows.parameters(20)
    func direction(_ objective: DataObjective<Double>) throws -> [Double] {
      let point = ScoredPoint(objective, at: θ)
      let curvature = try SampledCurvature(CurvedProblem(objective), seed: 1)
      return curvature.system(objective.rows, of: point).solve(
        point.gradient, forcing: 1e-13, floor: 0, most: 200, smoothing: false, isStopped: { false }
      ) { $0 }.direction
    }
    let (steps, expected) = (try direction(rows.weighted), try direction(rows.repeated))
    #expect(expected.contains { abs($0) > 1e-3 })
    #expect(zip(steps, expected).allSatisfy { isClose($0, $1, 1e-9) })
  }

  @Test("what is proved", arguments: dual)
  func bounds(loss: any Loss) throws {
    for (l1, l2) in [(0, 0.05), (0.02, 0.01), (0.03, 0)] {
      let rows = CountedRows(loss, l1: l1, l2: l2)
      let (θ, direction) = (rows.parameters(30), rows.parameters(31))
      func bounds(_ objective: DataObjective<Double>) throws -> [Double] {
        let certificates = try [
          #require(Certifier(objective)).certify(θ),
          #require(Certifier(objective)).certify(θ.map { 0.1 * $0 }),
          #require(Certifier(objective)).certify(θ, start: θ, direction: direction),
        ]
        return certificates.flatMap { [$0.lowerBound, $0.objective] }
      }
      let (proved, expected) = (try bounds(rows.weighted), try bounds(rows.repeated))
      #expect(proved.allSatisfy { $0.isFinite })
      #expect(zip(proved, expected).allSatisfy { isClose($0, $1, 1e-9) }, "\(l1), \(l2)")
    }
  }

  @Test("the optimum, and its proof", arguments: curved)
  func optimum(loss: any Loss) throws {
    for (solver, l1) in [
      (LBFGS(tolerance: 1e-9) as any Solver, 0.0), (Newton(tolerance: 1e-9), 0),
      (ProximalNewton(tolerance: 1e-9), 0.02),
    ] {
      let rows = CountedRows(loss, l1: l1)
      func fit(_ objective: DataObjective<Double>) throws -> ([Double], Outcome) {
        var θ = [Double](repeating: 0, count: objective.count)
        let outcome = try solver.minimize(objective, from: &θ, seed: 1, monitor: Monitor())
        return (θ, outcome)
      }
      let ((θ, outcome), (expected, _)) = try (fit(rows.weighted), fit(rows.repeated))
      #expect(outcome.stopReason == .converged, "\(solver.name)")
      // Of a loss that sees differences only the biases are free by a constant.
      #expect(
        zip(θ[..<(3 * rows.weighted.model.outputs)], expected).allSatisfy { abs($0 - $1) < 1e-3 },
        "\(solver.name)")
      let certificate = try #require(Certifier(rows.weighted)).certify(θ)
      #expect(certificate.relativeGap < 1e-6, "\(solver.name)")
      let value = rows.repeated.meanLoss(at: expected) + rows.repeated.penaltyValue(at: expected)
      #expect(isClose(certificate.objective, value, 1e-8), "\(solver.name)")
    }
  }

  @Test("batches: on the average they are the whole", arguments: Instances.losses)
  func batches(loss: any Loss) {
    let rows = CountedRows(loss)
    let (objective, θ) = (rows.weighted, rows.parameters(40))
    var expected = [Double](repeating: 0, count: θ.count)
    let mean = objective.meanLoss(at: θ, gradient: &expected)
    let order = Array((0..<objective.rows).reversed())
    let rowLoss = objective.rowLoss.gathered(at: order)
    let pass = BatchPass(over: objective, rows: 8, seed: 1)
    let parameters = RowBuffer<Double>(θ)
    var (sum, gradient) = (0.0, [Double](repeating: 0, count: θ.count))
    for start in stride(from: 0, to: order.count, by: 8) {
      let batch = start..<min(start + 8, order.count)
      sum += pass.run(at: order, batch, rowLoss, parameters, step: 1)
      pass.reduce { _, _, _ in }
      pass.read { for i in 0..<$0.count { gradient[i] += $0[i] * Double(batch.count) / Double(order.count) } }
    }
    #expect(isClose(sum / rowLoss.total, mean))
    #expect(zip(gradient, expected).allSatisfy { isClose($0, $1) })
  }

  @Test("metrics", arguments: Instances.losses)
  func metrics(loss: any Loss) {
    let rows = CountedRows(loss)
    let data = rows.data
    let model = TrainedModel(
      architecture: rows.weighted.model, parameters: rows.parameters(50), scaling: .none, trainedOn: data,
      loss: loss)
    let weighted = model.evaluate(on: data, loss: loss)
    var again = data.rows(at: rows.indices)
    again.weights = nil
    let repeated = model.evaluate(on: again, loss: loss)
    #expect(isClose(weighted.loss, repeated.loss))
    expectSame(weighted.metrics, repeated.metrics)
    expectSame(weighted.baseline, repeated.baseline)
    #expect((weighted.rows, weighted.weight) == (25, Double(repeated.rows)))
    var scaled = data
    scaled.weights = data.weights.map { $0.map { $0 / 3e7 } }
    expectSame(model.evaluate(on: scaled, loss: loss).metrics, weighted.metrics, all: true)
    #expect(isClose(weighted.rmse ?? 0, repeated.rmse ?? 0) && isClose(weighted.r2 ?? 0, repeated.r2 ?? 0))
    #expect((weighted.r2 == nil) == (loss.task == .classification))
  }

  @Test("offsets are added to the scores", arguments: Instances.losses)
  func offsets(loss: any Loss) {
    let objective = CountedRows(loss).repeated
    let (rowLoss, θ) = (objective.rowLoss, Zoo.numbers(objective.count, seed: 60))
    let scores = objective.scores(of: θ).all
    let shifted = zip(scores, rowLoss.offsets ?? []).map { $0 + $1 }
    let expected = evaluate(loss, shifted, columns: rowLoss.columns, targets: rowLoss.targets)
    #expect(isClose(objective.meanLoss(at: θ), expected.value / Double(objective.rows)))
    var slopes = scores
    var span = slopes.mutableSpan
    _ = rowLoss.slopes(0..<objective.rows, &span)
    #expect(slopes == expected.gradient)
  }

  @Test("a row that counts for nothing may be anything")
  func anything() {
    let rowLoss = RowLoss(
      SquaredError(), .values([1, .infinity, 3]), columns: 1, weights: [1, 0, 2], offsets: [0, 0, 1])
    var scores = [2.0, 5, 4]
    var span = scores.mutableSpan
    #expect(rowLoss.evaluate(0..<3, &span) == 0.5 + 2 * 2)
    #expect(scores == [1, 0, 4])
    #expect(rowLoss.total == 3)
    #expect(rowLoss.sumOfSquaredDeviations.map { isClose($0, 2.0 / 3) } == true)  // of 1, 2 and 2
  }

  /// - Parameter all: that of a share of the rows, which is between two of them, too.
  private func expectSame(_ values: [Metric: Double], _ others: [Metric: Double], all: Bool = false) {
    #expect(values.keys == others.keys && !values.isEmpty || values.isEmpty && others.isEmpty)
    for (metric, value) in values where all || metric != .absoluteError90 {
      #expect(isClose(value, others[metric] ?? .infinity), "\(metric): \(value), \(others[metric] ?? .nan)")
    }
  }

  private func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-11) -> Bool {
    abs(a - b) <= tolerance * max(1, abs(b))
  }
}

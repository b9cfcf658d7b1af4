import Descent
import LinearAlgebra
import Testing

/// A training that goes on from a model.
@Suite("Trainings go on from a model")
struct StartTests {
  private let data = overlapping(rows: 300, features: 6, classes: 3)

  /// From its own optimum, which it knows on scaled features again, a solver has next to nothing to do.
  @Test(arguments: ["newton", "lbfgs", "gradient-descent", "proximal-newton"])
  func fromTheOptimum(_ name: String) throws {
    let solver = try #require(Solvers.fullBatch(named: name, tolerance: 1e-6))
    let trainer = Trainer(
      penalty: name == "proximal-newton" ? L1(1e-2) : L2(1e-2), solver: solver, scaling: .standard)
    let first = try trainer.fit(data, as: Double.self)
    let again = try trainer.fit(data, from: first.model)
    #expect(again.isProved)
    #expect(try #require(again.history.last).passes < 0.5 * #require(first.history.last).passes)
    let start = try #require(again.history.first)
    #expect(abs(start.objective - first.objective) < 1e-12 * first.objective)
  }

  /// The start has no part in the optimum of other data.
  @Test func onOtherRows() throws {
    let more = overlapping(rows: 500, features: 6, classes: 3)
    let trainer = Trainer(penalty: L2(1e-2), solver: Newton(tolerance: 1e-12))
    let start = try trainer.fit(data, as: Double.self).model
    let (warm, cold) = (try trainer.fit(more, from: start), try trainer.fit(more, as: Double.self))
    #expect(zip(warm.model.parameters, cold.model.parameters).relativeDifference < 1e-6)
  }

  /// Networks know their targets in a scale of their own.
  @Test func network() throws {
    let plane = noisyPlane(rows: 200, features: 3)
    let trainer = Trainer(
      model: .network(hidden: [8]), loss: SquaredError(), solver: LBFGS(tolerance: 1e-3))
    let first = try trainer.fit(plane, as: Double.self)
    let again = try trainer.fit(plane, from: first.model)
    #expect(abs(try #require(again.history.first).objective - first.objective) < 1e-9 * first.objective)
  }

  @Test func refusals() throws {
    let trainer = Trainer(penalty: L2(1e-2))
    let model = try trainer.fit(data, as: Double.self).model
    func error(_ trainer: Trainer, _ data: Dataset) -> TrainingError? {
      do throws(TrainingError) { _ = try trainer.fit(data, from: model) } catch { return error }
      return nil
    }
    #expect(
      error(trainer, overlapping(rows: 50, features: 5, classes: 3)) == .start(.features(6, data: 5)))
    #expect(
      error(trainer, overlapping(rows: 50, features: 6, classes: 2))
        == .start(.classes(["0", "1", "2"], data: ["0", "1"])))
    #expect(
      error(Trainer(loss: SquaredError()), noisyPlane(rows: 50, features: 6))
        == .start(.classes(["0", "1", "2"], data: [])))
    #expect(error(Trainer(fitsIntercept: false), data) == .start(.intercept))
    guard case .start(.architecture)? = error(Trainer(model: .network(hidden: [4])), data) else {
      Issue.record("a linear model as the start of a network")
      return
    }
  }
}

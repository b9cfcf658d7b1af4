import Foundation
import LinearAlgebra
import Testing

@testable import Descent

/// One row far from the others, such as a 9999 that stands for a missing number: what it makes of a fold's loss is no number,
/// and no reason to trap.
@Suite("Rows whose scores are beyond all numbers")
struct FarNumbersTests {
  private let ages = (0..<20).map { 20 + Double($0) } + [9999]
  private var features: Matrix<Double> { Matrix(rows: 21, columns: 1, elements: ages) }
  private var counts: Dataset { Dataset(features: features, values: (0..<21).map { Double($0 % 4) }) }

  @Test func folds() throws {
    for metric in [nil, .rootMeanSquaredError] as [Metric?] {
      let search = CrossValidation(
        Trainer(loss: Poisson(), penalty: NoPenalty()), over: .l1, folds: Folds(5), metric: metric)
      do throws(TrainingError) {
        let table = try search.choose(for: counts).table
        #expect(table.rows[table.row(by: .minimum)].mean.isFinite)
        #expect(table.rows[table.row(by: .oneStandardError)].standardError.isFinite)
      } catch {
        #expect(error.description.contains("is beyond all numbers, whatever the penalty"))
      }
    }
  }

  @Test func standardErrors() {
    func row(_ losses: [Double]) -> PenaltyTable.Row {
      PenaltyTable.Row(
        penalty: L2(1), series: 0, losses: losses, scores: nil, trainingLoss: 0, nonzeros: 0,
        relativeGap: nil,
        folds: losses.count)
    }
    #expect(row([1, 2, 3]).standardError == (1.0 / 3).squareRoot())
    #expect(row([0, 0]).standardError == 0)
    #expect(row([0, 2e200]).standardError == 1e200)
    let table = PenaltyTable(rows: [row([1, .infinity]), row([.infinity, .nan])], metric: nil)
    #expect(table.isUndefined && table.row(by: .oneStandardError) == 0)
  }

  @Test(arguments: Calibration.Method.allCases) func calibration(_ method: Calibration.Method) throws {
    let near = Dataset(
      features: Matrix(rows: 20, columns: 1, elements: ages.dropLast().map { Float($0) }),
      labels: (0..<20).map { $0 > 9 ? "yes" : "no" })
    var far = near
    far.features = Matrix(rows: 20, columns: 1, elements: [Float](repeating: 1, count: 19) + [3e38]).storage
    let fit = try Trainer(loss: Hinge(), penalty: L2(1e-9)).fit(near)
    #expect(abs(fit.model.parameters[0]) > 1e-3)
    var steep = fit
    steep.model = TrainedModel(
      architecture: fit.model.architecture, parameters: fit.model.parameters.map { 1e6 * $0 },
      classNames: ["no", "yes"], loss: Hinge())
    #expect(throws: TrainingError.self) { try steep.model.calibrated(method, on: far) }
  }

  @Test(arguments: [GroupPenalty(1e-3), GroupPenalty(1, l1: 1e-3)] as [any Penalty])
  func huber(_ penalty: any Penalty) {
    let data = Dataset(features: features, values: (0..<21).map { 1e-160 * Double($0 % 4) })
    #expect(throws: TrainingError.self) { try Huber.scaled(to: data, penalty: penalty) }
  }

  /// A row of weight 0 is the row removed, whatever is predicted of it.
  @Test func weightZero() throws {
    let model = TrainedModel<Double>(
      architecture: LinearModel(inputs: 1, outputs: 1), parameters: [1, 0], classNames: [], loss: Poisson())
    let rows = Matrix<Double>(rows: 2, columns: 1, elements: [0, 9999])
    var data = Dataset(features: rows, values: [3, 0] as [Double])
    data.weights = [2, 0]
    let evaluation = model.evaluate(on: data)
    #expect(evaluation.rmse == 2)
    data.weights = nil
    #expect(model.evaluate(on: data).metrics[Metric.poissonDeviance] == .infinity)
  }

  @Test func certainty() {
    let model = TrainedModel<Float>(
      architecture: LinearModel(inputs: 1, outputs: 1), parameters: [1, 0], classNames: ["no", "yes"],
      loss: Logistic())
    let scores = Matrix<Float>(rows: 2, columns: 1, elements: [.infinity, -.infinity])
    #expect(model.probabilities(scores)?.elements == [0, 1, 1, 0])
  }
}

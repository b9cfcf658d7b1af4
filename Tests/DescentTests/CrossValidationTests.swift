import LinearAlgebra
import Testing

@testable import Descent

@Suite("Penalties chosen by rows held out")
struct CrossValidationTests {
  private let data = overlapping(rows: 120, features: 5, classes: 3, noise: 2)

  private func trainer(_ loss: any Loss = Softmax(), threads: Int? = nil) -> Trainer {
    Trainer(loss: loss, penalty: NoPenalty(), solver: Automatic(tolerance: 1e-9), threads: threads)
  }

  /// Each fold is what a training on the other rows makes of its rows, scaling and all.
  @Test(arguments: [.l1, .l2, .mixture(l1Ratios: [0.5, 1])] as [PenaltySearch])
  func rows(_ search: PenaltySearch) throws {
    var data = data
    data.weights = (0..<120).map { Double($0 % 4) }
    let folds = Folds(3, seed: 1)
    let choice = try CrossValidation(trainer(), over: search, folds: folds, points: 4)
      .choose(for: data, as: Double.self)
    let rows = choice.table.rows
    #expect(rows.map(\.series) == (rows.count == 8 ? [0, 0, 0, 0, 1, 1, 1, 1] : [0, 0, 0, 0]))
    let parts = try folds.rows(of: data)
    for (number, row) in rows.enumerated() {
      var alone = trainer()
      alone.penalty = row.penalty
      for (loss, part) in zip(row.losses, parts) {
        let model = try alone.fit(data.rows(at: part.training), as: Double.self).model
        #expect(abs(model.evaluate(on: data.rows(at: part.heldOut)).loss - loss) < 1e-4)
      }
      let fit = try alone.fit(data, as: Double.self)
      // Objectives within 1e-9 of the same optimum: the loss alone, which the penalty makes up for, is less sure.
      #expect(abs(fit.loss - row.trainingLoss) < 2e-5)
      // At the largest strength a weight is at the edge of zero.
      #expect(number % 4 == 0 || fit.nonzeros == row.nonzeros)
    }
    #expect(rows[choice.row].mean == rows.map(\.mean).min())
  }

  /// What is kept is a model of all rows, proved to be that of the penalty.
  @Test(arguments: ChoiceRule.allCases) func refit(_ rule: ChoiceRule) throws {
    let (table, fit) = try CrossValidation(trainer(), over: .l2, folds: Folds(4), rule: rule, points: 8)
      .fit(data, as: Double.self)
    var alone = trainer()
    alone.penalty = table.rows[table.row(by: rule)].penalty
    let other = try alone.fit(data, as: Double.self)
    #expect(fit.isProved && abs(fit.objective - other.objective) <= 2e-9 * fit.objective)
    #expect(fit.model.provenance.penalty == other.model.provenance.penalty)
  }

  /// The same bits whoever ran which fold.
  @Test func threads() throws {
    let losses = try [1, 2, 5].map { threads in
      try CrossValidation(trainer(threads: threads), over: .l1, folds: Folds(3, repeats: 2), points: 5)
        .choose(for: data).table.rows.map(\.losses)
    }
    #expect(losses[0][0].count == 6)
    #expect(losses[0] == losses[1] && losses[0] == losses[2])
  }

  private func row(_ measures: [Double], series: Int = 0, metric: Bool = false) -> PenaltyTable.Row {
    PenaltyTable.Row(
      penalty: L2(1), series: series, losses: measures, scores: metric ? measures : nil, trainingLoss: 0,
      nonzeros: 0, relativeGap: nil, folds: 4)
  }

  @Test func meansAndErrors() {
    let measures = [0.3, 0.1, 0.25, 0.7]
    let row = row(measures)
    #expect(abs(row.mean - 0.3375) < 1e-15)
    // Of Python's statistics.stdev, over 2.
    #expect(abs(row.standardError - 0.12808688457449497) < 1e-15)
    // To the last bit, in whatever order the folds are.
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<20 {
      let other = self.row(measures.shuffled(using: &generator))
      #expect(other.mean == row.mean && other.standardError == row.standardError)
    }
  }

  @Test func rules() {
    func table(_ means: [Double], _ series: [Int]? = nil, metric: Metric? = nil) -> PenaltyTable {
      PenaltyTable(
        rows: means.indices.map {
          row(
            [means[$0] - 1, means[$0] + 1, means[$0] - 1, means[$0] + 1], series: series?[$0] ?? 0,
            metric: metric != nil)
        }, metric: metric)
    }
    // The standard error is 1/√3 = 0.577.
    let falling = table([9, 2.6, 2.5, 2, 2.1])
    #expect(falling.row(by: .minimum) == 3 && falling.row(by: .oneStandardError) == 2)
    // Of equals the strongest penalty.
    #expect(table([3, 2, 2, 2]).row(by: .minimum) == 1)
    #expect(table([2, 2, 1.9]).row(by: .oneStandardError) == 0)
    // More accuracy is better, and what is not defined is not taken.
    #expect(table([.nan, 0.7, 0.9, 0.8], metric: .accuracy).row(by: .minimum) == 2)
    #expect(table([.nan, 0.7, 0.9, 0.8], metric: .logLoss).row(by: .minimum) == 1)
    #expect(table([.nan, 0.1, 0.5, 0.9], metric: .accuracy).row(by: .oneStandardError) == 2)
    // Another mixture is no stronger penalty.
    #expect(table([1.2, 1.1, 1.2, 1], [0, 0, 1, 1]).row(by: .oneStandardError) == 2)
  }

  /// Strengths of ridges go along with the features' unit, and not with the targets'.
  @Test func ridgeStrengths() throws {
    func strengths(_ data: Dataset, _ scaling: ScalingChoice) throws -> [Double] {
      let trainer = Trainer(loss: SquaredError(), penalty: NoPenalty(), scaling: scaling)
      let path = try PenaltyPath(trainer, on: data, as: Double.self)
      return try PenaltySearch.l2.series(of: path, points: 3)[0].map { $0.elasticNet?.l2 ?? .nan }
    }
    var plane = noisyPlane(rows: 50, features: 4)
    let own = try strengths(plane, .standard)
    #expect(own == [40, 4e-3, 4e-7])
    plane.targets = .values(try plane.targets.requireValues().map { 1e6 * $0 })
    #expect(try strengths(plane, .standard) == own)
    let (plain, tenfold) = (try strengths(plane, .none), try strengths(plane, .factor(10)))
    #expect(zip(plain, tenfold).allSatisfy { abs(100 * $0 / $1 - 1) < 1e-3 })
  }

  @Test func refusals() throws {
    func error(_ search: CrossValidation, _ data: Dataset) -> TrainingError? {
      do throws(TrainingError) { _ = try search.choose(for: data) } catch { return error }
      return nil
    }
    let plane = noisyPlane(rows: 4, features: 2)
    #expect(
      error(CrossValidation(trainer(SquaredError()), over: .l2), plane) == .folds(.rows(4, folds: 5)))
    #expect(
      error(CrossValidation(trainer(), over: .l2, metric: .rocAUC), data)
        == .unsupported("the metric 'roc_auc' is told of two classes, and the targets are 3 classes"))
    #expect(
      error(CrossValidation(trainer(SquaredError()), over: .l2, metric: .accuracy), plane)
        == .unsupported("the metric 'accuracy' is told of classes, and the targets are numbers"))
    // A margin is no probability.
    let hinge = CrossValidation(trainer(SquaredHinge()), over: nil, metric: .logLoss)
    #expect(
      error(hinge, data)?.description
        == "the metric 'log_loss' is not defined for what a model of the loss 'squared-hinge' tells: choose another metric"
    )
    var constant = plane
    constant.targets = .values([2, 2, 2, 2])
    for search in [.l1, .l2, .mixture(l1Ratios: [0.5])] as [PenaltySearch] {
      let found = error(CrossValidation(trainer(SquaredError()), over: search, folds: Folds(2)), constant)
      #expect(found?.description.hasPrefix("the target is the same number in all rows") == true)
    }
    var late = trainer()
    late.timeLimit = .nanoseconds(1)
    #expect(error(CrossValidation(late, over: .l2), data) == .interrupted)
  }

  /// Everything is counted once.
  @Test func progress() throws {
    let counts = Counts()
    _ =
      try CrossValidation(trainer(), over: .l2, folds: Folds(3), points: 4)
      .choose(for: data, observer: { counts.append($0, of: $1) }) as PenaltyChoice<Float>
    #expect(counts.all == Array(1...16) && counts.total == 16)
  }
}

private final class Counts: @unchecked Sendable {
  // The observer is called by one thread at a time.
  private(set) var all: [Int] = []
  private(set) var total = 0

  func append(_ count: Int, of total: Int) {
    all.append(count)
    self.total = total
  }
}

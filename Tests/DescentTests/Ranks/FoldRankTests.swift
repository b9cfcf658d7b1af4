import Descent
import Testing

@Suite("A penalty that ranks choose by folds")
struct FoldRankTests {
  private static let data: @Sendable () -> Dataset = { overlapping(rows: 240, features: 4, classes: 2) }

  private func choice(
    _ communicator: (any Communicator)?, _ data: Dataset
  ) throws(TrainingError) -> PenaltyChoice<Float> {
    var trainer = Trainer(loss: Logistic(), solver: Newton(tolerance: 1e-4))
    (trainer.communicator, trainer.threads) = (communicator, communicator == nil ? 2 : 1)
    let search = CrossValidation(trainer, over: .l2, folds: Folds(5), metric: .rocAUC, points: 4)
    return try search.choose(for: data)
  }

  /// Five folds over so many ranks, of which some have none.
  @Test(arguments: [2, 3, 6]) func bits(_ size: Int) throws {
    let alone = try choice(nil, Self.data())
    for other in try ThreadRanks.run(size, { try choice($0, Self.data()) }) {
      #expect(other.table.rows.map(\.losses) == alone.table.rows.map(\.losses))
      #expect(other.table.rows.map(\.scores) == alone.table.rows.map(\.scores))
      #expect(other.row == alone.row)
      #expect(other.start.parameters == alone.start.parameters)
    }
  }

  @Test func disagreement() throws {
    let errors = try ThreadRanks.run(2) { ranks in
      do throws(TrainingError) {
        _ = try choice(ranks, overlapping(rows: 240 + ranks.rank, features: 4, classes: 2))
        return "none"
      } catch { return error.description }
    }
    for error in errors { #expect(error.contains("rank 1 would train something else than rank 0")) }
  }
}

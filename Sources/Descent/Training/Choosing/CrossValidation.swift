internal import LinearAlgebra
internal import Synchronization

/// A recipe of which the penalty is chosen by rows that are held out.
///
/// One path of penalties is fitted to all rows, and one to the rows without each fold, which measures it. What is fitted to
/// rows, scaling and class weights among it, is fitted to those that are trained on.
///
/// ```swift
/// let search = CrossValidation(Trainer(loss: Logistic()), over: .l2)
/// let (table, fit) = try search.fit(data)
/// print(table.rows[table.row(by: .minimum)].mean, fit.model.provenance.penalty)
/// ```
public struct CrossValidation: Sendable {
  /// Its penalty is what is not searched for.
  public var trainer: Trainer
  /// Nil measures the trainer's penalty alone.
  public var search: PenaltySearch?
  /// Which rows are held out together: each penalty is measured by ``Folds/count`` times ``Folds/repeats`` models.
  public var folds: Folds
  /// What the choice goes by; nil for the mean loss.
  public var metric: Metric?
  /// Whether the penalty of the best mean is taken, or a stronger one that is not told from it.
  public var rule: ChoiceRule
  /// Penalties of a series; nil for a number that does.
  public var points: Int?

  /// Traps where `points` is below 1. Whether folds and metric suit the data is seen when the search begins.
  public init(
    _ trainer: Trainer, over search: PenaltySearch?, folds: Folds = Folds(), metric: Metric? = nil,
    rule: ChoiceRule = .minimum, points: Int? = nil
  ) {
    require(points.map { $0 >= 1 } ?? true, "\(points ?? 0) penalties")
    (self.trainer, self.search, self.folds) = (trainer, search, folds)
    (self.metric, self.rule, self.points) = (metric, rule, points)
  }

  /// How many models of all that are to be trained are.
  public typealias Observer = @Sendable (_ trained: Int, _ all: Int) -> Void

  /// What was measured, and the model of the penalty that it chose, trained on all rows.
  ///
  /// - Throws: what ``choose(for:as:isInterrupted:observer:)`` throws.
  public func fit<Element: KernelScalar>(
    _ data: Dataset, as type: Element.Type = Float.self,
    isInterrupted: @escaping @Sendable () -> Bool = { false }, observer: Observer? = nil
  ) throws(TrainingError) -> (table: PenaltyTable, fit: Fit<Element>) {
    let choice = try choose(for: data, as: type, isInterrupted: isInterrupted, observer: observer)
    let fit = try choice.trainer.fit(data, from: choice.start, isInterrupted: isInterrupted)
    return (choice.table, fit)
  }

  /// Measures the penalties and chooses one: as many paths as folds, and one.
  ///
  /// Folds of few rows go over the threads, else one after the other, each on all of them; the bits are the same. Of ranks
  /// each does some of the folds, and all share the path of all rows.
  ///
  /// - Parameters:
  ///   - data: the rows, of which each is held out once a round.
  ///   - type: the precision of parameters and arithmetic.
  ///   - isInterrupted: asked between steps; true ends it with `interrupted`, as the trainer's time limit does.
  ///   - observer: called with each model, from any thread.
  /// - Throws: ``TrainingError``, among which ``TrainingError/folds(_:)``.
  public func choose<Element: KernelScalar>(
    for data: Dataset, as type: Element.Type = Float.self,
    isInterrupted: @escaping @Sendable () -> Bool = { false }, observer: Observer? = nil
  ) throws(TrainingError) -> PenaltyChoice<Element> {
    try trainer.check(data)
    try check(metric, data)
    let ranks = trainer.communicator.map { Ranks($0) }
    if let ranks { try trainer.agree(on: data, as: type, from: nil as TrainedModel<Element>?, nil, ranks) }
    let parts: [(training: [Int], heldOut: [Int])]
    do throws(FoldError) { parts = try folds.rows(of: data) } catch { throw .folds(error) }
    let start = ContinuousClock.now
    let isOver: @Sendable () -> Bool = { [limit = trainer.timeLimit] in
      isInterrupted() || limit.map { ContinuousClock.now - start >= $0 } ?? false
    }
    var sharing = endless(trainer.threads)
    sharing.communicator = trainer.communicator
    let path = try PenaltyPath(sharing, on: data, as: type)
    let series = try search?.series(of: path, points: points) ?? [[trainer.penalty]]
    let own = ranks.map { FoldShare(parts.count, among: $0).own } ?? Array(parts.indices)
    let count = series.reduce(0) { $0 + $1.count }
    let tally = Tally(of: (own.count + 1) * count, observer)
    var points: [PathPoint<Element>] = []
    for penalties in series {
      let found = try path.fit(penalties, isInterrupted: isOver) { _ in tally.count() }
      guard found.count == penalties.count else { throw .interrupted }
      points += found
    }
    let found = try measure(own.map { parts[$0] }, of: data, series, as: type, isOver, tally)
    let measures = ranks.map { FoldShare(parts.count, among: $0).all(found, count) } ?? found
    let places = series.enumerated().flatMap { number, penalties in penalties.map { _ in number } }
    let rows = points.indices.map { i in
      PenaltyTable.Row(
        penalty: points[i].penalty, series: places[i], losses: measures.map { $0[i].loss },
        scores: metric == nil ? nil : measures.map { $0[i].score }, trainingLoss: points[i].loss,
        nonzeros: points[i].nonzeros, relativeGap: points[i].certificate?.relativeGap, folds: folds.count)
    }
    let table = PenaltyTable(rows: rows, metric: metric)
    guard !table.isUndefined else { throw undefined(measures) }
    let chosen = table.row(by: rule)
    var trainer = trainer
    trainer.penalty = points[chosen].penalty
    return PenaltyChoice(table: table, row: chosen, trainer: trainer, start: path.model(at: points[chosen]))
  }

  /// The trainer on so many threads, for rows that this process has alone; when its time is over is seen to here.
  func endless(_ threads: Int?) -> Trainer {
    var result = trainer
    (result.threads, result.timeLimit, result.communicator) = (threads, nil, nil)
    return result
  }
}

/// The penalty that a cross-validation chose.
public struct PenaltyChoice<Element: KernelScalar>: Sendable {
  /// What each penalty was measured to, the chosen one among them.
  public let table: PenaltyTable
  /// The index of the table's row that was chosen.
  public let row: Int
  /// The recipe with its penalty.
  public let trainer: Trainer
  /// The model of all rows under it, for a training to begin at.
  public let start: TrainedModel<Element>
}

/// How many models are trained.
final class Tally: Sendable {
  private let all: Int
  private let observer: CrossValidation.Observer?
  private let trained = Mutex(0)

  init(of all: Int, _ observer: CrossValidation.Observer?) { (self.all, self.observer) = (all, observer) }

  func count() {
    trained.withLock {
      $0 += 1
      observer?($0, all)
    }
  }
}

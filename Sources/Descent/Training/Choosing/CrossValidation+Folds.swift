internal import LinearAlgebra
internal import Synchronization

extension CrossValidation {
  /// How one fold's rows are told by the model of one penalty.
  struct Measure: Sendable {
    let loss: Double
    /// NaN where the metric is not defined, or none is asked for.
    let score: Double
  }

  /// Up to so many bytes of features each thread takes a fold of its own, and a copy of its rows with it.
  private static var mostBytes: Int { 256 << 20 }

  /// A list for each fold: a measure for each penalty, series after series.
  func measure<Element: KernelScalar>(
    _ parts: [(training: [Int], heldOut: [Int])], of data: Dataset, _ series: [[any Penalty]],
    as type: Element.Type, _ isOver: @escaping @Sendable () -> Bool, _ tally: Tally
  ) throws(TrainingError) -> [[Measure]] {
    guard !parts.isEmpty else { return [] }
    let threads = trainer.threads ?? availableCores
    let atOnce = data.rows * data.features.rowBytes <= Self.mostBytes ? min(threads, parts.count) : 1
    let results = Mutex<[Int: Result<[Measure], TrainingError>]>([:])
    ThreadPool(threads: atOnce).run(parts.count) { number, _ in
      let result = Result { () throws(TrainingError) in
        try measure(parts[number], of: data, series, as: type, threads: threads / atOnce, isOver, tally)
      }
      results.withLock { $0[number] = result }
    }
    var measures: [[Measure]] = []
    let found = results.withLock { $0 }
    for number in parts.indices { measures.append(try found[number]!.get()) }
    return measures
  }

  private func measure<Element: KernelScalar>(
    _ part: (training: [Int], heldOut: [Int]), of data: Dataset, _ series: [[any Penalty]],
    as type: Element.Type, threads: Int, _ isOver: @escaping @Sendable () -> Bool, _ tally: Tally
  ) throws(TrainingError) -> [Measure] {
    guard !isOver() else { throw .interrupted }
    let path = try PenaltyPath(endless(threads), on: data.rows(at: part.training), as: type)
    let heldOut = data.rows(at: part.heldOut)
    var measures: [Measure] = []
    for penalties in series {
      let points = try path.fit(penalties, isInterrupted: isOver) { _ in tally.count() }
      guard points.count == penalties.count else { throw .interrupted }
      for point in points {
        let evaluation = path.model(at: point).evaluate(on: heldOut, loss: trainer.loss)
        let score = metric.flatMap { evaluation.metrics[$0] } ?? .nan
        measures.append(Measure(loss: evaluation.loss, score: score))
      }
    }
    return measures
  }

  /// That the metric is one of such targets.
  func check(_ metric: Metric?, _ data: Dataset) throws(TrainingError) {
    guard let metric, !metric.subject.includes(classes: data.classes) else { return }
    throw .unsupported(
      "the metric '\(metric.rawValue)' is told of \(metric.subject.rawValue), and the targets are "
        + (data.classes == 0 ? "numbers" : "\(data.classes) classes"))
  }

  /// Why no penalty has a mean.
  func undefined(_ measures: [[Measure]]) -> TrainingError {
    func values(_ fold: [Measure]) -> [Double] { fold.map { metric == nil ? $0.loss : $0.score } }
    let fold = measures.firstIndex { values($0).allSatisfy { !$0.isFinite } } ?? 0
    if values(measures[fold]).contains(where: \.isInfinite) {
      return .unsupported(
        "the \(metric.map { "metric '\($0.rawValue)'" } ?? "loss") of a row in fold \(fold + 1) is beyond all numbers, "
          + "whatever the penalty: one of its features is far from those of the other folds; look for such a row, and "
          + "correct it or leave it out")
    }
    if let metric, measures.allSatisfy({ values($0).allSatisfy(\.isNaN) }) {
      return .unsupported(
        "the metric '\(metric.rawValue)' is not defined for what a model of the loss '\(trainer.loss.name)' tells: choose "
          + "another metric")
    }
    return .unsupported(
      "the \(metric.map { "metric '\($0.rawValue)'" } ?? "loss") is not defined for the rows of fold \(fold + 1), whatever "
        + "the penalty: by another metric, or by fewer or other folds, it can be chosen")
  }
}

/// Which folds each rank measures: whole ones, in turn.
struct FoldShare {
  private let ranks: Ranks
  private let folds: Int

  init(_ folds: Int, among ranks: Ranks) { (self.folds, self.ranks) = (folds, ranks) }

  var own: [Int] { folds(of: ranks.rank) }

  private func folds(of rank: Int) -> [Int] { Array(stride(from: rank, to: folds, by: ranks.count)) }

  /// The measures of all folds, of which these are this rank's; `count` a fold.
  func all(_ measures: [[CrossValidation.Measure]], _ count: Int) -> [[CrossValidation.Measure]] {
    let numbers = measures.joined().flatMap { [$0.loss, $0.score] }
    let counts = (0..<ranks.count).map { folds(of: $0).count * 2 * count }
    var rest = ranks.gather(numbers, counts: counts)[...]
    var all = Array(repeating: [CrossValidation.Measure](), count: folds)
    for fold in (0..<ranks.count).flatMap(folds(of:)) {
      all[fold] = (0..<count).map { i in
        .init(loss: rest[rest.startIndex + 2 * i], score: rest[rest.startIndex + 2 * i + 1])
      }
      rest = rest.dropFirst(2 * count)
    }
    return all
  }
}

internal import LinearAlgebra

extension Trainer {
  /// The name of the solver of a training on such data where ranks do not share its rows: each goes over all of them, and comes to
  /// the same. Nil where they share them, or this process is alone.
  ///
  /// - Throws: what ``check(_:)`` does.
  public func unsharedSolver(on data: Dataset) throws(TrainingError) -> String? {
    guard let communicator, communicator.size > 1 else { return nil }
    let outline = try outline(of: data)
    let chosen = (solver as? Automatic)?.choice(for: outline).solver ?? solver
    return chosen.sharesRows ? nil : chosen.name
  }

  /// That all ranks are about to do the same, before any of them begins: what a training depends on is told to the others, each
  /// fact as a hash, and of the features a few numbers.
  func agree<Element: KernelScalar>(
    on data: Dataset, as type: Element.Type, from start: TrainedModel<Element>?, _ resumed: Checkpoint?,
    _ ranks: Ranks
  ) throws(TrainingError) {
    var facts = facts(for: data, as: type, hash: data.glimpse) + (start.map { [$0.startFact] } ?? [])
    // They are made by all ranks.
    facts.append(TrainingFact(name: "whether gaps are recorded", value: "\(recordsGaps)"))
    if let resumed {
      facts.append(TrainingFact(name: "the checkpoint to go on from", value: resumed.glimpse))
    }
    let count = Self.mostFacts
    let own = (0..<count).map { i in
      let hash = ContentHash()
      if facts.indices.contains(i) { hash.add("\(facts[i].name): \(facts[i].value)") }
      return hash.value
    }
    let all = ranks.gather(own, counts: Array(repeating: count, count: ranks.count))
    for rank in 0..<ranks.count {
      for i in 0..<count where all[rank * count + i] != all[i] {
        let what = facts.indices.contains(i) ? facts[i].name : "a setting"
        throw .unsupported(
          "rank \(rank) would train something else than rank 0: \(what) differs; give all the same data and options"
        )
      }
    }
  }

  /// More than any training has.
  private static var mostFacts: Int { 64 }
}

extension Checkpoint {
  /// What tells it from others of the same training.
  fileprivate var glimpse: String { "\(history.count) points in \(seconds) seconds" }
}

internal import LinearAlgebra

/// Checks of a recipe and its data before a long training, each a verdict and a remedy.
///
/// (After Karpathy's lecture notes of Stanford's CS231n, Neural Networks Part 3: Learning and Evaluation.)
public struct Preflight: Sendable {
  /// The recipe that is looked over; its seed draws the first parameters and what else is random.
  public let trainer: Trainer
  /// The rows as they were given, those with a weight of 0 too: losses and features are looked at without these.
  public let data: Dataset
  /// The rows that the training learns from, with what each counts for.
  let counting: Dataset
  let scaling: Scaling

  /// - Parameters:
  ///   - trainer: the recipe that is looked over.
  ///   - data: rows that ``Trainer/check(_:)`` accepts.
  public init(_ trainer: Trainer, _ data: Dataset) {
    (self.trainer, self.data) = (trainer, data)
    counting = trainer.countingRows(of: data).data
    scaling = trainer.scaling.scaling(for: counting, hasIntercept: trainer.fitsIntercept)
  }

  /// All checks: some seconds at the most. What needs training looks at a sample of the rows.
  public func findings() -> [Finding] {
    [initialLoss(), penaltyRaisesLoss(), overfit(), learningRate()]
      + FeatureFindings(counting, scaling, of: counting.rows).findings
      + [classBalance()].compactMap { $0 }
  }

  /// The checks that cost next to nothing; features by up to 2000 rows.
  public func quickFindings() -> [Finding] {
    [initialLoss()] + FeatureFindings(counting.rows(at: sample(2000)), scaling, of: counting.rows).findings
      + [classBalance()].compactMap { $0 }
  }

  /// Analytic against numerical gradient of the whole recipe, on a few rows, at its first parameters and away from zero.
  public func gradientCheck(_ check: GradientCheck = GradientCheck()) -> GradientReport {
    let objective: DataObjective<Double> = objective(on: sample(32))
    var generator = SeededGenerator(seed: trainer.seed &+ 1)
    let parameters = initialParameters(of: Double.self).map {
      $0 + Double.random(in: -0.1...0.1, using: &generator)
    }
    return check.run(objective, at: parameters)
  }

  var model: any Model { trainer.model(for: data) }

  func initialParameters<Element: KernelScalar>(of type: Element.Type) -> [Element] {
    var generator = SeededGenerator(seed: trainer.seed)
    return model.initialParameters(of: type, using: &generator)
  }

  /// Up to `count` rows: of each class as many as of the others, where there are labels.
  func sample(_ count: Int) -> [Int] {
    guard case .labels(let labels) = counting.targets else {
      return (0..<min(count, counting.rows)).map { $0 * counting.rows / min(count, counting.rows) }
    }
    var byClass: [Int32: [Int]] = [:]
    for (row, label) in labels.enumerated() where byClass[label, default: []].count < count {
      byClass[label, default: []].append(row)
    }
    let groups = byClass.inOrder.map(\.value)
    let rounds = (0..<count).flatMap { round in groups.compactMap { round < $0.count ? $0[round] : nil } }
    return Array(rounds.prefix(count)).sorted()
  }

  func objective<Element: KernelScalar>(
    on rows: [Int], penalty: (any Penalty)? = nil
  ) -> DataObjective<Element> {
    // Standardised by all rows, as the training has them.
    let scaled = trainer.targetScaling(of: counting, for: model)
    let targets = counting.targets.gathered(at: rows)
    let settled: (penalty: any Penalty, scaling: Scaling) =
      (try? trainer.settled(model, counting, scaling)) ?? (trainer.penalty, scaling)
    return DataObjective(
      model: model, loss: scaled?.loss ?? trainer.loss, penalty: penalty ?? settled.penalty,
      features: counting.features.selecting(rows), scaling: settled.scaling,
      targets: scaled?.scaling.apply(targets) ?? targets,
      weights: counting.weights.map { weights in rows.map { weights[$0] } },
      offsets: counting.offsets.map { offsets in
        let some = rows.map { offsets[$0] }
        return scaled?.scaling.apply(offsets: some) ?? some
      }, threads: 1)
  }
}

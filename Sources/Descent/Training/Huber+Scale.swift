internal import LinearAlgebra

extension Huber {
  /// Huber's loss with δ = 1.35·σ, where σ is how far residuals of `data` are spread, outliers aside. σ and a linear fit
  /// by this very loss are found by turns until Σ min(r², δ²) = n·σ²: Huber's proposal 2, which is the δ of scikit-learn's
  /// HuberRegressor too.
  ///
  /// As δ goes along with the targets' unit, the loss goes with its square: the same l2 means the same in any unit, and
  /// an l1 as much less as the targets are larger, as with the squared error.
  ///
  /// Where the fit is all but exact, δ is a hundredth of the targets' spread: below that an l2 of usual strength would
  /// outweigh the bounded slopes. 1 where all targets are equal. It looks at a sample of the rows where they are many,
  /// which `seed` draws. (Huber, Robust Estimation of a Location Parameter, Ann. Math.
  /// Statist. 35, 1964.)
  ///
  /// - Parameters:
  ///   - scaling: that of the features.
  ///   - threads: how many share the work; nil for all cores.
  ///   - penalty: what is paid for the weights.
  ///   - seed: what the training draws by.
  ///   - data: the rows that are trained on, and no others.
  ///   - fitsIntercept: whether the model has one; without it the residuals are others, and targets keep their offset.
  ///   - isInterrupted: asked between steps; true ends the search with the δ that it has.
  /// - Throws: what ``Trainer/fit(_:as:checkpoints:measuring:isInterrupted:observer:)`` would of these data.
  public static func scaled(
    to data: Dataset, penalty: any Penalty = L2(1e-4), scaling: ScalingChoice = .automatic, seed: UInt64 = 0,
    threads: Int? = nil, fitsIntercept: Bool = true, isInterrupted: @escaping () -> Bool = { false }
  ) throws(TrainingError) -> Huber {
    var trainer = Trainer(
      loss: Huber(), solver: Automatic(tolerance: 1e-3), scaling: scaling, seed: seed, threads: threads,
      fitsIntercept: fitsIntercept)
    try trainer.check(data)
    let data = trainer.countingRows(of: data).data
    let sample = data.sampled(atMost: max(1000, 2_000_000 / data.columns), seed: seed)
    guard let (targets, unit) = sample.standardisedTargets(isCentred: fitsIntercept) else { return Huber() }
    var standard = sample
    (standard.targets, standard.offsets) = (targets, nil)
    // Penalties are paid in this unit, or in its square.
    let isOrdinary = (1e-100...1e100).contains(unit)
    guard penalty.elasticNet.map({ ($0.l1 / unit).isFinite }) ?? isOrdinary else {
      throw .unsupported(
        "the targets' spread of \(unit) is too \(unit < 1 ? "small" : "large") to find the loss's delta by: scale the "
          + "targets \(unit < 1 ? "up" : "down"), or set delta")
    }
    // A little l2 where there is none: so that there is one best fit.
    trainer.penalty =
      penalty.elasticNet.map { ElasticNet(l1: $0.l1 / unit, l2: max($0.l2, 1e-6)) }
      ?? penalty.scaled(by: unit, price: 1 / (unit * unit))
    var spread = 1.0
    for _ in 0..<30 {
      trainer.loss = Huber(delta: delta(at: spread))
      let fit = try trainer.fit(standard, as: Double.self, isInterrupted: isInterrupted)
      if isInterrupted() { break }
      let found = Self.spread(of: fit.model.residuals(on: standard), standard.weights)
      let isSettled = abs(delta(at: found) - delta(at: spread)) <= 1e-3 * delta(at: spread)
      spread = found
      if isSettled { break }
    }
    return Huber(delta: max(unit * delta(at: spread), .leastNormalMagnitude))
  }

  /// The σ of Σ min(r², (1.35·σ)²) = n·σ², which has one solution; 0 where so many residuals are 0 that none is above it.
  ///
  /// Sums count each residual for its weight, and n is that of the weights.
  private static func spread(of residuals: [Double], _ weights: [Double]?) -> Double {
    let weighed = residuals.enumerated().map { (size: abs($1), weight: weights?[$0] ?? 1) }
    let sorted = weighed.sorted { $0.size < $1.size }
    let count = sorted.reduce(0) { $0 + $1.weight }
    var (squares, beyond) = (0.0, count)
    for (i, residual) in sorted.enumerated() {
      squares += residual.weight * residual.size * residual.size
      beyond -= residual.weight
      // With the residuals up to this one within δ:
      let share = count - max(0, beyond) * 1.35 * 1.35
      guard share > 0 else { continue }
      let spread = (squares / share).squareRoot()
      if i == sorted.count - 1 || sorted[i + 1].size >= 1.35 * spread { return spread }
    }
    return 0
  }

  /// δ in units of the targets' spread.
  private static func delta(at spread: Double) -> Double { max(1.35 * spread, 0.01) }
}

extension Targets {
  /// The median of each column; nil for labels, and where there are no rows.
  ///
  /// - Parameter weights: what each row counts for; once each where nil.
  func medians(_ weights: [Double]?) -> [Double]? { quantiles(0.5, weights) }

  /// The same for another quantile than the median.
  func quantiles(_ quantile: Double, _ weights: [Double]?) -> [Double]? {
    guard case .values(let values, let width) = self, rows > 0 else { return nil }
    return (values.startIndex..<values.startIndex + width).map { first in
      weightedQuantile(quantile, of: rows, { values[first + $0 * width] }, weights: weights) ?? 0
    }
  }
}

extension Dataset {
  /// Targets less their offsets and their column's median, or without the latter, in units of their spread about that; nil
  /// where there is none.
  ///
  /// Far outliers are drawn in to a million units: their pull is bounded all the same.
  fileprivate func standardisedTargets(isCentred: Bool) -> (Targets, unit: Double)? {
    let own = targets.less(offsets)
    guard case .values(let values, let width) = own, let medians = own.medians(weights) else { return nil }
    let deviations = isCentred ? values.enumerated().map { $1 - medians[$0 % width] } : Array(values)
    let distances = deviations.map(abs)
    let counts = weights.map { weights in distances.indices.map { weights[$0 / width] } }
    // Where more than half are equal the mean distance, which is σ/1.2533 of a normal distribution.
    let unit = [1.4826 * median(distances, counts), 1.2533 * mean(distances, counts)].first {
      $0 > 0 && $0.isFinite
    }
    guard let unit else { return nil }
    return (.values(deviations.map { min(1e6, max(-1e6, $0 / unit)) }[...], width: width), unit)
  }
}

extension Dataset {
  /// No more than `count` rows in their order, one from each of as many stretches of equal length.
  fileprivate func sampled(atMost count: Int, seed: UInt64) -> Dataset {
    guard rows > count else { return self }
    var generator = SeededGenerator(seed: seed)
    let ends = (0...count).map { Int(Double(rows) / Double(count) * Double($0)) }
    return self.rows(at: (0..<count).map { Int.random(in: ends[$0]..<ends[$0 + 1], using: &generator) })
  }
}

extension TrainedModel {
  fileprivate func residuals(on data: Dataset) -> [Double] {
    var result: [Double] = []
    forEachBlock(of: data) { scores, targets in
      guard case .values(let values, _) = targets else { return }
      for (score, target) in zip(scores.elements, values) { result.append(Double(score) - target) }
    }
    return result
  }
}

/// The middle of the numbers; of an even count the mean of the two. O(count · log count).
private func median(_ numbers: [Double], _ weights: [Double]?) -> Double {
  weightedQuantile(0.5, of: numbers.count, { numbers[$0] }, weights: weights) ?? 0
}

private func mean(_ numbers: [Double], _ weights: [Double]?) -> Double {
  let total = weights?.reduce(0, +) ?? Double(numbers.count)
  return numbers.enumerated().reduce(0) { $0 + $1.element / total * (weights?[$1.offset] ?? 1) }
}

internal import Foundation
internal import LinearAlgebra

/// Models measured by the same rows, and how sure their differences are.
///
/// ```swift
/// var generator = SeededGenerator(seed: 0)
/// let evaluations = [small, large].map { $0.evaluate(on: test) }
/// let comparison = try ModelComparison(of: evaluations, using: &generator)
/// print(comparison.others[0].differences[.rocAUC]!)
/// ```
///
/// Each resample draws rows with replacement, the same for all models, so that what makes a row hard for all of them
/// leaves no trace in a difference: its interval is that of the middle of these differences. (Efron and Tibshirani, An
/// Introduction to the Bootstrap, 1993, section 13.3, of pairs.) It is of the chance of these rows, not of the trainings'.
public struct ModelComparison: Sendable {
  /// A metric of a model less that of the first.
  public struct Difference: Sendable, Equatable {
    /// On all rows as they are, not in resamples, and in the metric's unit; above 0 where this model's is the greater.
    public let value: Double
    /// Nil where resamples did not define it.
    public let interval: ClosedRange<Double>?
  }

  /// The rows on which just one of two classifiers is right, and how likely so uneven a split is where both are equally good:
  /// McNemar's test, exact by the binomial distribution. (McNemar, Psychometrika 12, 1947.)
  public struct McNemar: Sendable, Equatable {
    /// Rows on which the first model is right and this one is not.
    public let firstAlone: Int
    /// Rows on which this model is right and the first is not.
    public let thisAlone: Int
    /// Of both sides: how likely a split as uneven or more is; 1 at the most.
    public let pValue: Double

    /// From counts of 0 or more: p = min(1, 2·P(X ≤ the smaller)) for X heads of so many throws of a fair coin. O(the smaller)
    public init(firstAlone: Int, thisAlone: Int) {
      (self.firstAlone, self.thisAlone) = (firstAlone, thisAlone)
      pValue = min(1, 2 * fairTail(min(firstAlone, thisAlone), of: firstAlone + thisAlone))
    }
  }

  /// A model against the first.
  public struct Against: Sendable {
    /// Of each metric that this model and the first both have.
    public let differences: [Metric: Difference]
    /// Nil of numbers, and where rows have weights.
    public let mcNemar: McNemar?
  }

  /// Of each model.
  public let metrics: [[Metric: Double]]
  /// The models after the first.
  public let others: [Against]
  /// What the intervals were found by: as it was asked for, or where that was nil as many resamples as the rows allowed.
  public let bootstrap: Bootstrap

  /// - Parameters:
  ///   - evaluations: of models by the same rows in the same order.
  ///   - bootstrap: nil for 2000 resamples, and where rows are many for fewer, 200 at the least.
  ///   - generator: what resamples are drawn by.
  /// - Throws: ``ComparisonError`` where they are none of the same rows and targets.
  /// - Complexity: O(replicates · models · rows), on all cores, in a byte a row and core besides. The bits follow from the
  ///   generator alone.
  public init(
    of evaluations: [Evaluation], _ bootstrap: Bootstrap? = nil,
    using generator: inout some RandomNumberGenerator
  ) throws(ComparisonError) {
    require(evaluations.count > 1, "a comparison of \(evaluations.count) models")
    var models: [PairedRows] = []
    for (i, evaluation) in evaluations.enumerated() {
      guard let rows = PairedRows(evaluation) else { throw .noMetrics(model: i) }
      guard evaluation.confusion?.classNames == evaluations[0].confusion?.classNames else {
        throw .otherClasses(model: i)
      }
      guard rows.count == models.first?.count ?? rows.count,
        evaluation.confusion?.classRows == evaluations[0].confusion?.classRows,
        rows.weights == models.first?.weights ?? rows.weights
      else { throw .otherRows(model: i) }
      models.append(rows)
    }
    let bootstrap = bootstrap ?? Self.affordable(rows: models[0].count * models.count)
    self.bootstrap = bootstrap
    metrics = models.map(\.metrics)
    let samples = Self.samples(of: models, bootstrap, using: &generator)
    let metrics = metrics
    others = models.indices.dropFirst().map { model in
      var differences: [Metric: Difference] = [:]
      for (metric, value) in metrics[model] {
        guard let first = metrics[0][metric] else { continue }
        let sorted = samples.compactMap { sample -> Double? in
          guard let own = sample[model][metric], let first = sample[0][metric] else { return nil }
          return own - first
        }.sorted()
        differences[metric] = Difference(value: value - first, interval: bootstrap.middle(of: sorted))
      }
      let alone = models[model].alone(against: models[0])
      return Against(
        differences: differences,
        mcNemar: alone.map { McNemar(firstAlone: $0.other, thisAlone: $0.this) })
    }
  }

  private static func affordable(rows: Int) -> Bootstrap {
    Bootstrap(replicates: min(2000, max(200, 400_000_000 / max(1, rows))))
  }

  /// The metrics of each model in each resample.
  private static func samples(
    of models: [PairedRows], _ bootstrap: Bootstrap, using generator: inout some RandomNumberGenerator
  ) -> [[[Metric: Double]]] {
    let (rows, replicates) = (models[0].count, bootstrap.replicates)
    guard rows > 0 else { return [] }
    let seeds = (0..<replicates).map { _ in generator.next() }
    var samples = [[[Metric: Double]]](repeating: [], count: replicates)
    samples.withUnsafeMutableBufferPointer { samples in
      nonisolated(unsafe) let samples = samples  // each task writes the element that is its own
      SharedPool.cores.run(replicates, alone: rows * replicates < 100_000) { task in
        Bootstrap.counts(of: rows, seed: seeds[task]).withUnsafeBufferPointer { counts in
          samples[task] = models.map { $0.metrics(counts) }
        }
      }
    }
    return samples
  }
}

/// Evaluations that can't be compared; models are counted from 0.
public enum ComparisonError: Error, Equatable {
  /// Of several numbers a row, or a score that is not a number.
  case noMetrics(model: Int)
  /// Other class names than the first one's, or in another order; or classes beside numbers.
  case otherClasses(model: Int)
  /// Other rows than the first one's, or other weights.
  case otherRows(model: Int)
}

/// P(X ≤ k) for X heads of n throws of a fair coin, to some 1e-9: the last term, and each before it by its ratio to the next.
private func fairTail(_ k: Int, of n: Int) -> Double {
  let (heads, throwsOfAll) = (Double(k), Double(n))
  var term = exp(
    logGamma(throwsOfAll + 1) - logGamma(heads + 1) - logGamma(throwsOfAll - heads + 1) - throwsOfAll * log(2)
  )
  var sum = term
  for i in stride(from: k, to: 0, by: -1) where term > 1e-17 * sum {
    term *= Double(i) / Double(n - i + 1)
    sum += term
  }
  return sum
}

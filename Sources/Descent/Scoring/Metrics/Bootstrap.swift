internal import LinearAlgebra

/// Confidence intervals by resampling: the rows are drawn with replacement, as many as there are, again and again, and
/// the metrics computed anew; the interval is what the middle of those values covers.
///
/// The percentile interval of Efron and Tibshirani, An Introduction to the Bootstrap (1993), section 13.3: of the chance
/// of these rows alone, not of those that the model was trained on, and a little narrow where the rows are few.
public struct Bootstrap: Sendable {
  /// How many resamples are drawn, above 0. The time goes with it.
  public var replicates: Int
  /// The share of the values that an interval covers.
  public var level: Double

  /// Traps unless there is a replicate or more, and the level lies between 0 and 1, both excluded.
  public init(replicates: Int = 1000, level: Double = 0.95) {
    require(replicates > 0, "\(replicates) replicates")
    require(level > 0 && level < 1, "a level of \(level), not between 0 and 1")
    (self.replicates, self.level) = (replicates, level)
  }

  /// The interval of each metric. Where a metric is not defined for a resample, that one does not count.
  ///
  /// ```swift
  /// var generator = SeededGenerator(seed: 0)
  /// print(Bootstrap().intervals(of: ranking, using: &generator)[.rocAUC]!)
  /// ```
  ///
  /// On all cores, in a byte a row and core, and what ``MeasuredRows/prepared`` takes. The bits follow from the generator alone:
  /// each replicate has its own.
  public func intervals(
    of rows: some MeasuredRows, using generator: inout some RandomNumberGenerator
  ) -> [Metric: ClosedRange<Double>] {
    guard rows.count > 0 else { return [:] }
    let rows = rows.prepared
    let seeds = (0..<replicates).map { _ in generator.next() }
    var values = [[Metric: Double]](repeating: [:], count: replicates)
    values.withUnsafeMutableBufferPointer { values in
      nonisolated(unsafe) let values = values  // each task writes the element that is its own
      SharedPool.cores.run(replicates, alone: rows.count * replicates < 100_000) { task in
        values[task] = Self.replicate(of: rows, seed: seeds[task])
      }
    }
    var result: [Metric: ClosedRange<Double>] = [:]
    for metric in Metric.allCases {
      result[metric] = middle(of: values.compactMap { $0[metric] }.sorted())
    }
    return result
  }

  /// What the middle of values from the least up covers; nil where there are none, or some are beyond all numbers.
  func middle(of sorted: [Double]) -> ClosedRange<Double>? {
    guard sorted.allSatisfy(\.isFinite), let lower = quantile((1 - level) / 2, of: sorted),
      let upper = quantile((1 + level) / 2, of: sorted)
    else { return nil }
    return lower...max(lower, upper)
  }

  /// How often each row is drawn in a resample.
  static func counts(of rows: Int, seed: UInt64) -> [UInt8] {
    var generator = SeededGenerator(seed: seed)
    // That one of n rows is drawn 256 times in n has a chance below n/256!.
    var counts = [UInt8](repeating: 0, count: rows)
    for _ in 0..<rows { counts[Int.random(in: 0..<rows, using: &generator)] += 1 }
    return counts
  }

  private static func replicate(of rows: some MeasuredRows, seed: UInt64) -> [Metric: Double] {
    counts(of: rows.count, seed: seed).withUnsafeBufferPointer { counts in
      rows.metrics { Double(counts[$0]) * rows.weight(of: $0) }
    }
  }
}

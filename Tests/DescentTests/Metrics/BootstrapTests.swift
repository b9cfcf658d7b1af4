import Descent
import Testing

@Suite struct BootstrapTests {
  private static let ranking: RankedScores = {
    var generator = SeededGenerator(seed: 3)
    let scores = { (count: Int, shift: Double) in
      (0..<count).map { _ in Double.random(in: -2...2, using: &generator) + shift }
    }
    return RankedScores(positives: scores(160, 0.5), negatives: scores(240, -0.5), as: .logOdds)
  }()

  private static func intervals(seed: UInt64, replicates: Int = 400) -> [Metric: ClosedRange<Double>] {
    var generator = SeededGenerator(seed: seed)
    return Bootstrap(replicates: replicates).intervals(of: ranking, using: &generator)
  }

  /// Every metric of two classes has one, about its value.
  @Test func intervalsHoldTheValue() {
    let (metrics, intervals) = (Self.ranking.metrics, Self.intervals(seed: 0))
    #expect(Set(metrics.keys) == Set(intervals.keys) && metrics.count == 15)
    for (metric, value) in metrics where metric != .calibrationError {
      #expect(intervals[metric]!.contains(value), "\(metric)")
      #expect(intervals[metric]!.lowerBound < intervals[metric]!.upperBound)
    }
  }

  /// The accuracy of n rows is a binomial share: ±1.96·√(p(1 − p)/n).
  @Test func theIntervalOfAShareIsTheBinomials() {
    let p = Self.ranking.metrics[.accuracy]!
    let interval = Self.intervals(seed: 1, replicates: 4000)[.accuracy]!
    let half = 1.96 * (p * (1 - p) / 400).squareRoot()
    #expect(abs(interval.lowerBound - (p - half)) < 0.1 * half)
    #expect(abs(interval.upperBound - (p + half)) < 0.1 * half)
  }

  /// One of the tasks has the cores, the others work alone.
  @Test func theBitsFollowFromTheSeedAlone() async {
    let expected = Self.intervals(seed: 5)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 { group.addTask { Self.intervals(seed: 5) == expected } }
      for await isEqual in group { #expect(isEqual) }
    }
    #expect(Self.intervals(seed: 6) != expected)
  }

  /// A resample that lacks a class says nothing of the area, and is passed over.
  @Test func fewRows() {
    let ranking = RankedScores(positives: [1], negatives: [0], as: .margin)
    var generator = SeededGenerator(seed: 0)
    let intervals = Bootstrap(replicates: 50).intervals(of: ranking, using: &generator)
    #expect(intervals[.rocAUC] == 1...1 && intervals[.accuracy] == 1...1)
    let none = RankedScores(positives: [], negatives: [], as: .margin)
    #expect(Bootstrap().intervals(of: none, using: &generator) == [:])
  }

  @Test func wholeRangesOfWhatIsCertain() {
    let residuals = Residuals(predictions: [1, 2, 3, 5], targets: [2, 3, 4, 6])
    var generator = SeededGenerator(seed: 0)
    let intervals = Bootstrap(replicates: 100, level: 0.5).intervals(of: residuals, using: &generator)
    #expect(intervals[.meanAbsoluteError] == 1...1 && intervals[.absoluteError90] == 1...1)
    #expect(intervals[.r2]!.upperBound < 1)
  }
}

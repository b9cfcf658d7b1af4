import Descent
import Testing

@Suite struct RankedScoresTests {
  /// Scores in steps of 1/8, so that many are equal.
  private static func ranking(rows: Int = 150, seed: UInt64) -> RankedScores {
    var generator = SeededGenerator(seed: seed)
    func scores(_ count: Int, from: Int) -> [Double] {
      (0..<count).map { _ in Double(Int.random(in: from...from + 20, using: &generator)) / 8 }
    }
    return RankedScores(
      positives: scores(rows / 3, from: -5), negatives: scores(rows, from: -12), as: .logOdds)
  }

  @Test(arguments: 0..<5)
  func theAreaIsTheShareOfPairsInOrder(seed: UInt64) {
    let ranking = Self.ranking(seed: seed)
    var wins = 0.0
    for p in ranking.positives {
      for n in ranking.negatives { wins += p > n ? 1 : p == n ? 0.5 : 0 }
    }
    let pairs = Double(ranking.positives.count * ranking.negatives.count)
    #expect(ranking.rocAUC == wins / pairs)
    let turned = RankedScores(
      positives: ranking.negatives.map { -$0 }, negatives: ranking.positives.map { -$0 }, as: .logOdds)
    #expect(turned.rocAUC == ranking.rocAUC)
    #expect(abs(turned.logLoss! - ranking.logLoss!) < 1e-14)
  }

  @Test(arguments: 0..<5)
  func theBestThresholdIsTheBestOfAll(seed: UInt64) {
    let ranking = Self.ranking(seed: seed)
    let scores = Set(ranking.positives + ranking.negatives + [.infinity])
    let points = scores.map(ranking.operatingPoint)
    #expect(ranking.bestF1!.f1! == points.compactMap(\.f1).max()!)
    for (falsePositive, falseNegative) in [(1.0, 5.0), (5, 1), (1, 0), (0, 1), (1, 1e6)] {
      let least = ranking.leastCost(falsePositive: falsePositive, falseNegative: falseNegative)
      let costs = points.map { $0.cost(falsePositive: falsePositive, falseNegative: falseNegative) }
      #expect(least.cost(falsePositive: falsePositive, falseNegative: falseNegative) == costs.min()!)
      #expect(ranking.operatingPoint(at: least.score) == least)
    }
    #expect(ranking.leastCost(falsePositive: 1, falseNegative: 0).flagged == 0)
  }

  @Test func pointsForSharesOfTheRows() {
    let ranking = RankedScores(positives: [9, 7, 7, 1], negatives: [8, 7, 3, 2, 1, 0], as: .margin)
    let points = ranking.operatingPoints(flagging: [0.1, 0.2, 0.25, 0.5, 0.9, 1])
    #expect(points.map(\.score) == [9, 8, 7, 1, 0])  // A quarter and a half are where three sevens are.
    #expect(points.map { $0.truePositives + $0.falsePositives } == [1, 2, 5, 9, 10])
    guard points.count == 5 else { return }
    #expect(points[2].precision == 0.6 && points[2].recall == 0.75 && points[2].lift == 0.6 / 0.4)
    #expect(points[2].scoreBelow == 3 && points[2].falsePositiveRate == 2.0 / 6)
    #expect(points[4].lift == 1 && points[4].scoreBelow == -.infinity)
  }

  @Test func aThresholdToTypePartsTheRowsAlike() {
    let ranking = RankedScores(
      positives: [0.31234, 0.8000001, 1e-7], negatives: [0.2987, 0.8, 1e-9], as: .probability)
    let shown = [1e-7, 0.31234, 0.8000001].map { ranking.threshold(of: ranking.operatingPoint(at: $0)) }
    #expect(shown == [1e-7, 0.3, 0.8000001])
    for (score, threshold) in zip([1e-7, 0.31234, 0.8000001], shown) {
      #expect(ranking.operatingPoint(at: threshold) == ranking.operatingPoint(at: score))
    }
    let odds = RankedScores(positives: [1.2], negatives: [-3], as: .logOdds)
    #expect(odds.threshold(of: odds.bestF1!) == 0.4)
    let close = RankedScores(positives: [Double(100).nextUp], negatives: [100], as: .margin)
    #expect(close.threshold(of: close.bestF1!) == Double(100).nextUp)
  }

  /// Where probabilities are 0 and 1 in Double, what is known of the log-odds still counts.
  @Test func theLogLossOfLogOddsIsExact() {
    let ranking = RankedScores(positives: [-800, 50], negatives: [-800], as: .logOdds)
    #expect(abs(ranking.logLoss! - 800.0 / 3) < 1e-12)
    let sure = RankedScores(positives: [50], negatives: [], as: .logOdds).logLoss!
    #expect(abs(sure / 1.9287498479639178e-22 - 1) < 1e-14)
  }

  @Test func noRowsHaveNoMetrics() {
    let ranking = RankedScores(positives: [], negatives: [], as: .probability)
    #expect(ranking.metrics == [:] && ranking.bestF1 == nil && ranking.reliability() == nil)
    #expect(ranking.operatingPoint(at: 0).flagged == nil)
  }
}

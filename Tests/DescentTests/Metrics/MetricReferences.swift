import Descent
import Foundation

/// What scikit-learn made of a few answers: Tests/References/metrics.py wrote it.
struct MetricReferences: Decodable {
  struct TwoClasses: Decodable, Sendable {
    var name: String
    var meaning: String
    var labels: [Int]
    var scores: [Double]
    var metrics: [String: Double?]
    var weighted: [String: Double?]?
    var frequency, meanProbability, binRows: [Double]?
    var thresholds, precisions, recalls: [Double]?
    var bestF1, leastCost: Double?

    var ranking: RankedScores {
      let of = { (label: Int) in zip(scores, labels).filter { $1 == label }.map { $0.0 } }
      let meanings: [String: RankedScores.Meaning] = [
        "log_odds": .logOdds, "probability": .probability, "margin": .margin,
      ]
      return RankedScores(positives: of(1), negatives: of(0), as: meanings[meaning]!)
    }
  }

  struct Classes: Decodable, Sendable {
    var name: String
    var labels: [Int32]
    var scores: [[Double]]
    var metrics: [String: Double?]
  }

  struct Numbers: Decodable, Sendable {
    var name: String
    var targets: [Double]
    var predictions: [Double]
    var metrics: [String: Double?]
    var baseline: [String: Double?]
    var weighted: [String: Double?]?
    var quantiles: [Double]
    var bias: [Double]?
  }

  var two: [TwoClasses]
  var classes: [Classes]
  var numbers: [Numbers]

  static let all: MetricReferences = {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let data = try! Data(contentsOf: tests.appendingPathComponent("References/metrics.json"))
    return try! JSONDecoder().decode(MetricReferences.self, from: data)
  }()

  /// The weights that the references' rows have, by their score or prediction.
  static func weight(_ score: Double) -> Double {
    (abs(score) * 1024).rounded(.down).truncatingRemainder(dividingBy: 3)
  }
}

/// Whether the lists are equal to 10⁻¹² of this size.
func areNear(_ values: [Double], _ reference: [Double], size: Double = 1) -> Bool {
  values.count == reference.count && zip(values, reference).allSatisfy { abs($0 - $1) <= 1e-12 * size }
}

/// Where these metrics are not the reference's to 10⁻¹², and to the rounding of numbers of this size.
func differences(_ metrics: [Metric: Double], _ reference: [String: Double?], size: Double = 0) -> [String] {
  Metric.allCases.filter { metric in
    let expected = reference[metric.rawValue] ?? nil
    guard let value = metrics[metric], let expected else { return metrics[metric] != expected }
    return !(abs(value - expected) <= 1e-12 * max(1, abs(expected)) + size * .ulpOfOne)
  }.map { "\($0.rawValue): \(metrics[$0] as Any), not \(reference[$0.rawValue] as Any)" }
}

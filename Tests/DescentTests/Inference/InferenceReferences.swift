import Descent
import Foundation
import LinearAlgebra

/// What `Tests/References/inference.py` made with statsmodels, NumPy and mpmath.
struct InferenceReferences: Decodable {
  struct Result: Decodable {
    let estimates, errors, statistics, p, lower, upper: [Double]
    let log_likelihood: Double
    let null_log_likelihood: Double?
    let aic, bic, deviance, null_deviance, dispersion: Double
    let pearson, r2: Double?
  }

  struct Ridge: Decodable {
    let l2, parameters: Double
    let estimates, errors: [Double]
  }

  struct Comparison: Decodable {
    let weights, intervals: [[Double]]
    let values: [Double]
    let alone: [Int]
    let mcnemar: Double
  }

  let features: [[Double]]
  let group: [Int32]
  let weight, count_weight, exposure, number, count: [Double]
  let yes, kind: [Int32]
  let results: [String: Result]
  let ridges: [String: Ridge]
  let comparison: Comparison
  let student_tails, normal_tails: [[Double]]

  static let all: InferenceReferences = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let data = try! Data(contentsOf: tests.appending(path: "References/inference.json"))
    return try! JSONDecoder().decode(InferenceReferences.self, from: data)
  }()

  /// The table with the targets of a loss.
  func data(_ loss: any Loss) -> Dataset {
    let (targets, names): (Targets, [String]) =
      switch loss.name {
      case "logistic": (.labels(yes), ["no", "yes"])
      case "softmax": (.labels(kind), ["a", "b", "c"])
      case "squared", "huber": (.values(number), [])
      default: (.values(count), [])
      }
    return Dataset(features: Matrix(features).storage, targets: targets, classNames: names)
  }
}

/// Of each pair the difference, relative to the second.
func greatestRelativeError(_ found: [Double], _ expected: [Double]) -> Double {
  guard found.count == expected.count else { return .infinity }
  return zip(found, expected).map { $0 == $1 ? 0 : abs($0 - $1) / abs($1) }.max() ?? 0
}

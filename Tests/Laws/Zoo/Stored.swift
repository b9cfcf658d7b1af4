import Descent
import Foundation

/// A small problem with a value near its optimum, which an interior-point method of others reached:
/// Tests/References/audit/stored.py made it.
struct StoredProblem: Decodable, Sendable, CustomStringConvertible {
  let kind: String
  let loss: String
  let l1, l2: Double
  let scaling: String
  let classes: Int
  let x: [[Double]]
  let y: [Double]
  /// The optimum is not above it, whatever that method's accuracy.
  let optimum: Double

  var description: String { "\(kind), \(loss), l1 \(l1), l2 \(l2)" }

  static let all: [StoredProblem] = try! JSONDecoder().decode(
    [StoredProblem].self,
    from: Data(
      contentsOf: URL(filePath: #filePath).appending(path: "../../../References/audit/stored.json")
        .standardized))

  /// Its ``Problem/optimum`` is left out: the objective is not below it by more than ``objective(weights:biases:)`` rounds.
  var problem: Problem {
    Problem(
      kind: kind,
      loss: loss == "huber" ? Huber(delta: 1) : loss == "quantile" ? Quantile(0.8) : Losses.named(loss)!,
      penalty: Laws.penalty(l1: l1, l2: l2),
      rows: Rows(x: x, labels: classes > 1 ? y.map { Int($0) } : [], classes: classes, values: y),
      scaling: scaling == "none" ? .none : .standard)
  }

  /// The objective of a model of the features as they are, by the book: the penalty acts on the weights of the scaled
  /// ones. And how far rounding may take another fair sum from this one.
  func objective(weights: [[Double]], biases: [Double]) -> (value: Double, rounding: Double) {
    var (sum, rounding) = (0.0, 0.0)
    for (row, target) in zip(x, y) {
      let scores = zip(weights, biases).map { w, b in zip(w, row).reduce(b) { $0 + $1.0 * $1.1 } }
      let (value, slope) = loss(scores, target)
      let size = zip(weights, biases).map { w, b in
        zip(w, row).reduce(abs(b) + abs(target)) { $0 + abs($1.0 * $1.1) }
      }
      let error = Double(row.count + 4) * 0x1p-53 * size.max()!
      sum += value
      rounding += slope * error + 4 * error * error
    }
    let penalty = weights.joined().enumerated().reduce(0) { sum, entry in
      let v = entry.element * deviations[entry.offset % x[0].count]
      return sum + l1 * abs(v) + l2 / 2 * v * v
    }
    let rows = Double(x.count)
    return (sum / rows + penalty, rounding / rows + 1e-10 * abs(sum / rows + penalty))
  }

  /// The objective without weights, with the targets' median for a bias.
  var start: Double { constant(classes == 1 ? y.sorted()[y.count / 2] : 0) }

  /// And without a bias.
  var zero: Double { constant(0) }

  private func constant(_ bias: Double) -> Double {
    let outputs = classes == 1 || loss == "logistic" ? 1 : classes
    return objective(
      weights: Array(repeating: x[0].map { _ in 0 }, count: outputs),
      biases: Array(repeating: bias, count: outputs)
    ).value
  }

  /// σ of each column, of the whole population; 1 where features are not scaled.
  private var deviations: [Double] {
    x[0].indices.map { j in
      if scaling == "none" { return 1 }
      let column = x.map { $0[j] }
      let mean = column.reduce(0) { $0 + $1 / Double(x.count) }
      return (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)).squareRoot()
    }
  }

  /// Of one row, and a bound on the sum of its gradient's magnitudes.
  private func loss(_ s: [Double], _ target: Double) -> (value: Double, slope: Double) {
    switch loss {
    case "squared": return ((s[0] - target) * (s[0] - target) / 2, abs(s[0] - target))
    case "huber":
      let d = abs(s[0] - target)
      return (d <= 1 ? d * d / 2 : d - 0.5, min(d, 1))
    case "quantile":
      let d = target - s[0]
      return (d > 0 ? 0.8 * d : -0.2 * d, 0.8)
    case "logistic":
      let margin = target == 1 ? s[0] : -s[0]
      return (max(0, -margin) + log1p(exp(-abs(margin))), 1)
    default: break
    }
    let own = s[Int(target)]
    let others = s.indices.filter { $0 != Int(target) }.map { s[$0] - own }
    switch loss {
    case "softmax":
      let top = max(0, others.max()!)
      return (top + log(others.reduce(exp(-top)) { $0 + exp($1 - top) }), 2)
    case "hinge": return (others.reduce(0) { $0 + max(0, $1 + 1) }, 2 * Double(others.count))
    case "squared-hinge":
      let excess = others.map { max(0, $0 + 1) }
      return (excess.reduce(0) { $0 + $1 * $1 }, 4 * excess.reduce(0, +))
    default: fatalError(loss)
    }
  }
}

import Foundation

/// The losses as their formulas read, one row at a time, in Double.
enum Twin {
  typealias Row = (loss: Double, gradient: [Double])

  static func softmax(_ s: [Double], distribution q: [Double]) -> Row {
    let top = s.max()!
    let e = s.map { exp($0 - top) }
    let sum = e.reduce(0, +)
    let mass = q.reduce(0, +)
    // log(1 + rest) where one score leads, or the sum's rounding would be all that is left of a small loss.
    let logSum = log1p(e.sorted().dropLast().reduce(0, +))
    var loss = 0.0
    for j in s.indices where q[j] != 0 { loss += q[j] * (logSum + (top - s[j])) }
    let gradient = s.indices.map { j in
      q[j] == 1 ? -(e.indices.filter { $0 != j }.map { e[$0] }.reduce(0, +)) / sum : mass * e[j] / sum - q[j]
    }
    return (loss, gradient)
  }

  static func softmax(_ s: [Double], label: Int) -> Row {
    softmax(s, distribution: s.indices.map { $0 == label ? 1 : 0 })
  }

  static func hinge(_ s: [Double], label y: Int, margin: Double, squared: Bool) -> Row {
    var row: Row = (0, s.map { _ in 0 })
    for j in s.indices where j != y {
      let z = max(0, s[j] - s[y] + margin)
      row.loss += squared ? z * z : z
      row.gradient[j] = squared ? 2 * z : z > 0 ? 1 : 0
      row.gradient[y] -= row.gradient[j]
    }
    return row
  }

  static func logistic(_ s: Double, label: Int32) -> (loss: Double, gradient: Double) {
    let sign = label == 0 ? 1.0 : -1.0
    let t = sign * s
    return (max(0, t) + log1p(exp(-abs(t))), t > 0 ? sign / (1 + exp(-t)) : sign * exp(t) / (1 + exp(t)))
  }

  /// Where exp(s) is near the target, by the series: the formula's differences would leave rounding errors.
  static func poisson(_ s: Double, target t: Double) -> (loss: Double, gradient: Double) {
    guard t > 0 else { return (exp(s), exp(s)) }
    let d = s - log(t)
    guard abs(d) < 0.25 else { return (exp(s) - t - t * d, exp(s) - t) }
    var (term, series) = (d, 0.0)
    for k in 2...20 {
      term *= d / Double(k)
      series += term
    }
    return (t * series, t * expm1(d))
  }

  static func huber(_ s: Double, target: Double, delta: Double) -> (loss: Double, gradient: Double) {
    let d = s - target
    return abs(d) <= delta
      ? (0.5 * d * d, d) : (delta * (abs(d) - 0.5 * delta), d < 0 ? -delta : delta)
  }
}

import DescentKernels
import Foundation
import Testing

/// The losses of one score a row.
@Suite struct ScalarLossTests {
  /// p·log p + (1 − p)·log(1 − p), with its digits where p is near 0 and near 1.
  @Test func conjugates() {
    let shares =
      [0, 1e-300, 1e-100, 1e-20, 1e-9, 0.1, 0.25, 0.5, 0.75, 0.9, 1 - 1e-9, 1 - 1e-15, 1]
      + (1...50).map { Double($0) / 51 }
    for (sign, factor) in [(1.0, 1.0), (-1, 1), (1, 0.5)] {
      var values = [Double](repeating: .nan, count: shares.count + 1)
      descent_logistic_conjugate(&values, shares.map { sign * $0 }, factor, shares.count)
      for (p, value) in zip(shares.map { factor * $0 }, values) {
        let twin = (p > 0 ? p * log(p) : 0) + (p < 1 ? (1 - p) * log1p(-p) : 0)
        #expect(abs(value - twin) <= 4e-16 * abs(twin), "\(p)")
      }
      #expect(values.last?.isNaN == true)
    }
    var entropies = shares
    descent_entropies(&entropies, shares.count)
    for (p, value) in zip(shares, entropies) {
      #expect(
        abs(value - (p > 0 ? p * log(p) : 0)) <= 4e-16 * abs(p > 0.5 ? p - 1 : p * log(max(p, 1e-301))),
        "\(p)")
    }
  }

  func check<T: KernelElement>(
    _: T.Type, _ kernel: (inout [T], inout [Double], [Int32], [Double]) -> Void,
    twin: (Double, Int32, Double) -> (loss: Double, gradient: Double)
  ) {
    for count in [1, 7, 8, 16, 17, 100] {
      for spread in [0, 1, 50, 1e4] {
        var random = SplitMix(UInt64(count))
        let scores = (0..<count).map { _ in T(Double.random(in: -spread...spread, using: &random)) }
        let labels = (0..<count).map { _ in Int32.random(in: 0...1, using: &random) }
        let targets = (0..<count).map { _ in Double.random(in: -3...3, using: &random) }
        var gradient = scores
        var values = scores.map { _ in -1.0 }
        kernel(&gradient, &values, labels, targets)
        let rows = (0..<count).map { twin(Double(scores[$0]), labels[$0], targets[$0]) }
        for (value, row) in zip(values, rows) {
          #expect(close(value, row.loss, T.self, ulps: 16, floor: 1e-30))
        }
        for (got, row) in zip(gradient, rows) {
          #expect(close(Double(got), row.gradient, T.self, ulps: 8, floor: Double(T.leastNormalMagnitude)))
        }
        var split = scores
        for i in 0..<count {
          var (one, value) = ([scores[i]], [-1.0])
          kernel(&one, &value, [labels[i]], [targets[i]])
          split[i] = one[0]
          #expect(value[0] == values[i])
        }
        #expect(split == gradient)
      }
    }
  }

  @Test func logistic() {
    check(
      Float.self, { s, v, y, _ in Float.logistic(&s, &v, y, s.count) },
      twin: { s, y, _ in Twin.logistic(s, label: y) })
    check(
      Double.self, { s, v, y, _ in Double.logistic(&s, &v, y, s.count) },
      twin: { s, y, _ in Twin.logistic(s, label: y) })
  }

  @Test(arguments: [0.1, 1.35, .infinity]) func huber(delta: Double) {
    check(
      Float.self, { s, v, _, t in Float.huber(&s, &v, t, delta, s.count) },
      twin: { s, _, t in Twin.huber(s, target: t, delta: delta) })
    check(
      Double.self, { s, v, _, t in Double.huber(&s, &v, t, delta, s.count) },
      twin: { s, _, t in Twin.huber(s, target: t, delta: delta) })
  }

  @Test func poisson() {
    check(Float.self, Float.poisson)
    check(Double.self, Double.poisson)
  }

  /// Counts of 0 and others, scores far from their logarithms and near, and those that have no exponential.
  private func check<T: KernelElement>(
    _: T.Type, _ kernel: (T.Scores, T.Values, UnsafePointer<Double>, Int) -> Void
  ) {
    var random = SplitMix(5)
    for count in [1, 7, 8, 16, 17, 100] {
      for spread in [0, 1e-9, 1e-3, 0.2, 1, 50, 80] {
        let targets = (0..<count).map { $0 % 3 == 0 ? 0 : Double($0 * $0) / 7 }
        let scores = targets.map { T(log(max(1, $0)) + Double.random(in: -spread...spread, using: &random)) }
        var (gradient, values) = (scores, scores.map { _ in -1.0 })
        kernel(&gradient, &values, targets, count)
        for i in 0..<count {
          let twin = Twin.poisson(Double(scores[i]), target: targets[i])
          // What a score's last bit and its target's logarithm may make of it.
          let size = exp(Double(scores[i])) + targets[i] * max(1, abs(Double(scores[i])))
          let isNear = abs(Double(scores[i]) - log(targets[i])) < 0.25
          let rounding = (isNear ? abs(twin.gradient) : size) * 16 * .ulpOfOne
          #expect(abs(values[i] - twin.loss) <= rounding + 1e-30 * size, "\(scores[i]), \(targets[i])")
          #expect(
            abs(Double(gradient[i]) - twin.gradient)
              <= abs(twin.gradient) * Double(T.ulpOfOne) + 16 * size * .ulpOfOne)
          var (one, value) = ([scores[i]], [-1.0])
          kernel(&one, &value, [targets[i]], 1)
          #expect(one[0] == gradient[i] && value[0] == values[i])
        }
      }
    }
    var (slopes, values) = ([T(800), -800, .nan, 0], [0.0, 0, 0, 0])
    kernel(&slopes, &values, [3, 3, 3, 0], 4)
    #expect(slopes[0] == .infinity && values[0] == .infinity)
    #expect(slopes[1] == -3 && abs(values[1] - (2400 - 3 + 3 * log(3))) < 1e-12)
    #expect(slopes[2].isNaN && values[2].isNaN && slopes[3] == 1 && values[3] == 1)
  }

  @Test func squared() {
    check(
      Float.self, { s, v, _, t in Float.squared(&s, &v, t, s.count) },
      twin: { s, _, t in (0.5 * (s - t) * (s - t), s - t) })
    check(
      Double.self, { s, v, _, t in Double.squared(&s, &v, t, s.count) },
      twin: { s, _, t in (0.5 * (s - t) * (s - t), s - t) })
  }
}

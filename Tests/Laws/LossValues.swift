import Descent
import Foundation
import LinearAlgebra
import Testing

@Suite("Known values of losses")
struct LossValues {
  /// cs231n's lecture notes on linear classification: scores (13, −7, 11), class 0, margin 10: loss 8.
  @Test func hingeOfTheCourse() {
    let (value, gradient) = evaluate(Hinge(margin: 10), [13, -7, 11.0], columns: 3, targets: .labels([0]))
    #expect(value == 8)
    #expect(gradient == [-1, 0, 1])
  }

  /// The same notes: unnormalised scores (3.2, 5.1, −1.7), class 0, natural logarithm: 2.04.
  /// scipy: `-scipy.special.log_softmax([3.2, 5.1, -1.7])[0]` = 2.0403551528
  @Test func softmaxOfTheCourse() {
    let (value, gradient) = evaluate(Softmax(), [3.2, 5.1, -1.7], columns: 3, targets: .labels([0]))
    #expect(abs(value - 2.0403551528115) < 1e-10)
    #expect(abs(gradient.reduce(0, +)) < 1e-15)
  }

  @Test("softmax is exact at scores of ±10000", arguments: [1e4, -1e4])
  func extremes(scale: Double) {
    let scores = [scale, 0, -scale, scale - 1]
    let (value, gradient) = evaluate(Softmax(), scores, columns: 4, targets: .labels([1]))
    let peak = scores.max()!
    let expected = log(scores.reduce(0) { $0 + exp($1 - peak) }) + peak
    #expect(abs(value - expected) <= 1e-12 * expected)
    #expect(gradient.allSatisfy { $0.isFinite })
    let single = evaluate(Softmax(), scores.map { Float($0) }, columns: 4, targets: .labels([1]))
    #expect(abs(single.value - expected) < 1e-2 && single.gradient.allSatisfy { $0.isFinite })
  }

  @Test("cross-entropy with a distribution is KL plus the entropy; with an indicator it is the likelihood")
  func distributions() {
    let scores = Zoo.numbers(4, seed: 1, scale: 2)
    let q = [0.1, 0.2, 0.3, 0.4]
    let p = scores.map { exp($0) / scores.reduce(0) { $0 + exp($1) } }
    let kl = zip(q, p).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
    let entropy = -q.reduce(0) { $0 + $1 * log($1) }
    let (value, gradient) = evaluate(Softmax(), scores, columns: 4, targets: .values(q[...], width: 4))
    #expect(abs(value - (kl + entropy)) < 1e-12)
    for (g, (p, q)) in zip(gradient, zip(p, q)) { #expect(abs(g - (p - q)) < 1e-14) }

    let labelled = evaluate(Softmax(), scores, columns: 4, targets: .labels([2]))
    let indicator = evaluate(Softmax(), scores, columns: 4, targets: .values([0, 0, 1, 0], width: 4))
    #expect(abs(labelled.value - indicator.value) < 1e-14)
  }

  @Test func squared() {
    let (value, gradient) = evaluate(
      SquaredError(), [1, -2.0], columns: 2, targets: .values([3, 1], width: 2))
    #expect(value == 0.5 * (4 + 9))
    #expect(gradient == [-2, -3])
    let classes = evaluate(SquaredError(), [1, -2.0], columns: 2, targets: .labels([1]))
    #expect(classes.value == 0.5 * (1 + 9))
  }

  @Test("targets that do not fit are named")
  func badTargets() {
    #expect(throws: TargetError.labelOutOfRange(row: 1, label: 3, classes: 3)) {
      try Softmax().check(.labels([0, 3]), columns: 3)
    }
    #expect(throws: TargetError.notADistribution(row: 0, sum: 0.5)) {
      try Softmax().check(.values([0.5, 0], width: 2), columns: 2)
    }
    #expect(throws: TargetError.wrongKind(loss: "hinge", wanted: "class labels")) {
      try Hinge().check(.values([1, 2]), columns: 2)
    }
    #expect(throws: TargetError.notFinite(row: 1, .nan)) {
      try SquaredError().check(.values([1, .nan]), columns: 1)
    }
  }
}

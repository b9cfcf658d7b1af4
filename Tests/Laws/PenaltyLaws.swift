import Descent
import LinearAlgebra
import Testing

@Suite("What holds of every penalty", .serialized)
struct PenaltyLaws {
  @Test("the value is l1·‖W‖₁ + (l2/2)·‖W‖²", arguments: Instances.penalties)
  func value(penalty: any Penalty) {
    let w = Zoo.numbers(20, seed: 1, scale: 2)
    let expected = w.reduce(0) { $0 + penalty.l1 * abs($1) + penalty.l2 / 2 * $1 * $1 }
    #expect(abs(penalty.value(w.span) - expected) < 1e-12)
    let single = w.map { Float($0) }
    #expect(abs(penalty.value(single.span) - expected) < 1e-5)
  }

  @Test("the gradient of the smooth part is the numerical one", arguments: Instances.penalties)
  func gradient(penalty: any Penalty) {
    let w = Zoo.numbers(9, seed: 2, scale: 2)
    var gradient = [Double](repeating: 10, count: 9)  // it must be added to
    var span = gradient.mutableSpan
    penalty.addGradient(w.span, to: &span)
    func smooth(_ w: [Double]) -> Double { penalty.value(w.span) - (penalty.nonsmooth?.value(w.span) ?? 0) }
    for i in w.indices {
      var (up, down) = (w, w)
      up[i] += 1e-5
      down[i] -= 1e-5
      #expect(abs((smooth(up) - smooth(down)) / 2e-5 - (gradient[i] - 10)) < 1e-7)
    }
  }

  /// The naive twin: a search of the one-dimensional objective of each weight by golden section.
  @Test("prox minimises what it says", arguments: Instances.penalties, [0.1, 1.0, 7.0])
  func prox(penalty: any Penalty, step: Double) {
    let w = Zoo.numbers(15, seed: 3, scale: 3) + [0, 1e-3, -0.3 * step]
    var moved = w
    var span = moved.mutableSpan
    penalty.prox(&span, step: step)
    for (u, v) in zip(moved, w) {
      func cost(_ u: Double) -> Double { (u - v) * (u - v) / (2 * step) + penalty.value([u].span) }
      let naive = goldenSection(cost, from: -4, to: 4)
      #expect(abs(u - naive) < 1e-6)
      #expect(cost(u) <= cost(naive) + 1e-15, "below the naive minimum")
    }
  }

  @Test("what L1 cuts off is exactly zero")
  func zeros() {
    var w: [Float] = [0.29, -0.29, 0.31, -5, 0]
    var span = w.mutableSpan
    L1(0.3).prox(&span, step: 1)
    #expect(w[0] == 0 && w[1] == 0 && w[4] == 0 && w[2] > 0 && w[3] == -4.7)
  }

  @Test("a threshold a weight is that of a uniform step where all are equal")
  func steps() {
    let w = Zoo.numbers(8, seed: 4)
    var (uniform, each) = (w, w)
    var a = uniform.mutableSpan
    softThreshold(&a, by: 0.5 * 0.6)
    var b = each.mutableSpan
    softThreshold(&b, by: 0.5, steps: [Double](repeating: 0.6, count: 8).span)
    #expect(uniform == each)
  }

  private func goldenSection(_ f: (Double) -> Double, from a: Double, to b: Double) -> Double {
    let ratio = (5.0.squareRoot() - 1) / 2
    var (a, b) = (a, b)
    while b - a > 1e-8 {
      let (c, d) = (b - ratio * (b - a), a + ratio * (b - a))
      if f(c) < f(d) { b = d } else { a = c }
    }
    return (a + b) / 2
  }
}

import DescentKernels
import Foundation
import Testing

/// exp against Foundation's, in units in the last place, over all that a number can be.
@Suite struct ExponentialTests {
  @Test func floatsOverTheWholeRange() {
    var worst = 0.0
    // Every 10007th bit pattern.
    let inputs = stride(from: UInt32.min, to: .max, by: 10007).map { Float(bitPattern: $0) }
    var outputs = inputs
    Float.exp(&outputs, outputs.count)
    for (x, y) in zip(inputs, outputs) {
      let expected = exp(Double(x))
      if x.isNaN || Float(expected).isInfinite {
        #expect(x.isNaN ? y.isNaN : y == .infinity)
      } else {
        worst = max(worst, abs(Double(y) - expected) / Double(Float(expected).ulp))
      }
    }
    #expect(worst < 1.1)
  }

  @Test func doublesOverTheWholeRange() {
    var random = SplitMix(7)
    var worst = 0.0
    let inputs = (0..<300_000).map {
      $0 < 200_000
        ? Double.random(in: -745.2...709.78, using: &random) : Double.random(in: -2...2, using: &random)
    }
    var outputs = inputs
    Double.exp(&outputs, outputs.count)
    for (x, y) in zip(inputs, outputs) {
      let expected = exp(x)  // itself within 0.6 units
      worst = max(worst, abs(y - expected) / max(expected.ulp, .leastNonzeroMagnitude))
    }
    #expect(worst <= 2)
  }

  @Test func edges() {
    var x = [-.infinity, -1e300, 0, 710, .infinity]
    Double.exp(&x, x.count)
    #expect(x == [0, 0, 1, .infinity, .infinity])
  }

  @Test(arguments: [1, 3, 10, 65, 1000]) func probabilities(columns: Int) {
    func check<T: KernelElement>(_: T.Type) {
      for spread in [0, 5, 1e4] {
        let sample = Sample<T>(rows: 21, columns: columns, spread: spread)
        var p = sample
        T.probabilities(&p.scores, p.rows, p.columns)
        for i in 0..<sample.rows {
          let top = sample.row(i).max()!
          let e = sample.row(i).map { exp($0 - top) }
          let sum = e.reduce(0, +)
          for (got, each) in zip(p.row(i), e) {
            #expect(close(got, each / sum, T.self, ulps: 64, floor: Double(T.leastNormalMagnitude)))
          }
        }
      }
    }
    check(Float.self)
    check(Double.self)
  }
}

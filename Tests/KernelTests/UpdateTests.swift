import DescentKernels
import Testing

/// Three steps of every update rule, and the elementwise conversions, against their formulas in Double.
@Suite struct UpdateTests {
  /// `kernel` steps T's vectors, `twin` one element; both three times from the same start.
  func check<T: KernelElement>(
    _ name: String, _: T.Type, kernel: (inout [T], inout [T], inout [T], [T], Int) -> Void,
    twin: (inout Double, inout Double, inout Double, Double, Int) -> Void
  ) {
    for count in [1, 7, 16, 33, 1001] {
      var random = SplitMix(UInt64(count))
      func some() -> [T] { (0..<count).map { _ in T(Double.random(in: -1...1, using: &random)) } }
      var (x, a, b) = (some(), some().map(abs), some().map(abs))
      var (u, v, w) = (x.map(Double.init), a.map(Double.init), b.map(Double.init))
      for step in 1...3 {
        let gradient = some()
        kernel(&x, &a, &b, gradient, step)
        for i in 0..<count { twin(&u[i], &v[i], &w[i], Double(gradient[i]), step) }
      }
      for (got, want) in zip(x + a + b, u + v + w) {
        guard close(Double(got), want, T.self, ulps: 8, floor: 1) else {
          Issue.record("\(name) of \(count), \(T.self): \(got) is not \(want)")
          return
        }
      }
    }
  }

  func rules<T: KernelElement>(_: T.Type) {
    let k = T.updates
    for nesterov in [false, true] {
      check("momentum, nesterov \(nesterov)", T.self) { x, v, _, g, _ in
        k.momentum(&x, &v, g, 0.1, 0.9, nesterov, x.count)
      } twin: { x, v, _, g, _ in
        v = 0.9 * v + g
        x -= 0.1 * (nesterov ? 0.9 * v + g : v)
      }
    }
    check("adagrad", T.self) { x, s, _, g, _ in
      k.adagrad(&x, &s, g, 0.1, 1e-3, x.count)
    } twin: { x, s, _, g, _ in
      s += g * g
      x -= 0.1 * g / (s.squareRoot() + 1e-3)
    }
    check("rmsprop", T.self) { x, s, _, g, _ in
      k.rmsprop(&x, &s, g, 0.1, 0.99, 1e-3, x.count)
    } twin: { x, s, _, g, _ in
      s = 0.99 * s + 0.01 * g * g
      x -= 0.1 * g / (s.squareRoot() + 1e-3)
    }
    check("adam", T.self) { x, m, v, g, step in
      let rate = 0.1 / (1 - power(0.9, step))
      let scale = 1 / (1 - power(0.999, step)).squareRoot()
      k.adam(&x, &m, &v, g, rate, scale, 0.9, 0.999, 1e-3, x.count)
    } twin: { x, m, v, g, step in
      m = 0.9 * m + 0.1 * g
      v = 0.999 * v + 0.001 * g * g
      let mean = m / (1 - power(0.9, step))
      let square = v / (1 - power(0.999, step))
      x -= 0.1 * mean / (square.squareRoot() + 1e-3)
    }
  }

  /// 1 − β is small: its error is not hidden by what there was before.
  func firstStep<T: KernelElement>(_: T.Type) {
    var (x, m, v): ([T], [T], [T]) = ([0], [0], [0])
    T.updates.adam(&x, &m, &v, [1], 1, 1, 0.9, 0.999, 1, 1)
    #expect(m == [T(1 - 0.9)] && v == [T(1 - 0.999)])
    v = [0]
    T.updates.rmsprop(&x, &v, [1], 1, 0.999, 1, 1)
    #expect(v == [T(1 - 0.999)])
  }

  @Test func firstStepsInFloat() { firstStep(Float.self) }
  @Test func firstStepsInDouble() { firstStep(Double.self) }
  @Test func rulesInFloat() { rules(Float.self) }
  @Test func rulesInDouble() { rules(Double.self) }

  func elementwise<T: KernelElement>(_: T.Type) {
    let k = T.updates
    var x: [T] = [-3, -1, -0.5, 0, 0.5, 1, 3, .nan, .infinity]
    k.softThreshold(&x, 1, x.count)
    #expect(x[0..<7] == [-2, 0, 0, 0, 0, 0, 2] && x[7].isNaN && x[8] == .infinity)
    #expect(x.allSatisfy { $0 != 0 || $0.sign == .plus })
    x = [-3, -1, 5, 5]
    k.softThresholds(&x, [1, 1, 0, 3], 2, 4)
    #expect(x == [-1, 0, 5, 0])

    let bytes = (0...255).map { UInt8($0) }
    var converted = [T](repeating: .nan, count: 256)
    k.convertBytes(&converted, bytes, 1.0 / 255, 256)
    #expect(converted == bytes.map { T($0) * T(1.0 / 255) })

    let floats = (0..<21).map { Float($0) / 3 }
    var widened = [T](repeating: .nan, count: 21)
    k.convertFloats(&widened, floats, 21)
    #expect(widened == floats.map { T($0) })

    for count in [0, 1, 15, 64, 65, 131] {
      var numbers = (0..<count).map { $0 % 2 == 0 ? T.greatestFiniteMagnitude : -.leastNonzeroMagnitude }
      #expect(k.areFinite(numbers, count), "\(count) numbers")
      for i in 0..<count {
        for bad in [T.nan, .infinity, -.infinity] {
          let good = numbers[i]
          numbers[i] = bad
          #expect(!k.areFinite(numbers, count), "\(bad) at \(i) of \(count)")
          numbers[i] = good
        }
      }
    }
  }

  @Test func elementwiseInFloat() { elementwise(Float.self) }
  @Test func elementwiseInDouble() { elementwise(Double.self) }
}

private func power(_ base: Double, _ exponent: Int) -> Double {
  (0..<exponent).reduce(1) { product, _ in product * base }
}

import DescentKernels
import Testing

/// The products against sums in Double, for every remainder of rows, features and classes against the tiles.
@Suite struct ProductTests {
  struct Problem<T: KernelElement, Stored> {
    var x: [Stored]
    var weights, bias, scores: [T]
    var rows, features, classes: Int

    init(_ rows: Int, _ features: Int, _ classes: Int, element: (inout SplitMix) -> Stored) {
      var random = SplitMix(UInt64(rows + 1000 * features + 100_000 * classes))
      func some(_ count: Int) -> [T] {
        (0..<count).map { _ in T(Double.random(in: -1...1, using: &random)) }
      }
      (self.rows, self.features, self.classes) = (rows, features, classes)
      weights = some(classes * features)
      bias = some(classes)
      scores = some(rows * classes)
      x = (0..<rows * features).map { _ in element(&random) }
    }
  }

  static let shapes: [(rows: Int, features: Int, classes: Int)] =
    (1...17).flatMap { classes in [(1, 33, classes), (7, 17, classes), (19, 70, classes)] }
    + (1...40).map { features in (5, features, 3) }
    + (2...14).map { rows in (rows, 45, 29) }
    + [(33, 784, 10), (2, 784, 10), (64, 64, 64), (40, 20, 26), (3, 1, 1), (6, 5, 65)]

  func check<T: KernelElement, Stored>(
    _ products: Products<T, Stored>, value: (Stored) -> Double, element: (inout SplitMix) -> Stored
  ) {
    for (rows, features, classes) in Self.shapes {
      let p = Problem<T, Stored>(rows, features, classes, element: element)
      let scale = p.x.map { abs(value($0)) }.max()!
      var scores = [T](repeating: .nan, count: rows * classes)
      // The next block may be anywhere: here it is the same.
      products.scores(&scores, p.x, p.x, 2, p.weights, p.bias, rows, features, classes)
      var gradient = p.weights
      products.gradient(&gradient, p.scores, p.x, p.x, rows, features, classes)
      var worst = 0.0
      for c in 0..<classes {
        for i in 0..<rows {
          var sum = Double(p.bias[c])
          for f in 0..<features { sum += value(p.x[i * features + f]) * Double(p.weights[c * features + f]) }
          worst = max(worst, abs(sum - Double(scores[i * classes + c])) / (scale * Double(features) + 1))
        }
        for f in 0..<features {
          var sum = Double(p.weights[c * features + f])
          for i in 0..<rows { sum += value(p.x[i * features + f]) * Double(p.scores[i * classes + c]) }
          worst = max(worst, abs(sum - Double(gradient[c * features + f])) / (scale * Double(rows) + 1))
        }
      }
      #expect(worst < Double(T.ulpOfOne), "\(rows) rows, \(features) features, \(classes) classes: \(worst)")

      // A row alone has the bits that it has in a block, and without a bias there is none.
      var alone = [T](repeating: .nan, count: classes)
      for i in 0..<rows {
        let row = Array(p.x[i * features..<(i + 1) * features])
        products.scores(&alone, row, nil, 1, p.weights, p.bias, 1, features, classes)
        #expect(alone == Array(scores[i * classes..<(i + 1) * classes]), "row \(i) of \(rows)")
      }
      let last = Array(p.x.suffix(features))
      let none = [T](repeating: 0, count: classes)
      var biased = alone
      products.scores(&biased, last, nil, 1, p.weights, none, 1, features, classes)
      products.scores(&alone, last, nil, 1, p.weights, nil, 1, features, classes)
      #expect(biased == alone)
    }
  }

  @Test func floats() {
    check(Float.products, value: { Double($0) }, element: { Float.random(in: -1...1, using: &$0) })
  }
  @Test func doubles() {
    check(Double.products, value: { $0 }, element: { Double.random(in: -1...1, using: &$0) })
  }
  /// What a certificate multiplies; each row at an odd place too, where no address is aligned.
  @Test func floatsToDoubles() {
    let products = Products<Double, Float>(
      scores: descent_scores_singles_double, gradient: descent_gradient_singles_double)
    check(products, value: { Double($0) }, element: { Float.random(in: -1...1, using: &$0) })
  }
  @Test func bytesToFloats() {
    check(Float.byteProducts, value: { Double($0) }, element: { UInt8.random(in: 0...255, using: &$0) })
  }
  @Test func bytesToDoubles() {
    check(Double.byteProducts, value: { Double($0) }, element: { UInt8.random(in: 0...255, using: &$0) })
  }
}

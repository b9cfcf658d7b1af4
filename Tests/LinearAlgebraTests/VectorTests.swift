import LinearAlgebra
import Testing

@Suite("Vector operations equal their definitions")
struct VectorTests {
  @Test(arguments: precisions, [0, 1, 2, 7, 100])
  func definitions(_ type: any Scalar.Type, _ n: Int) {
    func check<E: Scalar>(_: E.Type) {
      let x = Array(Matrix<E>.random(n, 1, seed: 1).elements)
      let y = Array(Matrix<E>.random(n, 1, seed: 2).elements)
      for alpha in [0, 1, -1.5] as [E] {
        var sum = y
        var out = sum.mutableSpan
        axpy(alpha, x.span, into: &out)
        #expect(distance(sum, zip(x, y).map { alpha * $0 + $1 }) < 4)

        var scaled = x
        var scaledOut = scaled.mutableSpan
        scale(&scaledOut, by: alpha)
        #expect(scaled == x.map { alpha * $0 })
      }
      #expect(distance([dot(x.span, y.span)], [zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }]) < 100)
      #expect(distance([norm2(x.span)], [x.reduce(0) { $0 + $1 * $1 }.squareRoot()]) < 100)
      #expect(distance([norm1(x.span)], [x.reduce(0) { $0 + abs($1) }]) < 100)
      #expect(indexOfLargestMagnitude(x.span) == x.indices.max { abs(x[$0]) < abs(x[$1]) })
    }
    check(type)
  }

  @Test("a factor of 0 does not read", arguments: precisions)
  func zeroFactor(_ type: any Scalar.Type) {
    func check<E: Scalar>(_: E.Type) {
      var x: [E] = [.nan, .infinity, 1]
      var y: [E] = [1, 2, 3]
      var out = y.mutableSpan
      axpy(0, x.span, into: &out)
      #expect(y == [1, 2, 3])
      var scaled = x.mutableSpan
      scale(&scaled, by: 0)
      #expect(x == [0, 0, 0])
    }
    check(type)
  }

  @Test("the norm of extremes neither overflows nor vanishes", arguments: precisions)
  func extremes(_ type: any Scalar.Type) {
    func check<E: Scalar>(_: E.Type) {
      let huge = E.greatestFiniteMagnitude / 8
      #expect(distance([norm2([3 * huge, 4 * huge].span) / huge], [5]) < 4)
      let tiny = E.leastNormalMagnitude
      #expect(distance([norm2([3 * tiny, 4 * tiny].span) / tiny], [5]) < 4)
    }
    check(type)
  }

  @Test("of equal magnitudes the first is named") func ties() {
    #expect(indexOfLargestMagnitude([1, -3, 3].span as Span<Float>) == 1)
    #expect(indexOfLargestMagnitude([1, -3, 3].span as Span<Double>) == 1)
  }

  @Test("dot, axpy and the norms are within 30 roundings, at every scale", arguments: precisions, sizes)
  func ratios(_ type: any Scalar.Type, _ n: Int) {
    func check<E: Scalar>(_: E.Type) {
      let ε = unit(E.self)
      let (least, most) = (Int(E.leastNormalMagnitude.exponent), Int(E.greatestFiniteMagnitude.exponent) - 8)
      for (left, right) in [(0, 0), (most, -most), (most / 2, most / 2), (most, 0), (least, 0)] {
        let x = Matrix<E>.random(n, 1, seed: 1).scaled(left)
        let y = Matrix<E>.random(n, 1, seed: 2).scaled(right)
        let (exactX, exactY) = (x.exact(-left).elements, y.exact(-right).elements)
        var (product, magnitude, square, sum) = (CarefulSum(), CarefulSum(), CarefulSum(), CarefulSum())
        for (x, y) in zip(exactX, exactY) {
          product.add(x, y)
          magnitude.add(abs(x), abs(y))
          square.add(x, x)
          sum.add(abs(x), 1)
        }
        func expectNear(_ computed: E, _ exponent: Int, _ exact: Double, over scale: Double, _ what: Comment)
        {
          #expect(ratio(abs(Double(computed).scaled(-exponent) - exact), over: scale, ε) < 30, what)
        }
        if left + right > least {
          let computed = dot(x.elements.span, y.elements.span)
          expectNear(computed, left + right, product.value, over: magnitude.value, "dot at \(left), \(right)")
        }
        let length = square.value.squareRoot()
        expectNear(norm2(x.elements.span), left, length, over: length, "norm2 at \(left)")
        expectNear(norm1(x.elements.span), left, sum.value, over: sum.value, "norm1 at \(left)")
        #expect(
          indexOfLargestMagnitude(x.elements.span)
            == exactX.indices.max { abs(exactX[$0]) < abs(exactX[$1]) }.map { $0 - exactX.startIndex })
        var moved = x
        let other = x.map { $0 / 2 }
        moved.withMutableElements { axpy(-2, other.elements.span, into: &$0) }
        #expect(left < 0 || moved.elements.allSatisfy { $0 == 0 }, "axpy at \(left)")
      }
    }
    check(type)
  }
}

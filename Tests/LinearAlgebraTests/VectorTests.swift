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
}

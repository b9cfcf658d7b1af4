import DescentKernels
import Testing

/// The moments of columns against sums a number at a time.
@Suite struct MomentTests {
  typealias Moments<T> = (
    UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>,
    UnsafeMutablePointer<Double>, UnsafePointer<Double>, UnsafePointer<T>, UnsafePointer<Double>?, Int, Int
  ) -> Void

  func check<T: KernelElement>(_ moments: Moments<T>, _ type: T.Type, isWeighted: Bool) {
    for (rows, columns) in [(1, 1), (3, 5), (4, 8), (7, 17), (37, 28), (64, 100), (5, 4096)] {
      var random = SplitMix(UInt64(rows * columns))
      // From an odd place: no address is aligned.
      let x = (0..<rows * columns + 1).map { _ in T(Double.random(in: -3...5, using: &random)) }
      let centres = (0..<columns).map { _ in Double.random(in: -1...1, using: &random) }
      let counts = (0..<rows).map { $0 % 3 == 1 ? 0 : Double.random(in: 0...2, using: &random) }
      var (low, high) = (
        [Double](repeating: .infinity, count: columns), [Double](repeating: -.infinity, count: columns)
      )
      var (sums, squares) = ([Double](repeating: 1, count: columns), [Double](repeating: 2, count: columns))
      x.withUnsafeBufferPointer {
        moments(
          &low, &high, &sums, &squares, centres, $0.baseAddress! + 1, isWeighted ? counts : nil, rows, columns
        )
      }
      for j in 0..<columns {
        let rows = (0..<rows).filter { !isWeighted || counts[$0] > 0 }
        let column = rows.map { Double(x[$0 * columns + j + 1]) }
        let weights = rows.map { isWeighted ? counts[$0] : 1 }
        let sum = zip(column, weights).reduce(1) { $0 + $1.1 * ($1.0 - centres[j]) }
        let square = zip(column, weights).reduce(2) { $0 + $1.1 * ($1.0 - centres[j]) * ($1.0 - centres[j]) }
        #expect(low[j] == column.min() ?? .infinity && high[j] == column.max() ?? -.infinity)
        #expect(abs(sums[j] - sum) < 1e-12 * Double(rows.count + 1))
        #expect(abs(squares[j] - square) < 1e-12 * square)
      }
    }
  }

  @Test(arguments: [false, true]) func floats(_ isWeighted: Bool) {
    check(descent_moments_float, Float.self, isWeighted: isWeighted)
  }
  @Test(arguments: [false, true]) func doubles(_ isWeighted: Bool) {
    check(descent_moments_double, Double.self, isWeighted: isWeighted)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity]) func whatIsNotFiniteShows(_ bad: Float) {
    var x = [Float](repeating: 1, count: 90)
    x[61] = bad
    var (low, high, sums, squares) = ([0.0, 0, 0], [0.0, 0, 0], [0.0, 0, 0], [0.0, 0, 0])
    descent_moments_float(&low, &high, &sums, &squares, [0, 0, 0], x, nil, 30, 3)
    #expect(sums.map(\.isFinite) == [true, false, true])
  }
}

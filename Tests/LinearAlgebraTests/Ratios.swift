import LinearAlgebra

// Residual ratios as LAPACK's own tests take them: what is left, over what rounding may leave. Below 30 is right.
// Residuals are computed in about twice Double's precision, of matrices brought to ordinary size by a power of 2.
//
// Source: Anderson and others, LAPACK working note 41, and TESTING/LIN and TESTING/EIG of LAPACK.

/// The sizes in which LAPACK tests.
let sizes = [0, 1, 2, 3, 5, 10, 16, 50]

/// Half the distance from 1 to the next number, LAPACK's Epsilon.
func unit<Element: Scalar>(_: Element.Type) -> Double { Double(Element.ulpOfOne) / 2 }

/// How many bits shorter the subnormal numbers are on which routines are tested.
let lostBits = 8

/// `residual` in roundings of `scale`; 0 where nothing is left, infinite where nothing may be.
func ratio(_ residual: Double, over scale: Double, _ rounding: Double) -> Double {
  residual == 0 ? 0 : residual / (scale * rounding)
}

/// Σ a_i·b_i as if in twice Double's precision, rounded at its end.
///
/// Source: Ogita, Rump and Oishi, Accurate sum and dot product, doi:10.1137/030601818, algorithm Dot2.
struct CarefulSum {
  private var sum = 0.0
  private var error = 0.0

  init(_ start: Double = 0) { sum = start }

  mutating func add(_ a: Double, _ b: Double) {
    let product = a * b
    let rest = (-product).addingProduct(a, b)
    let next = sum + product
    let carried = next - sum
    error += (sum - (next - carried)) + (product - carried) + rest
    sum = next
  }

  var value: Double { sum + error }
}

extension Matrix {
  /// The same numbers times 2^exponent, exactly but for underflow.
  func exact(_ exponent: Int = 0) -> Matrix<Double> {
    Matrix<Double>(rows: rows, columns: columns, elements: elements.map { Double($0).scaled(exponent) })
  }
}

extension Matrix<Double> {
  /// The largest sum of magnitudes of a column.
  var norm: Double {
    var sums = [Double](repeating: 0, count: columns)
    for i in 0..<rows { for j in 0..<columns { sums[j] += abs(self[i, j]) } }
    return sums.contains(where: \.isNaN) ? .nan : sums.max() ?? 0
  }

  /// self − a·b, with care.
  func minus(_ a: Matrix, _ b: Matrix) -> Matrix {
    let (inner, columns, turned) = (a.columns, columns, b.transposed)
    var result = self
    a.elements.withUnsafeBufferPointer { a in
      turned.elements.withUnsafeBufferPointer { b in
        for i in 0..<rows {
          for j in 0..<columns {
            var sum = CarefulSum(self[i, j])
            for k in 0..<inner { sum.add(-a[i * inner + k], b[j * inner + k]) }
            result[i, j] = sum.value
          }
        }
      }
    }
    return result
  }

  /// self − a·diag(d)·b: each a_ij·d_j enters as its rounded value and the rounding error beside it.
  func minus(_ a: Matrix, diagonal d: [Double], _ b: Matrix) -> Matrix {
    var left = Matrix(rows: a.rows, columns: 2 * a.columns)
    for i in 0..<a.rows {
      for j in 0..<a.columns {
        let product = a[i, j] * d[j]
        left[i, j] = product
        left[i, a.columns + j] = (-product).addingProduct(a[i, j], d[j])
      }
    }
    return minus(left, Matrix(rows: 2 * b.rows, columns: b.columns, elements: Array(b.elements + b.elements)))
  }

  /// ‖I − selfᵀ·self‖ in roundings, each row's worth: how far the columns are from orthonormal.
  func orthogonality(_ rounding: Double) -> Double {
    ratio(Matrix.identity(columns).minus(transposed, self).norm, over: Double(max(rows, 1)), rounding)
  }
}

extension Matrix {
  /// Column j, as a matrix.
  func columnMatrix(_ j: Int) -> Matrix { Matrix(columns(j..<j + 1)) }

  /// The first n columns.
  func leading(_ n: Int) -> Matrix {
    Matrix(rows: rows, columns: n, elements: (0..<rows).flatMap { self[row: $0].prefix(n) })
  }

  /// The same numbers times 2^exponent.
  func scaled(_ exponent: Int) -> Matrix { map { Element(Double($0).scaled(exponent)) } }
}

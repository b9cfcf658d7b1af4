internal import LinearAlgebra

/// An orthonormal basis of the features in which their covariance, estimated from a sample, is diagonal.
///
/// A Newton system of a linear model couples classes through the rows' probabilities and features through
/// their covariance. Along the principal components the second coupling is gone, and most of the spectrum
/// lies in the first few.
struct PrincipalBasis<Element: Scalar> {
  /// Means of the features.
  let means: [Element]
  /// Row i is the i-th component, by falling variance; nil stands for the features themselves.
  let components: Matrix<Element>?
  /// Variances along the components.
  let variances: [Element]

  /// More features than this are left as they are: the eigenvalues' cost grows with their cube.
  static var mostFeatures: Int { 1536 }

  var features: Int { means.count }

  /// - Parameter sample: `[rows, features]`
  init(of sample: Matrix<Element>, pool: ThreadPool) {
    let (rows, features) = (sample.rows, sample.columns)
    var sums = [Element](repeating: 0, count: features)
    var span = sums.mutableSpan
    addColumnSums(sample.elements.span, columns: features, scale: 1 / Element(rows), to: &span)
    means = sums
    guard features <= Self.mostFeatures, let eigen = Self.eigen(of: sample, means: sums, pool: pool) else {
      components = nil
      variances = Self.variances(of: sample, means: sums)
      return
    }
    // LAPACK's values rise.
    components = eigen.vectors.rows(at: (0..<features).reversed())
    variances = eigen.values.reversed().map { max(0, $0) }
  }

  /// x − means in the basis, for each row of `[rows, features]`: the first `count` coordinates.
  func coordinates(_ rows: Matrix<Element>, first count: Int) -> Matrix<Element> {
    var centred = rows
    centred.withMutableElements { subtractFromRows(means.span, &$0) }
    guard let components else {
      require(count == 0, "\(count) coordinates of features that are not rotated")
      return Matrix(rows: rows.rows, columns: 0)
    }
    return centred.multiplied(by: components.rows(0..<count), .none, .transposed)
  }

  private static func eigen(
    of sample: Matrix<Element>, means: [Element], pool: ThreadPool
  ) -> SymmetricEigen<Element>? {
    let features = sample.columns
    // Parts of a fixed number, whatever the threads, so that the sum's bits stay the same.
    let parts = (0..<8).map { GramPart(sample.rows(sample.rows * $0 / 8..<sample.rows * ($0 + 1) / 8)) }
    pool.run(parts.count) { part, _ in parts[part].compute() }
    var gram = parts[0].gram
    gram.withMutableElements { total in
      for part in parts.dropFirst() { axpy(1, part.gram.elements.span, into: &total) }
      scale(&total, by: 1 / Element(sample.rows))
      ger(alpha: -1, means.span, means.span, into: &total)
    }
    for i in 0..<features { for j in 0..<i { gram[i, j] = gram[j, i] } }
    return try? SymmetricEigen(consume gram)
  }

  private static func variances(of sample: Matrix<Element>, means: [Element]) -> [Element] {
    var result = [Element](repeating: 0, count: sample.columns)
    for i in 0..<sample.rows {
      let row = sample[row: i]
      for (j, x) in row.enumerated() { result[j] += (x - means[j]) * (x - means[j]) / Element(sample.rows) }
    }
    return result
  }
}

/// The Gram matrix of some rows, its upper triangle. One thread at a time has it.
private final class GramPart<Element: Scalar>: @unchecked Sendable {
  let rows: Matrix<Element>
  private(set) var gram: Matrix<Element>

  init(_ rows: Matrix<Element>) {
    self.rows = rows
    gram = Matrix(rows: rows.columns, columns: rows.columns)
  }

  func compute() {
    let rows = rows
    gram.withMutableElements {
      syrk(.transposed, n: rows.columns, k: rows.rows, rows.elements.span, into: &$0)
    }
  }
}

/// Subtracts `row` from each row of a matrix.
@specialized(where Element == Float)
@specialized(where Element == Double)
func subtractFromRows<Element: Scalar>(_ row: Span<Element>, _ matrix: inout MutableSpan<Element>) {
  let (columns, count) = (row.count, matrix.count)
  guard columns > 0 else { return }
  for start in stride(from: 0, to: count, by: columns) {
    for j in 0..<columns { matrix[start + j] -= row[j] }
  }
}

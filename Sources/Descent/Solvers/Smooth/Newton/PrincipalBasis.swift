internal import LinearAlgebra

/// An orthonormal basis of the features in which their covariance, estimated from a sample, is diagonal.
///
/// A Newton system of a linear model couples classes through the rows' probabilities and features through
/// their covariance. Along the principal components the second coupling is gone, and most of the spectrum
/// lies in the first few.
struct PrincipalBasis<Element: KernelScalar> {
  /// Means of the features; 0 where there is no bias that could make up for them, and variances are mean squares.
  let means: [Element]
  /// Whether there is a bias.
  let isCentred: Bool
  /// Row i is the i-th component, by falling variance; nil stands for the features themselves.
  let components: Matrix<Element>?
  /// Variances along the components, or the features' where the components are the leading ones alone.
  let variances: [Element]
  /// Those along the leading components, where these are not all.
  let leading: [Element]?

  /// Of more features than this the leading components alone are found: the cost of all grows with the features' cube.
  static var mostFeatures: Int { 1536 }

  var features: Int { means.count }

  /// From a sample, the rows at `indices`.
  ///
  /// - Parameter ranks: those who ask for the same; nil where this process is alone.
  init(of indices: [Int], _ rows: ScaledRows, isCentred: Bool, pool: ThreadPool, among ranks: Ranks?) {
    let features = rows.features.columns
    self.isCentred = isCentred
    if features > Self.mostFeatures, case .sparse(let sparse) = rows {
      // All rows cost less than a sample that is written out.
      let moments = ColumnMoments.of(sparse)
      means = moments.means.map { isCentred ? Element($0) : 0 }
      (components, leading) = (nil, nil)
      variances = zip(moments.deviations, moments.means).map {
        Element($0 * $0 + (isCentred ? 0 : $1 * $1))
      }
      return
    }
    let moments = SampleMoments<Element>(
      of: indices, rows.features, withCovariance: features <= Self.mostFeatures, isCentred: isCentred,
      pool: pool, among: ranks)
    means = moments.means
    guard let covariance = moments.covariance, let eigen = try? SymmetricEigen(covariance) else {
      let few = LeadingComponents(of: indices, rows.features, means: moments.means)
      (components, leading) = (few?.components, few?.variances)
      variances = moments.variances
      return
    }
    leading = nil
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
}

/// Subtracts `row` from each row of a matrix.
@specialized(where Element == Float)
@specialized(where Element == Double)
func subtractFromRows<Element: KernelScalar>(_ row: Span<Element>, _ matrix: inout MutableSpan<Element>) {
  let (columns, count) = (row.count, matrix.count)
  guard columns > 0 else { return }
  for start in stride(from: 0, to: count, by: columns) {
    for j in 0..<columns { matrix[start + j] -= row[j] }
  }
}

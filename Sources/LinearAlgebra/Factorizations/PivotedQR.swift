/// The thin QR factorization A·P = Q·R of any matrix, its columns ordered so that the diagonal of R falls.
///
/// It shows the rank nearly as well as ``SVD``, for a fraction of the cost: A depends, but for the tolerance, on the
/// first ``rank`` columns of the order. The least squares solution uses these and leaves the others 0.
///
/// ```swift
/// let twins = try PivotedQR([[1, 2], [2, 4]] as Matrix<Double>)
/// twins.rank           // 1
/// twins.permutation    // 1, 0: the second column is the longer one
/// twins.solve([2, 4])  // 0, 1
/// ```
///
/// Source: LAPACK `geqp3` and `orgqr`, on a transposed copy; BLAS `gemm` and `trsm`.
public struct PivotedQR<Element: Scalar>: DeterminedFactorization {
  /// Q, `[rows, k]` with k = min(rows, columns): orthonormal columns.
  public let q: Matrix<Element>
  /// R, `[k, columns]`, zero below the diagonal, whose magnitudes fall.
  public let r: Matrix<Element>
  /// Column j of Q·R is column `permutation[j]` of A.
  public let permutation: [Int]
  /// How many numbers on the diagonal of R lie above `tolerance` times the first.
  public let rank: Int
  private let isReflected: Bool

  public var rows: Int { q.rows }
  public var columns: Int { r.columns }

  /// Factors `a`, `[rows, columns]`, in a copy.
  ///
  /// - Parameters:
  ///   - a: the matrix, `[rows, columns]`.
  ///   - tolerance: default 10·√max(rows, columns) roundings. The scale of columns matters.
  /// - Throws: ``FactorizationError/notFinite(row:column:)``, ``FactorizationError/tooLarge(routine:count:)``;
  ///   ``FactorizationError/overflow(routine:)`` where a column is longer than the largest number.
  /// - Complexity: 4·rows·columns² operations, half of them matrix times vector.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public init(_ a: Matrix<Element>, tolerance: Element? = nil) throws(FactorizationError) {
    let (m, n) = (a.rows, a.columns)
    let k = min(m, n)
    let tolerance = tolerance ?? .roundings(rows: m, columns: n)
    try FactorizationError.checkSize("geqp3", m, n, workspace: 64 * (Double(n) + 1))
    try a.checkFinite(.everywhere)
    var columnwise = a.transposed
    var (tau, pivots) = ([Element](repeating: 0, count: k), [Int32](repeating: 0, count: n))
    if k > 0 {
      prepareBLAS()
      let info = columnwise.withMutablePointer { a in
        pivots.withMutablePointer { pivots in
          tau.withMutablePointer { Element.geqp3(m, n, a, m, pivots, $0) }
        }
      }
      try FactorizationError.check(info, "geqp3") { .refused(routine: "geqp3", argument: $0) }
    }
    let r = columnwise.triangleOfColumns()
    for i in 0..<k where !r[i, i].isFinite { throw .overflow(routine: "geqp3") }
    let bound = k > 0 ? tolerance * abs(r[0, 0]) : 0
    self.r = r
    rank = (0..<k).firstIndex { !(abs(r[$0, $0]) > bound) } ?? k
    permutation = k > 0 ? pivots.map { Int($0) - 1 } : Array(0..<n)
    isReflected = LinearAlgebra.isReflected(tau)
    try columnwise.formColumnsOfQ(&tau)
    q = columnwise.rows(0..<k).transposed
  }

  /// Factors `a` with the default tolerance.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public init(_ a: consuming Matrix<Element>) throws(FactorizationError) { try self.init(a, tolerance: nil) }

  /// ‖R‖·‖R⁻¹‖ by sums of rows, estimated, of the first min(rows, columns) columns of R.
  public var condition: Element { Matrix(r.view.columns(0..<r.rows)).conditionOfTriangle() }

  /// That of a square matrix.
  public var logDeterminant: LogDeterminant {
    require(rows == columns, "the determinant of a matrix of \(rows) × \(columns), which is not square")
    return LogDeterminant(
      diagonal: (0..<columns).lazy.map { r[$0, $0] }, isNegative: isReflected != isOdd(permutation))
  }

  /// X with the least ‖A·X − B‖ in every column that ``rank`` columns of A allow, `[columns, k]`, for B of `[rows, k]`;
  /// the rows of X that belong to the others are 0.
  ///
  /// - Complexity: (2·rows·rank + rank²)·k operations.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func solve(_ b: Matrix<Element>) -> Matrix<Element> {
    require(b.rows == rows, "right-hand sides of \(b.rows) rows for a matrix of \(rows)")
    var x = Matrix<Element>(rows: columns, columns: b.columns)
    guard rank > 0 else { return x }
    var inner = q.view.columns(0..<rank).transposed * b.view
    let triangle = Matrix(r.block(rows: 0..<rank, columns: 0..<rank))
    var span = inner.elements.mutableSpan
    trsm(n: rank, rightHandSides: b.columns, triangle.elements.span, into: &span)
    for i in 0..<rank { x[row: permutation[i]] = inner[row: i] }
    return x
  }
}

/// Whether a permutation is made of an odd number of swaps.
private func isOdd(_ permutation: [Int]) -> Bool {
  var (seen, swaps) = ([Bool](repeating: false, count: permutation.count), 0)
  for start in permutation.indices where !seen[start] {
    var i = permutation[start]
    seen[start] = true
    while i != start {
      (seen[i], i, swaps) = (true, permutation[i], swaps + 1)
    }
  }
  return swaps % 2 == 1
}

// One-call answers, each by the factorization that suits it. Whoever asks twice of a matrix factors it once.

extension Matrix {
  /// X with A·X = B of a square matrix, `[columns, k]`; by ``LU``.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func solve(_ b: Matrix) throws(FactorizationError) -> Matrix { try LU(self).solve(b) }

  /// x with A·x = b of a square matrix; by ``LU``.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func solve(_ b: [Element]) throws(FactorizationError) -> [Element] { try LU(self).solve(b) }

  /// X with the least ‖A·X − B‖ in every column and, among those, the least norm, `[columns, k]`, whatever the rank; by
  /// ``PivotedQR`` where the columns are independent, else by ``SVD``.
  ///
  /// - Parameters:
  ///   - b: right-hand sides, `[rows, k]`.
  ///   - tolerance: of the share of the largest that counts as 0; default 10·√max(rows, columns) roundings.
  public func leastSquares(
    _ b: Matrix, tolerance: Element? = nil
  ) throws(FactorizationError) -> Matrix {
    let qr = try PivotedQR(self, tolerance: tolerance)
    return qr.rank == columns ? qr.solve(b) : try SVD(self, tolerance: tolerance).solve(b)
  }

  /// The same for one right-hand side.
  public func leastSquares(_ b: [Element], tolerance: Element? = nil) throws(FactorizationError) -> [Element]
  {
    Array(try leastSquares(Matrix(rows: b.count, columns: 1, elements: b), tolerance: tolerance).elements)
  }

  /// A⁻¹ of a square matrix; by ``LU``.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func inverse() throws(FactorizationError) -> Matrix { try LU(self).inverse() }

  /// The Moore-Penrose inverse, `[columns, rows]`; by ``SVD``.
  public func pseudoinverse(tolerance: Element? = nil) throws(FactorizationError) -> Matrix {
    try SVD(self, tolerance: tolerance).pseudoinverse
  }

  /// The determinant of a square matrix, 0 of a singular one; by ``LU``.
  public func determinant() throws(FactorizationError) -> Element { try logDeterminant().value() }

  /// The determinant's sign and the logarithm of its magnitude, −∞ for a singular matrix; by ``LU``.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func logDeterminant() throws(FactorizationError) -> LogDeterminant {
    do throws(FactorizationError) { return try LU(self).logDeterminant } catch {
      guard case .singular = error else { throw error }
      return .singular
    }
  }

  /// The singular values alone, min(rows, columns) of them, the largest first.
  ///
  /// - Complexity: about 8/3·m·n² operations for m ≥ n; LAPACK `gesdd`.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func singularValues() throws(FactorizationError) -> [Element] {
    let (m, n, k) = (rows, columns, min(rows, columns))
    try FactorizationError.checkSize("gesdd", m, n, workspace: 7 * Double(k) + 128 * Double(max(m, n)))
    try checkFinite(.everywhere)
    var (copy, values) = (self, [Element](repeating: 0, count: k))
    guard k > 0 else { return values }
    prepareBLAS()
    let info = copy.withMutablePointer { a in
      values.withMutablePointer { Element.gesdd(.noVectors, n, m, a, n, $0, nil, n, nil, k) }
    }
    try FactorizationError.check(info, "gesdd") { .notConverged(routine: "gesdd", remaining: $0) }
    guard values[0].isFinite else { throw .overflow(routine: "gesdd") }
    return values
  }

  /// The largest singular value over the smallest; infinite for a singular matrix, 1 for an empty one.
  public func condition() throws(FactorizationError) -> Element {
    let values = try singularValues()
    guard let largest = values.first, let smallest = values.last else { return 1 }
    return smallest > 0 ? largest / smallest : .infinity
  }

  /// How many singular values lie above `tolerance` times the largest; default 10·√max(rows, columns) roundings.
  public func rank(tolerance: Element? = nil) throws(FactorizationError) -> Int {
    let values = try singularValues()
    let bound = (tolerance ?? .roundings(rows: rows, columns: columns)) * (values.first ?? 0)
    return values.count { $0 > bound }
  }
}

/// The LU factorization of a square matrix, with pivoting: the solution of A·x = b, the determinant, the inverse.
///
/// ```swift
/// var factor = try LU([[0, 2], [3, 4]] as Matrix<Double>)
/// let x = factor.solve([2, 7])  // 1, 1
/// factor.determinant            // −6
/// ```
///
/// What is stored is the LU of Aᵀ, which is how LAPACK reads our memory: columns of A are interchanged where textbooks
/// interchange rows. A matrix whose numbers are far from 1 is brought there by a power of 2 first, which rounds
/// nothing; a pivot so small that its inverse is no number counts as 0.
///
/// In a loop over small systems ``refactor(_:)`` and ``solve(into:rightHandSides:)`` allocate nothing.
///
/// Source: LAPACK `getrf`, `gecon`, `getri`, `gerfs`; BLAS `trsm`. Up to order 8, where a call costs more than the
/// work, the same algorithm in Swift.
public struct LU<Element: Scalar>: DeterminedFactorization {
  /// L below the diagonal and U on and above it, column after column, with P·L·U = Aᵀ·2^exponent.
  private(set) var packed: Matrix<Element>
  /// Row i was interchanged with row pivots[i], counted from 1.
  private(set) var pivots: [Int32]
  private(set) var exponent = 0
  /// ‖A·2^exponent‖ by sums of rows.
  private var norm: Element = 0

  /// The size of A, which is `[order, order]`.
  public var order: Int { packed.rows }
  public var rows: Int { order }
  public var columns: Int { order }
  /// The order: a matrix that LU factors has no row that depends on others exactly; how nearly one does,
  /// ``condition`` says.
  public var rank: Int { order }

  /// Factors `a`, `[order, order]`, in its memory where the caller gives it up, else in a copy.
  ///
  /// - Throws: ``FactorizationError/singular(row:order:)``, ``FactorizationError/notFinite(row:column:)``,
  ///   ``FactorizationError/tooLarge(routine:count:)``.
  /// - Complexity: 2/3·order³ operations.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public init(_ a: consuming Matrix<Element>) throws(FactorizationError) {
    require(a.rows == a.columns, "LU of a matrix of \(a.rows) × \(a.columns), which is not square")
    try FactorizationError.checkSize("getrf", a.rows, a.columns)
    pivots = [Int32](repeating: 0, count: a.rows)
    packed = consume a
    try factor()
  }

  /// Factors `a`, of the same order, in the place of the matrix before. Allocates nothing.
  ///
  /// - Throws: as the initializer does; solutions are NaN from then on, until it is factored anew.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public mutating func refactor(_ a: Matrix<Element>) throws(FactorizationError) {
    require(
      (a.rows, a.columns) == (order, order), "refactoring \(order) × \(order) by \(a.rows) × \(a.columns)")
    packed.copy(a)
    do throws(FactorizationError) { try factor() } catch {
      packed.fill(.nan)
      throw error
    }
  }

  private mutating func factor() throws(FactorizationError) {
    let n = order
    (exponent, norm) = try packed.bringToOrdinarySize()
    guard n > 0 else { return }
    if n <= SmallLU.largest {
      packed.withMutablePointer { a in pivots.withMutablePointer { SmallLU.factor(n, a, $0) } }
    } else {
      prepareBLAS()
      let info = packed.withMutablePointer { a in
        pivots.withMutablePointer { Element.getrf(n, n, a, n, $0) }
      }
      try FactorizationError.check(info, "getrf") { .singular(row: $0 - 1, order: n) }
    }
    // OpenBLAS leaves a subnormal pivot's column as it is, and says nothing.
    let span = packed.elements.span
    for i in 0..<n where !(abs(span[i * n + i]) >= .leastNormalMagnitude) {
      throw .singular(row: i, order: n)
    }
  }

  /// X with A·X = B, `[order, k]`, for B of `[order, k]`.
  ///
  /// - Complexity: 2·order²·k operations.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func solve(_ b: Matrix<Element>) -> Matrix<Element> {
    require(b.rows == order, "right-hand sides of \(b.rows) rows for a matrix of order \(order)")
    var x = b
    var span = x.elements.mutableSpan
    solve(into: &span, rightHandSides: b.columns)
    return x
  }

  /// b ← A⁻¹·b, where b is `[order, rightHandSides]`. Allocates nothing.
  ///
  /// - Complexity: 2·order²·rightHandSides operations.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func solve(into b: inout MutableSpan<Element>, rightHandSides k: Int = 1) {
    let n = order
    require(
      b.count == n * k, "a right-hand side of \(b.count) elements, \(n) × \(k) needs \(n * k)")
    guard n > 0, k > 0 else { return }
    // Half of the exponent before and half after: b and x may lie as far from 1 as A.
    b.multiply(byPowerOf2: exponent / 2)
    if n <= SmallLU.largest, k == 1 {
      packed.elements.span.withPointer { a in b.withMutablePointer { SmallLU.solve(n, a, $0) } }
    } else {
      trsm(.none, .lower, n: n, rightHandSides: k, packed.elements.span, into: &b)
      trsm(.none, .upper, isUnit: true, n: n, rightHandSides: k, packed.elements.span, into: &b)
    }
    for i in stride(from: n - 1, through: 0, by: -1) where Int(pivots[i]) != i + 1 {
      let other = Int(pivots[i]) - 1
      for j in 0..<k { b.swapAt(i * k + j, other * k + j) }
    }
    b.multiply(byPowerOf2: exponent - exponent / 2)
  }

  /// ‖A‖·‖A⁻¹‖ by sums of rows, estimated: rarely less than a third of it, and never more.
  public var condition: Element {
    guard order > 0 else { return 1 }
    var (copy, reciprocal) = (packed, Element(0))
    prepareBLAS()
    _ = copy.withMutablePointer { Element.gecon(order, $0, order, norm, &reciprocal) }
    return 1 / reciprocal
  }

  public var logDeterminant: LogDeterminant {
    let swaps = pivots.indices.count { Int(pivots[$0]) != $0 + 1 }
    return LogDeterminant(
      diagonal: (0..<order).lazy.map { packed[$0, $0] }, exponent: -exponent * order,
      isNegative: swaps % 2 == 1)
  }

  /// A⁻¹, `[order, order]`. To solve, ``solve(_:)`` is cheaper and closer.
  ///
  /// - Throws: ``FactorizationError/overflow(routine:)`` where it has numbers beyond the largest.
  /// - Complexity: 4/3·order³ operations.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func inverse() throws(FactorizationError) -> Matrix<Element> {
    guard order > 0 else { return packed }
    var (result, pivots) = (packed, pivots)
    prepareBLAS()
    let info = result.withMutablePointer { a in
      pivots.withMutablePointer { Element.getri(order, a, order, $0) }
    }
    try FactorizationError.check(info, "getri") { .singular(row: $0 - 1, order: order) }
    var span = result.elements.mutableSpan
    span.multiply(byPowerOf2: exponent)
    for i in span.indices where !span[i].isFinite { throw .overflow(routine: "getri") }
    return result
  }
}

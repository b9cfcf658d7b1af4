infix operator .* : MultiplicationPrecedence

// Sums, multiples and products of numbers in the same place, of matrices of the same shape. The forms with `=` and the
// functions that begin with a verb write into the memory of the matrix and allocate nothing.

extension Matrix {
  /// a_ij + b_ij, in new memory. Traps where the shapes differ.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public static func + (a: Matrix, b: Matrix) -> Matrix {
    var sum = a
    sum += b
    return sum
  }

  /// a_ij − b_ij, in new memory. Traps where the shapes differ.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public static func - (a: Matrix, b: Matrix) -> Matrix {
    var difference = a
    difference -= b
    return difference
  }

  /// −a_ij, in new memory: each number's sign is changed, that of 0 too.
  public static prefix func - (a: Matrix) -> Matrix { a.map { -$0 } }

  /// a_ij·factor, in new memory. By 0 every number becomes 0, even NaN.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public static func * (a: Matrix, factor: Element) -> Matrix {
    var multiple = a
    multiple *= factor
    return multiple
  }

  /// factor·a_ij, in new memory. By 0 every number becomes 0, even NaN.
  public static func * (factor: Element, a: Matrix) -> Matrix { a * factor }

  /// a_ij/divisor, in new memory: each divided, and so rounded once. By 0 they become infinite or NaN.
  public static func / (a: Matrix, divisor: Element) -> Matrix { a.map { $0 / divisor } }

  /// a_ij·b_ij, not the matrix product.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public static func .* (a: Matrix, b: Matrix) -> Matrix {
    var product = a
    product.combine(b) { $0 * $1 }
    return product
  }

  /// a_ij ← a_ij + b_ij; BLAS `axpy`. Traps where the shapes differ.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public static func += (a: inout Matrix, b: Matrix) { a.add(b) }

  /// a_ij ← a_ij − b_ij; BLAS `axpy`. Traps where the shapes differ.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public static func -= (a: inout Matrix, b: Matrix) { a.add(b, times: -1) }

  /// By 0 every number becomes 0, even NaN.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public static func *= (a: inout Matrix, factor: Element) {
    var span = a.elements.mutableSpan
    scale(&span, by: factor)
  }

  /// self ← self + factor·b. By 0, b is not read.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public mutating func add(_ b: Matrix, times factor: Element = 1) {
    checkShape(b, "adding")
    var span = elements.mutableSpan
    axpy(factor, b.elements.span, into: &span)
  }

  /// Writes `transform` of each number and the one in the same place of b over it.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public mutating func combine(_ b: Matrix, _ transform: (Element, Element) -> Element) {
    checkShape(b, "combining")
    let other = b.elements.span
    var span = elements.mutableSpan
    for i in span.indices { span[i] = transform(span[i], other[i]) }
  }

  /// Writes `transform` of each number over it.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public mutating func apply(_ transform: (Element) -> Element) {
    var span = elements.mutableSpan
    for i in span.indices { span[i] = transform(span[i]) }
  }

  /// `transform` of each number.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func map(_ transform: (Element) -> Element) -> Matrix {
    var result = self
    result.apply(transform)
    return result
  }

  /// Overwrites every number by those of b.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public mutating func copy(_ b: Matrix) {
    checkShape(b, "copying")
    var span = elements.mutableSpan
    span.withUnsafeMutableBufferPointer { target in
      b.elements.withUnsafeBufferPointer { _ = target.update(fromContentsOf: $0) }
    }
  }

  /// Overwrites every number by `value`.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public mutating func fill(_ value: Element) {
    var span = elements.mutableSpan
    span.update(repeating: value)
  }

  private func checkShape(_ b: Matrix, _ doing: String) {
    require(
      (b.rows, b.columns) == (rows, columns),
      "\(doing) a matrix of \(b.rows) × \(b.columns) to one of \(rows) × \(columns)")
  }
}

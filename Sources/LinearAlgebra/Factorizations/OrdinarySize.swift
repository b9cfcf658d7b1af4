extension Matrix {
  /// Multiplies by a power of 2 so that no pivot leaves the range of numbers which its neighbours allow.
  ///
  /// - Returns: the exponent, 0 for a matrix that is of ordinary size already, and the largest sum of a row's magnitudes.
  /// - Throws: ``FactorizationError/notFinite(row:column:)``.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func bringToOrdinarySize() throws(FactorizationError) -> (exponent: Int, norm: Element) {
    var (largest, norm) = measure()
    // NaN and infinity reach the sums; so does an overflow of them, which is none of the matrix.
    if !norm.isFinite { try checkFinite(.everywhere) }
    let ordinary = Element.greatestFiniteMagnitude.exponent / 4
    guard largest > 0, abs(largest.exponent) > ordinary else { return (0, norm) }
    let exponent = -Int(largest.exponent)
    var span = elements.mutableSpan
    span.multiply(byPowerOf2: exponent)
    (largest, norm) = measure()
    return (exponent, norm)
  }

  /// Of long rows by BLAS, which adds several numbers at a time.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  private func measure() -> (largest: Element, norm: Element) {
    let (rows, columns) = (rows, columns)
    guard rows > 0, columns > 0 else { return (0, 0) }
    prepareBLAS()
    return elements.span.withPointer { a in
      var (largest, norm): (Element, Element) = (0, 0)
      for i in 0..<rows {
        let row = a + i * columns
        var sum: Element = 0
        if columns < 16 {
          for j in 0..<columns {
            let magnitude = abs(row[j])
            sum += magnitude
            if magnitude > largest { largest = magnitude }
          }
        } else {
          sum = Element.asum(columns, row)
        }
        if !(sum <= norm), !norm.isNaN { norm = sum }
      }
      if columns >= 16 { largest = abs(a[Element.iamax(rows * columns, a)]) }
      return (largest, norm)
    }
  }
}

extension MutableSpan where Element: Scalar {
  /// Exactly, but for what underflows.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func multiply(byPowerOf2 exponent: Int) {
    guard exponent != 0 else { return }
    // Two steps: 2^exponent itself may be out of range.
    let half = Element(sign: .plus, exponent: Element.Exponent(exponent / 2), significand: 1)
    let rest = Element(sign: .plus, exponent: Element.Exponent(exponent - exponent / 2), significand: 1)
    for i in indices { self[i] = self[i] * half * rest }
  }
}

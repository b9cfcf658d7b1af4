internal import LinearAlgebra

/// Multiplies row i of a matrix by `factor * weights[i]`.
@specialized(where Element == Float)
@specialized(where Element == Double)
func scaleRows<Element: KernelScalar>(
  _ matrix: inout MutableSpan<Element>, by weights: Span<Element>, factor: Element
) {
  let columns = weights.count == 0 ? 0 : matrix.count / weights.count
  for i in 0..<weights.count {
    let weight = factor * weights[i]
    for j in i * columns..<(i + 1) * columns { matrix[j] *= weight }
  }
}

/// The same of another matrix's rows.
@specialized(where Element == Float)
@specialized(where Element == Double)
func setRows<Element: KernelScalar>(
  _ matrix: inout MutableSpan<Element>, to rows: Span<Element>, times weights: Span<Element>, factor: Element
) {
  let columns = weights.count == 0 ? 0 : rows.count / weights.count
  for i in 0..<weights.count {
    let weight = factor * weights[i]
    for j in i * columns..<(i + 1) * columns { matrix[j] = rows[j] * weight }
  }
}

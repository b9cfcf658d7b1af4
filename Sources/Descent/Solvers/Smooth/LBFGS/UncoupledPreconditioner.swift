internal import LinearAlgebra

/// An approximate inverse of a linear model's Hessian that takes all classes for alike and uncoupled: along the
/// principal components of the features 1/(κ·variance + l2), for the biases 1/κ.
struct UncoupledPreconditioner<Element: KernelScalar> {
  let basis: PrincipalBasis<Element>
  let classes: Int
  let l2: Element
  /// κ: the mean of the loss's second derivative by a score.
  let curvature: Element

  /// An approximation of H⁻¹·gradient; both are parameter vectors of a ``LinearModel``.
  func callAsFunction(_ gradient: [Element]) -> [Element] {
    let features = basis.features
    let curvature = max(self.curvature, .leastNormalMagnitude)
    let biases = Array(gradient[(classes * features)...])
    var w = Matrix(rows: classes, columns: features, elements: gradient[..<(classes * features)])
    w.withMutableElements { ger(alpha: -1, biases.span, basis.means.span, into: &$0) }
    // Leading components alone are for others: all classes alike have the features' variances.
    let components = basis.leading == nil ? basis.components : nil
    if let components { w = w.multiplied(by: components, .none, .transposed) }
    // Directions without variance or penalty stay as they are.
    let floor = max(curvature * (basis.variances.max() ?? 0) * Element.ulpOfOne, .leastNormalMagnitude)
    let factors = basis.variances.map { 1 / max(curvature * $0 + l2, floor) }
    w.withMutableElements { multiplyRows(&$0, by: factors.span) }
    if let components { w = w.multiplied(by: components) }
    let shifts = w.multiplied(by: basis.means)
    return Array(w.elements) + (0..<classes).map { biases[$0] / curvature - shifts[$0] }
  }
}

/// Multiplies each row of a matrix by `row`, element by element.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func multiplyRows<Element: KernelScalar>(_ matrix: inout MutableSpan<Element>, by row: Span<Element>)
{
  let (columns, count) = (row.count, matrix.count)
  guard columns > 0 else { return }
  for start in stride(from: 0, to: count, by: columns) {
    for j in 0..<columns { matrix[start + j] *= row[j] }
  }
}

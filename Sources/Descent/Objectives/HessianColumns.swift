internal import LinearAlgebra

/// Column b of each row's Hessian by the scores, `[rows, classes]`: its product with the b-th unit vector.
///
/// - Parameter slopes: the gradient at the rows' scores, `[rows, classes]`.
@specialized(where Element == Float)
@specialized(where Element == Double)
func hessianColumn<Element: KernelScalar>(_ b: Int, of rowLoss: RowLoss, slopes: [Element]) -> [Element] {
  var v = [Element](repeating: 0, count: slopes.count)
  for i in stride(from: b, to: v.count, by: rowLoss.columns) { v[i] = 1 }
  var span = v.mutableSpan
  rowLoss.multiplyHessian(0..<rowLoss.rows, &span, slopes: slopes.span)
  return v
}

/// All of them.
func hessianColumns<Element: KernelScalar>(of rowLoss: RowLoss, slopes: [Element]) -> [[Element]] {
  (0..<rowLoss.columns).map { hessianColumn($0, of: rowLoss, slopes: slopes) }
}

internal import LinearAlgebra

extension CurvedLoss {
  /// Column b of each row's Hessian by the scores, `[rows, classes]`: its product with the b-th unit vector.
  ///
  /// - Parameter slopes: the gradient at the rows' scores, `[rows, classes]`.
  func hessianColumn<Element: KernelScalar>(
    _ b: Int, slopes: [Element], classes: Int, targets: Targets
  ) -> [Element] {
    var v = [Element](repeating: 0, count: slopes.count)
    for i in stride(from: b, to: v.count, by: classes) { v[i] = 1 }
    var span = v.mutableSpan
    multiplyHessian(&span, slopes: slopes.span, columns: classes, targets: targets)
    return v
  }

  func hessianColumns<Element: KernelScalar>(
    slopes: [Element], classes: Int, targets: Targets
  ) -> [[Element]] {
    (0..<classes).map { hessianColumn($0, slopes: slopes, classes: classes, targets: targets) }
  }
}

extension RowBuffer {
  /// Copies of some rows, one after the other.
  func gathered(at rows: some Collection<Int>) -> [Element] {
    var result: [Element] = []
    result.reserveCapacity(rows.count * columns)
    for row in rows { read(row..<row + 1) { for j in 0..<$0.count { result.append($0[j]) } } }
    return result
  }
}

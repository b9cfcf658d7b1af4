internal import LinearAlgebra

extension CentredRows {
  /// Some columns of the rows in `range`, as ``read(_:into:)`` gives them, list by list: `update` gives the place of each
  /// list's, `[range.count, columns]`.
  func pick(
    _ lists: [[Int]], of range: Range<Int>,
    _ update: (Int, (inout MutableSpan<Work>) -> Void) -> Void
  ) {
    func pick(_ x: Span<Work>) {
      for (i, list) in lists.enumerated() {
        let (shifts, factors) = (list.map { self.shifts[$0] }, list.map { self.factors[$0] })
        update(i) { panel in
          pickColumns(x, columns, list, shifts.span, factors.span, into: &panel)
          guard let roots else { return }
          let weights = roots[range].map { Work($0) }
          scaleRows(&panel, by: weights.span, factor: 1)
        }
      }
    }
    if let stored = features.stored(range, as: Work.self) { return pick(stored.span) }
    var buffer = [Work](repeating: 0, count: range.count * columns)
    var span = buffer.mutableSpan
    features.read(range, into: &span)
    pick(buffer.span)
  }
}

/// (x − shift)·factor of some columns of a matrix of `width` columns.
@specialized(where Work == Float)
@specialized(where Work == Double)
private func pickColumns<Work: KernelScalar>(
  _ x: Span<Work>, _ width: Int, _ columns: [Int], _ shifts: Span<Work>, _ factors: Span<Work>,
  into panel: inout MutableSpan<Work>
) {
  require(width > 0 && panel.count == x.count / width * columns.count, "a panel of \(panel.count)")
  panel.withUnsafeMutableBufferPointer { panel in
    x.withUnsafeBufferPointer { x in
      columns.withUnsafeBufferPointer { columns in
        shifts.withUnsafeBufferPointer { shifts in
          factors.withUnsafeBufferPointer { factors in
            var next = 0
            for start in stride(from: 0, to: x.count, by: width) {
              for j in 0..<columns.count {
                panel[next] = (x[start + columns[j]] - shifts[j]) * factors[j]
                next += 1
              }
            }
          }
        }
      }
    }
  }
}

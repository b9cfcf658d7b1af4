internal import DescentKernels
internal import LinearAlgebra

// Products of a few sparse rows with weights as they lie, `[outputs, columns]`: class by class, so that one row of W
// at a time is near. Passes over all rows go by `SparseProducts` instead.

extension FeatureBlock {
  init(_ rows: SparseRows<Element>) {
    self.init(rows: rows.rows, columns: rows.columns, .sparse(rows), next: nil)
  }
}

extension SparseRows {
  /// scores ← X·Wᵀ + 1·bᵀ, `[rows, outputs]`. 2·nonzeros·outputs operations.
  func multiply(
    weights: Span<Element>, biases: Span<Element>, outputs: Int, into scores: inout MutableSpan<Element>
  ) {
    let (rows, columns) = (rows, columns)
    withRawPointers(weights, biases, &scores) { w, b, s in
      withPointers { from, j, x in
        if Element.self == Float.self {
          descent_sparse_rows_scores_float(
            s.of(Float.self), from, j, x.of(Float.self), w.of(Float.self), b.of(Float.self), rows, columns,
            outputs)
        } else {
          descent_sparse_rows_scores_double(
            s.of(Double.self), from, j, x.of(Double.self), w.of(Double.self), b.of(Double.self), rows,
            columns, outputs)
        }
      }
    }
  }

  /// gradient ← gradient + scale · Sᵀ·X, `[outputs, columns]`. 2·nonzeros·outputs operations.
  func addTransposedProduct(
    _ slopes: Span<Element>, outputs: Int, scale: Element, to gradient: inout MutableSpan<Element>
  ) {
    let (rows, columns) = (rows, columns)
    withRawPointers(slopes, slopes, &gradient) { s, _, g in
      withPointers { from, j, x in
        if Element.self == Float.self {
          descent_sparse_rows_gradient_float(
            g.of(Float.self), from, j, x.of(Float.self), s.of(Float.self), Double(scale), rows, columns,
            outputs)
        } else {
          descent_sparse_rows_gradient_double(
            g.of(Double.self), from, j, x.of(Double.self), s.of(Double.self), Double(scale), rows, columns,
            outputs)
        }
      }
    }
  }

  /// Calls `body` with where the rows' starts, their indices and their values lie; not at all where there are none.
  private func withPointers(
    _ body: (UnsafePointer<Int>, UnsafePointer<Int32>, UnsafeRawPointer) -> Void
  ) {
    starts.withUnsafeBufferPointer { starts in
      indices.withUnsafeBufferPointer { indices in
        values.withUnsafeBytes { values in
          guard let from = starts.baseAddress, let j = indices.baseAddress, let x = values.baseAddress else {
            return
          }
          body(from, j, x)
        }
      }
    }
  }
}

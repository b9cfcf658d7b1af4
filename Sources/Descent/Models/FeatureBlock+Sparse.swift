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
    withPointers(weights, biases, &scores) { w, b, s in
      withStarts { starts, indices, x in
        Element.sparseRowsScores(
          s, starts: starts, indices: indices, values: x, weights: w, biases: b, rows: rows,
          features: columns,
          classes: outputs)
      }
    }
  }

  /// gradient ← gradient + scale · Sᵀ·X, `[outputs, columns]`. 2·nonzeros·outputs operations.
  func addTransposedProduct(
    _ slopes: Span<Element>, outputs: Int, scale: Element, to gradient: inout MutableSpan<Element>
  ) {
    let (rows, columns) = (rows, columns)
    withPointers(slopes, slopes, &gradient) { s, _, g in
      withStarts { starts, indices, x in
        Element.addSparseRowsGradient(
          g, starts: starts, indices: indices, values: x, slopes: s, scale: Double(scale), rows: rows,
          features: columns, classes: outputs)
      }
    }
  }

  /// Calls `body` with where the rows' starts, their indices and their values lie; not at all where there are none.
  private func withStarts(
    _ body: (UnsafePointer<Int>, UnsafePointer<Int32>, UnsafePointer<Element>) -> Void
  ) {
    starts.withUnsafeBufferPointer { starts in
      indices.withUnsafeBufferPointer { indices in
        values.withUnsafeBufferPointer { values in
          guard let from = starts.baseAddress, let j = indices.baseAddress, let x = values.baseAddress else {
            return
          }
          body(from, j, x)
        }
      }
    }
  }
}

internal import DescentKernels
internal import LinearAlgebra

// Products of sparse rows with weights as they lie, `[outputs, columns]`: class by class, so that one row of W at a time is near.
// Passes of many classes over all rows go by `SparseProducts` instead.

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
    withPointers(weights, biases, &scores) { w, b, s in
      storage.withStarts { starts, indices in
        Element.sparseRowsScores(
          s, starts: starts + range.lowerBound, indices: indices, values: storage.values, weights: w,
          biases: b, rows: rows, features: columns, classes: outputs)
      }
    }
  }

  /// gradient ← gradient + Sᵀ·X, `[outputs, columns]`. 2·nonzeros·outputs operations.
  func addTransposedProduct(
    _ slopes: Span<Element>, outputs: Int, to gradient: inout MutableSpan<Element>
  ) {
    withPointers(slopes, slopes, &gradient) { s, _, g in
      storage.withStarts { starts, indices in
        Element.addSparseRowsGradient(
          g, starts: starts + range.lowerBound, indices: indices, values: storage.values, slopes: s,
          rows: rows, features: columns, classes: outputs)
      }
    }
  }
}

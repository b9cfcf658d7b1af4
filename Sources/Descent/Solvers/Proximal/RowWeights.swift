internal import LinearAlgebra

/// ∂²ℓ/∂s_a∂s_b of the rows where it is not 0.
///
/// Where few of them are, as of the hinge, whose margins are mostly not free, the others are left out of the
/// products.
struct RowWeights<Element: KernelScalar>: Sendable {
  private let indices: [Int32]
  private let weights: [Element]
  /// Whether no row is left out.
  let isOfAll: Bool

  var count: Int { weights.count }

  /// Column `column` of a matrix `[rows, width]`; nil where it is all zero.
  init?(column: Int, of matrix: [Element], width: Int, rows: Int) {
    let all = strided(matrix, from: column, by: width, count: rows)
    let used = all.reduce(into: 0) { $0 += $1 != 0 ? 1 : 0 }
    guard used > 0 else { return nil }
    isOfAll = 4 * used > 3 * rows
    if isOfAll {
      (indices, weights) = ([], all)
      return
    }
    let kept = all.indices.filter { all[$0] != 0 }
    indices = kept.map { Int32($0) }
    weights = kept.map { all[$0] }
  }

  /// Columns `range` of these rows of a matrix of `width` columns, each row times its weight; `out` may be longer.
  func times(_ x: Span<Element>, width: Int, _ range: Range<Int>, into out: inout [Element]) {
    copyRows(x, width, range, isOfAll ? nil : indices, weights, count: count, into: &out)
  }

  /// These rows of a matrix of `width` columns.
  func rows(of x: Span<Element>, width: Int, into out: inout [Element]) {
    copyRows(x, width, 0..<width, indices, nil, count: count, into: &out)
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func strided<Element: KernelScalar>(_ x: [Element], from start: Int, by stride: Int, count: Int)
  -> [Element]
{
  [Element](unsafeUninitializedCapacity: count) { out, initialised in
    x.withUnsafeBufferPointer { x in for i in 0..<count { out[i] = x[start + i * stride] } }
    initialised = count
  }
}

/// Columns `range` of the rows at `indices`, all where that is nil; row i times weights[i].
@specialized(where Element == Float)
@specialized(where Element == Double)
private func copyRows<Element: KernelScalar>(
  _ x: Span<Element>, _ width: Int, _ range: Range<Int>, _ indices: [Int32]?, _ weights: [Element]?,
  count: Int, into out: inout [Element]
) {
  let columns = range.count
  if out.count < count * columns { out = Array(repeating: 0, count: count * columns) }
  x.withUnsafeBufferPointer { x in
    out.withUnsafeMutableBufferPointer { out in
      for i in 0..<count {
        let row = indices.map { Int($0[i]) } ?? i
        let (from, to) = (row * width + range.lowerBound, i * columns)
        if let weight = weights?[i] {
          for j in 0..<columns { out[to + j] = weight * x[from + j] }
        } else {
          for j in 0..<columns { out[to + j] = x[from + j] }
        }
      }
    }
  }
}

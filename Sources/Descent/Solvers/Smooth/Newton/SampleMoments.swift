internal import LinearAlgebra

/// Means and covariance of the features over a sample of rows; not centred, means of 0 and the mean products.
///
/// The rows are gathered a block at a time and never all held. They are summed up in parts of a fixed number, whatever the
/// threads, so that the bits stay the same.
struct SampleMoments<Element: KernelScalar> {
  /// `[features]`
  let means: [Element]
  /// `[features, features]`, where it was asked for.
  let covariance: Matrix<Element>?
  /// `[features]`
  let variances: [Element]

  /// A Gram matrix each.
  private static var parts: Int { 4 }

  /// 2·rows·features² operations with a covariance, 4·rows·features without.
  init(
    of indices: [Int], _ features: any FeatureStorage, withCovariance: Bool, isCentred: Bool, pool: ThreadPool
  ) {
    let count = indices.count
    let parts = (0..<Self.parts).map { part in
      MomentPart<Element>(
        Array(indices[count * part / Self.parts..<count * (part + 1) / Self.parts]), features.columns,
        withGram: withCovariance)
    }
    pool.run(parts.count) { part, _ in parts[part].compute(features) }
    let n = Double(max(1, count))
    let sums = Self.sum(parts.map(\.sums))
    let exact = sums.map { isCentred ? $0 / n : 0 }
    means = exact.map { Element($0) }
    guard withCovariance else {
      covariance = nil
      variances = zip(exact, Self.sum(parts.map(\.squares))).map { Element(max(0, $1 / n - $0 * $0)) }
      return
    }
    var total = parts[0].gram
    let (means, width) = (self.means, features.columns)
    total.withMutableElements { total in
      for part in parts.dropFirst() { axpy(1, part.gram.elements.span, into: &total) }
      scale(&total, by: Element(1 / n))
      ger(alpha: -1, means.span, means.span, into: &total)
    }
    for i in 0..<width { for j in 0..<i { total[i, j] = total[j, i] } }
    variances = (0..<width).map { total[$0, $0] }
    covariance = consume total
  }

  private static func sum(_ parts: [[Double]]) -> [Double] {
    parts.dropFirst().reduce(parts[0]) { zip($0, $1).map { $0 + $1 } }
  }
}

/// Some of the rows. One thread at a time has it.
private final class MomentPart<Element: KernelScalar>: @unchecked Sendable {
  private let indices: [Int]
  private(set) var sums: [Double]
  private(set) var squares: [Double]
  /// The upper triangle of Σ x·xᵀ.
  private(set) var gram: Matrix<Element>

  init(_ indices: [Int], _ columns: Int, withGram: Bool) {
    self.indices = indices
    (sums, squares) = (Array(repeating: 0, count: columns), Array(repeating: 0, count: columns))
    gram = Matrix(rows: withGram ? columns : 0, columns: withGram ? columns : 0)
  }

  func compute(_ features: any FeatureStorage) {
    let columns = features.columns
    guard columns > 0 else { return }
    for start in stride(from: 0, to: indices.count, by: 256) {
      let some = Array(indices[start..<min(start + 256, indices.count)])
      var rows = Matrix<Element>(rows: some.count, columns: columns)
      rows.withMutableElements { features.gather(some.span, into: &$0) }
      addMoments(rows.elements.span, &sums, &squares)
      guard gram.rows > 0 else { continue }
      gram.withMutableElements {
        syrk(.transposed, n: columns, k: some.count, rows.elements.span, beta: 1, into: &$0)
      }
    }
  }
}

/// Adds each row, and its squares.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func addMoments<Element: KernelScalar>(
  _ rows: Span<Element>, _ sums: inout [Double], _ squares: inout [Double]
) {
  for start in stride(from: 0, to: rows.count, by: sums.count) {
    for j in sums.indices {
      let x = Double(rows[start + j])
      sums[j] += x
      squares[j] += x * x
    }
  }
}

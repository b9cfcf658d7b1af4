internal import LinearAlgebra

/// Means and covariance of the features over a sample of rows; not centred, means of 0 and the mean products.
///
/// The rows are gathered a block at a time and never all held. They are summed up in parts of a fixed number, whatever the
/// threads and ranks, so that the bits stay the same.
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
  ///
  /// - Parameter ranks: those who ask for the same, each of which then looks at some of the rows; nil where this process is alone.
  init(
    of indices: [Int], _ features: any FeatureStorage, withCovariance: Bool, isCentred: Bool,
    pool: ThreadPool, among ranks: Ranks? = nil
  ) {
    let count = indices.count
    // As many parts at a time as there are threads: a Gram matrix is large.
    var whole: MomentPart<Element>?
    let cores = ranks.map { $0.count * pool.threads } ?? pool.threads
    for first in stride(from: 0, to: Self.parts, by: cores) {
      let parts = (first..<min(first + cores, Self.parts)).map { part in
        MomentPart<Element>(
          Array(indices[count * part / Self.parts..<count * (part + 1) / Self.parts]), features.columns,
          withGram: withCovariance)
      }
      let own = parts.indices.filter { part in ranks.map { part % $0.count == $0.rank } ?? true }
      pool.run(own.count) { part, _ in parts[own[part]].compute(features) }
      for (number, part) in parts.enumerated() {
        if let ranks { part.take(from: number % ranks.count, among: ranks) }
        if let whole { whole.add(part) } else { whole = part }
      }
    }
    let sum = whole!
    let n = Double(max(1, count))
    let exact = sum.sums.map { isCentred ? $0 / n : 0 }
    means = exact.map { Element($0) }
    guard withCovariance else {
      covariance = nil
      variances = zip(exact, sum.squares).map { Element(max(0, $1 / n - $0 * $0)) }
      return
    }
    var total = sum.takeGram()
    let (means, width) = (self.means, features.columns)
    total.withMutableElements { total in
      scale(&total, by: Element(1 / n))
      ger(alpha: -1, means.span, means.span, into: &total)
    }
    for i in 0..<width { for j in 0..<i { total[i, j] = total[j, i] } }
    variances = (0..<width).map { total[$0, $0] }
    covariance = consume total
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

  /// Adds the sums of the rows that follow.
  func add(_ next: MomentPart) {
    for j in sums.indices {
      sums[j] += next.sums[j]
      squares[j] += next.squares[j]
    }
    if gram.rows == 0 { return }
    let more = next.gram.elements
    gram.withMutableElements { axpy(1, more.span, into: &$0) }
  }

  /// What the rank that has computed it has.
  func take(from rank: Int, among ranks: Ranks) {
    let both = ranks.spread(sums + squares, from: rank)
    (sums, squares) = (Array(both[..<sums.count]), Array(both[sums.count...]))
    guard gram.rows > 0 else { return }
    gram = Matrix(
      rows: gram.rows, columns: gram.columns, elements: ranks.spread(Array(gram.elements), from: rank))
  }

  /// The matrix, which goes with that.
  func takeGram() -> Matrix<Element> {
    defer { gram = Matrix(rows: 0, columns: 0) }
    return gram
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

internal import LinearAlgebra

/// Some rows' share of a covariance, (1/n)·XᵀX, and of (1/n)·Xᵀ[T, 1]: sums that several threads make together, each
/// its own rows of them.
struct GramPart<Work: KernelScalar>: Sendable {
  let range: Range<Int>
  /// `[features, features]`: the upper triangle.
  let gram: RowBuffer<Work>
  /// `[features, outputs + 1]`: with the targets, and with 1.
  let moments: RowBuffer<Work>
  private let rows: CentredRows<Work>
  private let targets: CentredTargets
  private let block: RowBuffer<Work>
  private let blockTargets: RowBuffer<Work>

  /// - Parameter most: how many rows are added at a time.
  init(_ rows: CentredRows<Work>, _ targets: CentredTargets, _ range: Range<Int>, most: Int) {
    (self.rows, self.targets, self.range) = (rows, targets, range)
    gram = RowBuffer(rows: rows.columns, columns: rows.columns)
    moments = RowBuffer(rows: rows.columns, columns: targets.outputs + 1)
    block = RowBuffer(rows: most, columns: rows.columns)
    blockTargets = RowBuffer(rows: most, columns: targets.outputs + 1)
  }

  /// Fetches a share of some rows where they don't lie ready.
  func read(_ some: Range<Int>, share: Int, of shares: Int) {
    let part = some.count * share / shares..<some.count * (share + 1) / shares
    let source = some.lowerBound + part.lowerBound..<some.lowerBound + part.upperBound
    block.update(part) { rows.read(source, into: &$0) }
  }

  /// Adds to some rows of the covariance.
  func add(_ some: Range<Int>, to stripe: Range<Int>) {
    withFeatures(some) { x in
      gram.update(stripe) {
        syrk(
          .transposed, rows: stripe, of: rows.columns, k: some.count, alpha: share, x, beta: beta(some),
          into: &$0)
      }
    }
  }

  /// Adds to the moments.
  func addMoments(_ some: Range<Int>) {
    blockTargets.update(0..<some.count) { targets.read(some, into: &$0) }
    withFeatures(some) { x in
      blockTargets.read(0..<some.count) { t in
        moments.update(0..<moments.rows) {
          gemm(
            .transposed, m: moments.rows, n: moments.columns, k: some.count, alpha: share, x, t,
            beta: beta(some), into: &$0)
        }
      }
    }
  }

  private var share: Work { 1 / Work(rows.rows) }

  /// The first sums are written and not added: fresh memory that is read before it is written to costs a second fault a
  /// page, for which all threads stop.
  private func beta(_ some: Range<Int>) -> Work { some.lowerBound == range.lowerBound ? 0 : 1 }

  private func withFeatures(_ some: Range<Int>, _ body: (Span<Work>) -> Void) {
    if let stored = rows.stored(some) { body(stored.span) } else { block.read(0..<some.count, body) }
  }
}

internal import LinearAlgebra

/// The loss of these rows: their targets under a loss, what each row counts for, and what is added to its scores.
///
/// Who has rows has one of these. Nobody else adds an offset to a score, multiplies by a weight, sums up, or says what a sum
/// is divided by: weights and offsets enter here, for values, gradients, curvature, certificates, batches and metrics alike.
/// A weight of 0 is the row left out, one of 2 the row twice.
///
/// The rows are counted from 0, and a block of them is a range. Scores, slopes and directions of a block are
/// `[range.count, columns]`; scores are without offsets. Slopes are a row's own until they are weighed, so that what is
/// kept of them tells the curvature and is a point of the loss's dual problem.
struct RowLoss: Sendable {
  let loss: any Loss
  let targets: Targets
  /// Scores a row.
  let columns: Int
  /// Nil where each row counts for 1.
  let weights: [Double]?
  /// `[rows, columns]`; nil where nothing is added.
  let offsets: [Double]?
  /// What a sum over the rows is divided by: their number, or the sum of their weights.
  let total: Double
  /// The loss by what it can do; nil where it cannot.
  let dual: (any DualLoss)?
  let curved: (any CurvedLoss)?

  init(
    _ loss: any Loss, _ targets: Targets, columns: Int, weights: [Double]? = nil, offsets: [Double]? = nil
  ) {
    let rows = targets.rows
    require(weights.map { $0.count == rows } ?? true, "\(weights?.count ?? 0) weights for \(rows) rows")
    require(
      offsets.map { $0.count == rows * columns } ?? true,
      "\(offsets?.count ?? 0) offsets for \(rows) rows of \(columns)")
    (self.loss, self.targets, self.columns) = (loss, targets, columns)
    (self.weights, self.offsets) = (weights, offsets)
    // Nothing divided by 1 where no row counts.
    let sum = weights.map { $0.reduce(0, +) } ?? Double(rows)
    total = sum > 0 ? sum : 1
    (dual, curved) = (loss as? any DualLoss, loss as? any CurvedLoss)
  }

  var rows: Int { targets.rows }

  /// 1/``total``
  func scale<Element: KernelScalar>(as type: Element.Type) -> Element { 1 / Element(total) }

  /// What `count` rows count for on the average: a mean over a batch, divided by that, is one over all rows on the average.
  func total(of count: Int) -> Double {
    weights == nil ? Double(max(1, count)) : Double(max(1, count)) / Double(max(1, rows)) * total
  }

  /// What the rows at `indices` count for.
  func total(at indices: [Int]) -> Double {
    guard let weights else { return Double(indices.count) }
    let sum = indices.reduce(0) { $0 + weights[$1] }
    return sum > 0 ? sum : 1
  }

  /// How many times what the rows at `some` count for those at `all` do, of which they are a sample.
  func share(of all: [Int], in some: [Int]) -> Double {
    guard let weights, all.count > some.count else { return Double(all.count) / Double(max(1, some.count)) }
    return all.reduce(0) { $0 + weights[$1] } / total(at: some)
  }

  func weight(of row: Int) -> Double { weights?[row] ?? 1 }

  /// What squares of the rows are to be multiplied by, a row, to be weighed; as a mean of squares has it, that of the
  /// factors' squares is 1. Nil where each row counts for 1.
  var roots: [Double]? {
    weights.map { weights in weights.map { ($0 / total * Double(rows)).squareRoot() } }
  }

  /// The same rows under another loss.
  func with(_ loss: any Loss) -> RowLoss {
    RowLoss(loss, targets, columns: columns, weights: weights, offsets: offsets)
  }

  /// The rows at `indices`, in that order, copied.
  func gathered(at indices: some Collection<Int>) -> RowLoss {
    RowLoss(
      loss, targets.gathered(at: indices), columns: columns,
      weights: weights.map { weights in indices.map { weights[$0] } },
      offsets: offsets.map { offsets in
        indices.flatMap { offsets[$0 * columns..<($0 + 1) * columns] }
      })
  }

  /// The same rows, each of them that many times.
  func counting(_ times: [Double]) -> RowLoss {
    RowLoss(
      loss, targets, columns: columns, weights: zip(weights ?? times.map { _ in 1 }, times).map(*),
      offsets: offsets)
  }
}

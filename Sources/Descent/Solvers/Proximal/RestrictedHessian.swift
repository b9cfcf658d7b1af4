internal import LinearAlgebra

/// The Hessian of the mean loss over a ``WorkingSet``, formed from some of the rows.
///
/// Block (a, b) of classes is scale·X_aᵀ·diag(∂²ℓ/∂s_a∂s_b)·X_b, with X_a the columns of class a's weights in the
/// set. m·k² operations for a set of k and m rows, less where blocks see few of the rows, as the hinge's do.
final class RestrictedHessian<Element: KernelScalar> {
  private let objective: DataObjective<Element>
  private let features: ScaledRows
  /// All rows in random order; a sample is a beginning of it.
  private let order: [Int]

  /// Numbers that the columns of the rows at hand may take.
  private static var mostGathered: Int { 1 << 22 }
  /// Rows of the Hessian a task: of a small one few, so that all threads have some.
  private static func tileRows(_ size: Int) -> Int { min(160, max(16, (size / 8 + 7) / 8 * 8)) }

  init(_ objective: DataObjective<Element>, seed: UInt64) {
    self.objective = objective
    features = ScaledRows(objective.scaledFeatures)
    var generator = SeededGenerator(seed: seed)
    order = (0..<objective.rows).shuffled(using: &generator)
  }

  /// Some `count` of all rows, or all there are.
  func sample(_ count: Int) -> [Int] { Array(order.prefix(count)) }

  /// Some `count` of the rows that are marked, or all of these.
  func sample(_ count: Int, where isMarked: [Bool]) -> [Int] {
    Array(order.lazy.filter { isMarked[$0] }.prefix(count))
  }

  /// The Hessian of a loss at a point, `[set, set]`: `scale` times the sum over `rows`.
  func form(
    _ set: WorkingSet, of loss: any CurvedLoss, slopes: RowBuffer<Element>, at rows: [Int], scale: Element,
    isStopped: () -> Bool
  ) -> Matrix<Element> {
    let size = set.count
    if size == 0 { return Matrix(rows: 0, columns: 0) }
    var sum = [Element](repeating: 0, count: size * size)
    let tileRows = Self.tileRows(size)
    let tiles = set.classes.enumerated().flatMap { c, range in
      stride(from: range.lowerBound, to: range.upperBound, by: tileRows).map {
        (class: c, range: $0..<min($0 + tileRows, range.upperBound))
      }
    }
    let rowsAtOnce = min(rows.count, max(512, min(4096, Self.mostGathered / size)))
    let panels = ClassPanels<Element>(set, of: features, rows: rowsAtOnce, pool: objective.pool)
    for start in stride(from: 0, to: rows.count, by: max(1, rowsAtOnce)) where !isStopped() {
      let some = Array(rows[start..<min(start + rowsAtOnce, rows.count)])
      panels.load(some)
      let weights = self.weights(of: loss, some, slopes)
      sum.withUnsafeMutableBufferPointer { sum in
        nonisolated(unsafe) let sum = sum  // each task writes the rows that are its own
        objective.pool.run(tiles.count) { tile, thread in
          let (a, range) = tiles[tile]
          let rows = UnsafeMutableBufferPointer(
            rebasing: sum[range.lowerBound * size..<range.upperBound * size])
          var target = rows.mutableSpan
          for b in a..<set.classes.count {
            guard let weight = weights(a, b) else { continue }
            panels.addProduct(range, of: a, weight, with: b, scale: scale, to: &target, thread: thread)
          }
        }
      }
    }
    mirror(&sum, size, objective.pool)
    return Matrix(rows: size, columns: size, elements: sum)
  }

  /// ∂²ℓ/∂s_a∂s_b of each row, from (a, b); nil where all are 0.
  private func weights(
    of loss: any CurvedLoss, _ rows: [Int], _ slopes: RowBuffer<Element>
  ) -> @Sendable (Int, Int) -> RowWeights<Element>? {
    let classes = objective.model.outputs
    let columns = hessianColumns(
      of: objective.rowLoss.with(loss).gathered(at: rows), slopes: slopes.gathered(at: rows))
    let count = rows.count
    return { a, b in RowWeights(column: a, of: columns[b], width: classes, rows: count) }
  }
}

/// Makes a matrix of `size` rows symmetric by its upper triangle, in blocks that the cache holds both ways.
func mirror<Element: KernelScalar>(_ matrix: inout [Element], _ size: Int, _ pool: ThreadPool) {
  let block = 32
  matrix.withUnsafeMutableBufferPointer { matrix in
    nonisolated(unsafe) let matrix = matrix  // each task writes columns below the diagonal that are its own
    pool.run((size + block - 1) / block) { task, _ in mirrorRows(matrix, size, from: task * block, block) }
  }
}

/// The same of `block` rows from `top` on.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func mirrorRows<Element: KernelScalar>(
  _ matrix: UnsafeMutableBufferPointer<Element>, _ size: Int, from top: Int, _ block: Int
) {
  for left in stride(from: top, to: size, by: block) {
    for j in left..<min(left + block, size) {
      for i in top..<min(top + block, j) { matrix[j * size + i] = matrix[i * size + j] }
    }
  }
}

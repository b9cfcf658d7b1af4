internal import LinearAlgebra

/// The covariance of some features, (1/n)·X̃ᵀX̃ of rows that are weighed and centred: of all at once, or of a set that grows.
///
/// Columns of a set lie in panels of their own, so that a further one costs its products with those that are there, and
/// none is made twice: rows·new·all operations.
final class FeatureCovariance<Element: KernelScalar> {
  private let rows: CentredRows<Element>
  private let pool: ThreadPool
  private var panels: [Panel] = []
  private var diagonal: [Element] = []
  private var ridge = 0.0
  /// Features, in the order of the matrix.
  private(set) var set: [Int] = []
  private(set) var contains: [Bool]
  /// `[set, set]`, with the ridge on its diagonal.
  private(set) var matrix = Matrix<Element>(rows: 0, columns: 0)

  /// Columns of a panel, at the most.
  private static var panelColumns: Int { 96 }

  /// Some columns of all rows, `[rows, columns]`.
  private struct Panel: Sendable {
    let columns: [Int]
    let numbers: RowBuffer<Element>
    /// What is left of their means.
    var means: [Element] = []
  }

  init(_ objective: DataObjective<Element>) {
    rows = CentredRows(objective)
    pool = objective.pool
    contains = Array(repeating: false, count: rows.columns)
  }

  /// Takes all features; false where it was stopped.
  func takeAll(_ targets: CentredTargets, isStopped: () -> Bool) -> Bool {
    guard let equations = NormalEquations(rows, targets, pool: pool, isStopped: isStopped) else {
      return false
    }
    (set, contains) = (Array(0..<rows.columns), contains.map { _ in true })
    matrix = symmetric(equations.covariance)
    diagonal = set.map { matrix[$0, $0] }
    return true
  }

  /// Adds features that are not in the set.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func add(_ features: [Int]) {
    if features.isEmpty { return }
    let parts = (features.count + Self.panelColumns - 1) / Self.panelColumns
    var fresh = (0..<parts).map { part in
      let columns = Array(features[features.count * part / parts..<features.count * (part + 1) / parts])
      return Panel(columns: columns, numbers: RowBuffer(rows: rows.rows, columns: columns.count))
    }
    fill(fresh)
    setMeans(&fresh)
    let first = panels.count
    panels += fresh
    let blocks = (first..<panels.count).flatMap { b in (0...b).map { (a: $0, b: b) } }
    let products = blocks.map { block in
      RowBuffer<Element>(rows: panels[block.a].columns.count, columns: panels[block.b].columns.count)
    }
    let share = 1 / Element(rows.rows)
    pool.run(blocks.count) { [panels, rows] task, _ in
      let (a, b) = (panels[blocks[task].a], panels[blocks[task].b])
      let all = 0..<rows.rows
      products[task].update(0..<a.columns.count) { c in
        a.numbers.read(all) { x in
          b.numbers.read(all) { y in
            gemm(
              .transposed, m: a.columns.count, n: b.columns.count, k: rows.rows, alpha: share, x, y, into: &c)
          }
        }
      }
    }
    enlarge(features, blocks, products)
  }

  /// Sets the diagonal to that of the covariance plus l2.
  func setRidge(_ l2: Double) {
    if l2 == ridge { return }
    ridge = l2
    for i in set.indices { matrix[i, i] = diagonal[i] + Element(l2) }
  }

  private func fill(_ fresh: [Panel]) {
    let chunk = 256
    pool.run((rows.rows + chunk - 1) / chunk) { [rows] task, _ in
      let range = task * chunk..<min((task + 1) * chunk, rows.rows)
      rows.pick(fresh.map(\.columns), of: range) { panel, body in fresh[panel].numbers.update(range, body) }
    }
  }

  /// Moves the matrix into a larger one, less the means.
  private func enlarge(_ features: [Int], _ blocks: [(a: Int, b: Int)], _ products: [RowBuffer<Element>]) {
    let (before, size) = (set.count, set.count + features.count)
    var starts: [Int] = []
    var next = 0
    for panel in panels {
      starts.append(next)
      next += panel.columns.count
    }
    var numbers = [Element](repeating: 0, count: size * size)
    for i in 0..<before {
      for j in 0..<before {
        numbers[i * size + j] = matrix.elements[matrix.elements.startIndex + i * before + j]
      }
    }
    for (block, product) in zip(blocks, products) {
      let all = product.all
      let width = product.columns
      for i in 0..<product.rows {
        for j in 0..<width {
          let value = all[i * width + j] - panels[block.a].means[i] * panels[block.b].means[j]
          let (row, column) = (starts[block.a] + i, starts[block.b] + j)
          numbers[row * size + column] = value
          numbers[column * size + row] = value
        }
      }
    }
    matrix = Matrix(rows: size, columns: size, elements: numbers)
    for feature in features { contains[feature] = true }
    set += features
    for i in before..<size {
      diagonal.append(matrix[i, i])
      matrix[i, i] += Element(ridge)
    }
  }

  /// Sets what is left of the columns' means, of numbers that are weighed once already: 0 where nothing is centred. A column
  /// is summed up by one thread.
  private func setMeans(_ fresh: inout [Panel]) {
    for i in fresh.indices { fresh[i].means = Array(repeating: 0, count: fresh[i].columns.count) }
    guard rows.isCentred else { return }
    let (all, some) = (0..<rows.rows, 16)
    let parts = fresh.indices.flatMap { panel in
      stride(from: 0, to: fresh[panel].columns.count, by: some).map { start in
        (panel: panel, columns: start..<min(start + some, fresh[panel].columns.count))
      }
    }
    let sums = RowBuffer<Double>(rows: parts.count, columns: some)
    pool.run(parts.count) { [fresh, rows] task, _ in
      let (panel, columns) = parts[task]
      let width = fresh[panel].columns.count
      sums.update(task..<task + 1) { sums in
        fresh[panel].numbers.read(all) { x in
          for i in all {
            let root = rows.roots.map { $0[i] } ?? 1
            for j in columns { sums[j - columns.lowerBound] += root * Double(x[i * width + j]) }
          }
        }
      }
    }
    let found = sums.all
    for (task, part) in parts.enumerated() {
      for j in part.columns {
        fresh[part.panel].means[j] =
          Element(found[task * some + j - part.columns.lowerBound] / Double(rows.rows))
      }
    }
  }

  private func symmetric(_ upper: Matrix<Element>) -> Matrix<Element> {
    let size = upper.rows
    var numbers = Array(upper.elements)
    mirror(&numbers, size, pool)
    return Matrix(rows: size, columns: size, elements: numbers)
  }
}

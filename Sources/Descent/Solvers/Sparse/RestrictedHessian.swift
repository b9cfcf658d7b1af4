internal import LinearAlgebra

/// The Hessian of the smooth part over a ``WorkingSet``, formed from some of the rows.
///
/// Block (a, b) of classes is (1/m)·X_aᵀ·diag(∂²ℓ/∂s_a∂s_b)·X_b, with X_a the columns of class a's weights in the
/// set. m·k² operations for a set of k.
final class RestrictedHessian<Element: Scalar> {
  private let objective: DataObjective<Element>
  private let loss: any CurvedLoss
  private let features: any FeatureStorage
  /// All rows in random order; a sample is a beginning of it.
  private let order: [Int]

  private static var rowsAtOnce: Int { 512 }
  /// Rows of the Hessian a task.
  private static var tileRows: Int { 96 }

  init(_ objective: DataObjective<Element>, loss: any CurvedLoss, seed: UInt64) {
    (self.objective, self.loss) = (objective, loss)
    features = objective.scaledFeatures
    var generator = SeededGenerator(seed: seed)
    order = (0..<objective.rows).shuffled(using: &generator)
  }

  /// The Hessian at a point, `[set, set]`, from `rows` rows.
  func form(
    _ set: WorkingSet, slopes: RowBuffer<Element>, rows: Int, isStopped: () -> Bool
  ) -> Matrix<Element> {
    let size = set.count
    let sum = RowBuffer<Element>(rows: size, columns: size)
    let tiles = set.classes.enumerated().flatMap { c, range in
      stride(from: range.lowerBound, to: range.upperBound, by: Self.tileRows).map {
        (class: c, range: $0..<min($0 + Self.tileRows, range.upperBound))
      }
    }
    for start in stride(from: 0, to: rows, by: Self.rowsAtOnce) where !isStopped() {
      let panels = Panels<Element>(
        gathering: Array(order[start..<min(start + Self.rowsAtOnce, rows)]), of: features, set,
        pool: objective.pool)
      let weights = self.weights(panels.rows, slopes)
      let scale = 1 / Element(rows)
      objective.pool.run(tiles.count) { tile, _ in
        let (a, range) = tiles[tile]
        sum.update(range) { target in
          for b in a..<set.classes.count {
            guard let weight = weights(a, b) else { continue }
            let block = panels.product(range, of: a, weight, with: b, scale: scale, in: set)
            addBlock(block, to: &target, columns: size, at: set.classes[b].lowerBound)
          }
        }
      }
    }
    return mirrored(sum)
  }

  /// ∂²ℓ/∂s_a∂s_b of each row, from (a, b); nil where all are 0.
  private func weights(_ rows: [Int], _ slopes: RowBuffer<Element>) -> @Sendable (Int, Int) -> [Element]? {
    let classes = objective.model.outputs
    var picked: [Element] = []
    for row in rows { slopes.read(row..<row + 1) { for j in 0..<classes { picked.append($0[j]) } } }
    let targets = objective.targets.gathered(at: rows)
    // Column b of every row's Hessian is its product with the b-th unit vector.
    let columns = (0..<classes).map { b in
      var v = [Element](repeating: 0, count: rows.count * classes)
      for i in rows.indices { v[i * classes + b] = 1 }
      var span = v.mutableSpan
      loss.multiplyHessian(&span, slopes: picked.span, columns: classes, targets: targets)
      return v
    }
    return { a, b in
      let weight = rows.indices.map { columns[b][$0 * classes + a] }
      return weight.contains { $0 != 0 } ? weight : nil
    }
  }

  private func mirrored(_ upper: RowBuffer<Element>) -> Matrix<Element> {
    let size = upper.rows
    var result = [Element](repeating: 0, count: size * size)
    upper.read(0..<size) { mirror($0, size, into: &result) }
    return Matrix(rows: size, columns: size, elements: result)
  }
}

/// The columns of some rows that a working set has, class by class.
private struct Panels<Element: Scalar>: Sendable {
  let rows: [Int]
  /// `[rows, columns of the class]`, the bias's column 1.
  private let panels: [[Element]]

  init(gathering rows: [Int], of features: any FeatureStorage, _ set: WorkingSet, pool: ThreadPool) {
    self.rows = rows
    if let sparse = features as? SparseStorage {
      let block = sparse.block(at: rows.span, as: Element.self)
      panels = set.classes.map { pickColumns(block, set.columns[$0]) }
      return
    }
    let width = features.columns
    let gathered = RowBuffer<Element>(rows: rows.count, columns: width)
    let parts = 16
    pool.run(parts) { part, _ in
      let range = rows.count * part / parts..<rows.count * (part + 1) / parts
      gathered.update(range) { features.gather(rows.span.extracting(range), into: &$0) }
    }
    panels = set.classes.map { range in
      gathered.read(0..<rows.count) { x -> [Element] in pickColumns(x, width, set.columns[range]) }
    }
  }

  /// scale · X_aᵀ·diag(weights)·X_b for the indices `range` of class a.
  func product(
    _ range: Range<Int>, of a: Int, _ weights: [Element], with b: Int, scale: Element, in set: WorkingSet
  ) -> [Element] {
    let local = range.lowerBound - set.classes[a].lowerBound..<range.upperBound - set.classes[a].lowerBound
    let (left, right) = (weighted(panels[a], set.classes[a].count, local, weights), panels[b])
    let columns = set.classes[b].count
    var result = [Element](repeating: 0, count: range.count * columns)
    var out = result.mutableSpan
    gemm(
      .transposed, .none, m: range.count, n: columns, k: rows.count, alpha: scale, left.span, right.span,
      into: &out)
    return result
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func pickColumns<Element: Scalar>(
  _ x: Span<Element>, _ width: Int, _ columns: ArraySlice<Int>
) -> [Element] {
  var result: [Element] = []
  result.reserveCapacity(width == 0 ? 0 : x.count / width * columns.count)
  x.withUnsafeBufferPointer { x in
    for start in stride(from: 0, to: x.count, by: width) {
      for j in columns { result.append(j == width ? 1 : x[start + j]) }
    }
  }
  return result
}

/// The same of sparse rows: O(nonzeros + the panel).
@specialized(where Element == Float)
@specialized(where Element == Double)
private func pickColumns<Element: Scalar>(_ rows: SparseRows<Element>, _ columns: ArraySlice<Int>)
  -> [Element]
{
  var place = [Int32](repeating: -1, count: rows.columns + 1)
  for (i, j) in columns.enumerated() { place[j] = Int32(i) }
  var result = [Element](repeating: 0, count: rows.rows * columns.count)
  for row in 0..<rows.rows {
    let start = row * columns.count
    for k in rows.starts[row]..<rows.starts[row + 1] {
      let i = place[Int(rows.indices[k])]
      if i >= 0 { result[start + Int(i)] = rows.values[k] }
    }
    if place[rows.columns] >= 0 { result[start + Int(place[rows.columns])] = 1 }
  }
  return result
}

/// Columns `range` of a matrix of `width` columns, row i times weights[i].
@specialized(where Element == Float)
@specialized(where Element == Double)
private func weighted<Element: Scalar>(
  _ x: [Element], _ width: Int, _ range: Range<Int>, _ weights: [Element]
) -> [Element] {
  [Element](unsafeUninitializedCapacity: weights.count * range.count) { out, count in
    count = weights.count * range.count
    x.withUnsafeBufferPointer { x in
      var next = 0
      for (i, weight) in weights.enumerated() {
        for j in i * width + range.lowerBound..<i * width + range.upperBound {
          out[next] = weight * x[j]
          next += 1
        }
      }
    }
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func addBlock<Element: Scalar>(
  _ block: [Element], to target: inout MutableSpan<Element>, columns: Int, at offset: Int
) {
  let rows = target.count / columns
  let width = rows == 0 ? 0 : block.count / rows
  target.withUnsafeMutableBufferPointer { target in
    for i in 0..<rows {
      for j in 0..<width { target[i * columns + offset + j] += block[i * width + j] }
    }
  }
}

/// The symmetric matrix whose upper triangle is given.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func mirror<Element: Scalar>(_ upper: Span<Element>, _ size: Int, into result: inout [Element]) {
  upper.withUnsafeBufferPointer { upper in
    result.withUnsafeMutableBufferPointer { result in
      for i in 0..<size {
        for j in i..<size {
          result[i * size + j] = upper[i * size + j]
          result[j * size + i] = upper[i * size + j]
        }
      }
    }
  }
}

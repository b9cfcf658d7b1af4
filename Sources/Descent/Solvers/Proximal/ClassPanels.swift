internal import LinearAlgebra

/// The columns of some rows that a working set has, class by class, and their products.
final class ClassPanels<Element: KernelScalar>: @unchecked Sendable {
  private let set: WorkingSet
  private let features: ScaledRows
  private let pool: ThreadPool
  /// Some rows as they lie, a thread's own; empty where they are sparse.
  private let gathered: [RowBuffer<Element>]
  /// `[rows, columns of the class]`, the bias's column 1.
  private let panels: [RowBuffer<Element>]
  /// The factors of a product, a thread's own.
  private let scratch: [Factors]
  private var count = 0
  /// Rows that are gathered at once, near enough to be picked from in the cache.
  private static var gatheredRows: Int { 64 }

  private final class Factors {
    var left: [Element] = []
    var right: [Element] = []
  }

  /// Room for so many rows at a time.
  init(_ set: WorkingSet, of features: ScaledRows, rows: Int, pool: ThreadPool) {
    (self.set, self.features, self.pool) = (set, features, pool)
    gathered = (0..<pool.threads).map { _ in
      switch features {
      case .dense(let features): RowBuffer(rows: Self.gatheredRows, columns: features.columns)
      case .sparse: RowBuffer(rows: 0, columns: 0)
      }
    }
    panels = set.classes.map { RowBuffer(rows: rows, columns: $0.count) }
    scratch = (0..<pool.threads).map { _ in Factors() }
  }

  /// Takes the columns of the rows at `indices`.
  func load(_ indices: [Int]) {
    count = indices.count
    let all = 0..<count
    switch features {
    case .sparse(let features):
      let block = features.block(at: indices.span, as: Element.self)
      pool.run(panels.count) { [set, panels] c, _ in
        panels[c].update(all) { pickColumns(block, set.columns[set.classes[c]], into: &$0) }
      }
    case .dense(let features):
      let size = Self.gatheredRows
      pool.run((count + size - 1) / size) { [set, panels, gathered] part, thread in
        let range = part * size..<min((part + 1) * size, indices.count)
        let (rows, own) = (gathered[thread], 0..<range.count)
        rows.update(own) { features.gather(indices.span.extracting(range), into: &$0) }
        for (c, panel) in panels.enumerated() {
          panel.update(range) { panel in
            rows.read(own) { pickColumns($0, rows.columns, set.columns[set.classes[c]], into: &panel) }
          }
        }
      }
    }
  }

  /// target ← target + scale · X_aᵀ·diag(weights)·X_b, for the indices `range` of class a: these rows of a matrix
  /// over the set.
  func addProduct(
    _ range: Range<Int>, of a: Int, _ weights: RowWeights<Element>, with b: Int, scale: Element,
    to target: inout MutableSpan<Element>, thread: Int
  ) {
    let factors = scratch[thread]
    let (start, columns) = (set.classes[a].lowerBound, set.classes[b])
    if columns.isEmpty { return }
    panels[a].read(0..<count) {
      weights.times(
        $0, width: panels[a].columns, range.lowerBound - start..<range.upperBound - start,
        into: &factors.left)
    }
    let left = factors.left
    func add(_ right: Span<Element>) {
      var block = target._mutatingExtracting(columns.lowerBound..<target.count)
      gemm(
        .transposed, .none, m: range.count, n: columns.count, k: weights.count, alpha: scale,
        left.span, right, beta: 1, into: &block, rowStride: set.count)
    }
    if weights.isOfAll {
      panels[b].read(0..<count) { add($0) }
    } else {
      panels[b].read(0..<count) { weights.rows(of: $0, width: columns.count, into: &factors.right) }
      let right = factors.right
      add(right.span)
    }
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func pickColumns<Element: KernelScalar>(
  _ x: Span<Element>, _ width: Int, _ columns: ArraySlice<Int>, into panel: inout MutableSpan<Element>
) {
  require(width == 0 || panel.count == x.count / width * columns.count, "a panel of \(panel.count)")
  panel.withUnsafeMutableBufferPointer { panel in
    x.withUnsafeBufferPointer { x in
      columns.withUnsafeBufferPointer { columns in
        var next = 0
        for start in stride(from: 0, to: x.count, by: max(1, width)) {
          for j in columns {
            panel[next] = j == width ? 1 : x[start + j]
            next += 1
          }
        }
      }
    }
  }
}

/// The same of sparse rows: O(nonzeros + the panel).
@specialized(where Element == Float)
@specialized(where Element == Double)
private func pickColumns<Element: KernelScalar>(
  _ rows: SparseRows<Element>, _ columns: ArraySlice<Int>, into panel: inout MutableSpan<Element>
) {
  var place = [Int32](repeating: -1, count: rows.columns + 1)
  for (i, j) in columns.enumerated() { place[j] = Int32(i) }
  for i in 0..<panel.count { panel[i] = 0 }
  let storage = rows.storage
  for (row, stored) in rows.range.enumerated() {
    let start = row * columns.count
    for k in storage.starts[stored]..<storage.starts[stored + 1] {
      let i = place[Int(storage.indices[k])]
      if i >= 0 { panel[start + Int(i)] = Element(storage.value(k)) }
    }
    if place[rows.columns] >= 0 { panel[start + Int(place[rows.columns])] = 1 }
  }
}

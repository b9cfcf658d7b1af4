internal import LinearAlgebra

/// The covariance C = (1/n)·X̃ᵀX̃ of the features and M = (1/n)·X̃ᵀT̃ with the targets, both centred: what the
/// weights of a ridge regression solve, (C + l2·I)·Wᵀ = M.
///
/// The threads share the rows of C; where those are few the rows of the data are cut into parts too, whose sums are
/// added. Both by the shape of the data alone, so that the bits do not depend on the number of threads.
/// rows·features² operations.
struct NormalEquations<Work: KernelScalar> {
  /// C, `[features, features]`: its upper triangle.
  private(set) var covariance: Matrix<Work>
  /// M, `[features, outputs]`.
  let moments: Matrix<Work>
  /// The means of the scaled features.
  let means: [Double]

  /// Rows of C that a thread makes at a time: fewer, and the products lose more than the threads gain.
  private static var stripeRows: Int { 256 }
  /// Tiles of C enough for the threads to share, and to end together. Fewer, and the rows of the data are cut too.
  private static var enoughTiles: Int { 8 }
  /// What the threads read together should stay in a cache.
  private static var blockBytes: Int { 4 << 20 }

  /// Nil where `isStopped` says so, asked now and then.
  init?(
    _ rows: CentredRows<Work>, _ targets: CentredTargets, pool: ThreadPool, isStopped: () -> Bool
  ) {
    let (count, features) = (rows.rows, rows.columns)
    let stripes = stride(from: 0, to: features, by: Self.stripeRows).map {
      $0..<min($0 + Self.stripeRows, features)
    }
    let tiles = stripes.count * (stripes.count + 1) / 2
    let partCount = max(1, min(count / 64, Self.enoughTiles / tiles))
    let most = max(64, min(8192, Self.blockBytes / (features * MemoryLayout<Work>.size)))
    let parts = (0..<partCount).map {
      GramPart(rows, targets, count * $0 / partCount..<count * ($0 + 1) / partCount, most: most)
    }
    for start in stride(from: 0, to: parts.map(\.range.count).max() ?? 0, by: most) {
      if isStopped() { return nil }
      let blocks = parts.map { part in
        let some = part.range.dropFirst(start).prefix(most)
        return some.startIndex..<some.endIndex
      }
      if !rows.areStored {
        let shares = Self.enoughTiles / partCount
        pool.run(partCount * shares) { task, _ in
          parts[task % partCount].read(blocks[task % partCount], share: task / partCount, of: shares)
        }
      }
      // The longest rows of the triangle come first, and the moments last.
      pool.run(partCount * (stripes.count + 1)) { task, _ in
        let (part, stripe) = (task % partCount, task / partCount)
        if stripe < stripes.count {
          parts[part].add(blocks[part], to: stripes[stripe])
        } else {
          parts[part].addMoments(blocks[part])
        }
      }
    }
    self.init(parts, of: rows, pool: pool)
  }

  private init(_ parts: [GramPart<Work>], of rows: CentredRows<Work>, pool: ThreadPool) {
    let (features, width) = (parts[0].gram.rows, parts[0].moments.columns)
    let sums = parts[0].moments
    let others = parts.dropFirst()
    for part in others {
      part.moments.read(0..<features) { more in sums.update(0..<features) { add(1, more, to: &$0, from: 0) } }
    }
    let all = sums.matrix
    let means = (0..<features).map { rows.isCentred ? all[$0, width - 1] : 0 }
    let gram = parts[0].gram
    pool.run(features) { row, _ in
      let range = row..<row + 1
      for part in others {
        part.gram.read(range) { more in gram.update(range) { add(1, more, to: &$0, from: row) } }
      }
      gram.update(range) { add(-means[row], means.span, to: &$0, from: row) }
    }
    covariance = gram.matrix
    self.means = zip(rows.offsets, means).map { $0 + Double($1) }
    // The centred targets sum to 0, so that the means of the features leave no trace here.
    var moments = Matrix<Work>(rows: features, columns: width - 1)
    for j in 0..<features { for c in 0..<width - 1 { moments[j, c] = all[j, c] } }
    self.moments = moments
  }

  /// Hands C over, to be factored in its own memory.
  mutating func takeCovariance() -> Matrix<Work> {
    let result = covariance
    covariance = Matrix(rows: 0, columns: 0)
    return result
  }
}

/// y ← y + factor·x, but for what lies before `start`.
private func add<Work: KernelScalar>(
  _ factor: Work, _ x: Span<Work>, to y: inout MutableSpan<Work>, from start: Int
) {
  var rest = y._mutatingExtracting(start..<y.count)
  axpy(factor, x.extracting(start..<x.count), into: &rest)
}

internal import LinearAlgebra

/// The covariance C = (1/n)·X̃ᵀX̃ of the features and M = (1/n)·X̃ᵀT̃ with the targets, both centred: what the
/// weights of a ridge regression solve, (C + l2·I)·Wᵀ = M.
///
/// The rows are cut into parts by the shape of the data alone and the parts are summed in a fixed tree, so that
/// the bits do not depend on the number of threads. rows·features² operations.
struct NormalEquations<Work: Scalar> {
  /// C, `[features, features]`: its upper triangle.
  let covariance: Matrix<Work>
  /// M, `[features, outputs]`.
  let moments: Matrix<Work>
  /// The means of the scaled features.
  let means: [Double]

  /// Rows between two looks at the clock, a part.
  private static var rowsARound: Int { 8192 }

  /// Nil where `isStopped` says so, asked now and then.
  init?(
    _ rows: CentredRows<Work>, _ targets: CentredTargets, pool: ThreadPool, isStopped: () -> Bool
  ) {
    let (count, features, outputs) = (rows.rows, rows.columns, targets.outputs)
    let size = features * features * MemoryLayout<Work>.size
    // A part each for two threads, and more where they cost little memory.
    let partCount = max(1, min(count / 64, max(2, min(8, (64 << 20) / max(1, size)))))
    let parts = (0..<partCount).map { _ in GramPart(rows, targets) }
    let ranges = (0..<partCount).map { count * $0 / partCount..<count * ($0 + 1) / partCount }
    for round in stride(from: 0, to: ranges.map(\.count).max() ?? 0, by: Self.rowsARound) {
      if isStopped() { return nil }
      pool.run(partCount) { part, _ in
        let range = ranges[part].dropFirst(round).prefix(Self.rowsARound)
        parts[part].add(range.startIndex..<range.endIndex)
      }
    }
    var gap = 1
    while gap < partCount {
      pool.run((partCount + gap - 1) / (2 * gap)) { [gap] pair, _ in
        let (to, from) = (2 * gap * pair, 2 * gap * pair + gap)
        if from < partCount { parts[to].add(parts[from]) }
      }
      gap *= 2
    }
    var gram = parts[0].gram
    let sums = parts[0].moments
    let means = (0..<features).map { sums[$0, outputs] }
    gram.withMutableElements { ger(alpha: -1, means.span, means.span, into: &$0) }
    covariance = gram
    self.means = zip(rows.offsets, means).map { $0 + Double($1) }
    // The centred targets sum to 0, so that the means of the features leave no trace here.
    var moments = Matrix<Work>(rows: features, columns: outputs)
    for j in 0..<features { for c in 0..<outputs { moments[j, c] = sums[j, c] } }
    self.moments = moments
  }
}

/// A part's share. One thread at a time has it.
private final class GramPart<Work: Scalar>: @unchecked Sendable {
  private let rows: CentredRows<Work>
  private let targets: CentredTargets
  private(set) var gram: Matrix<Work>
  /// `[features, outputs + 1]`: with the targets, and with 1.
  private(set) var moments: Matrix<Work>
  private var block: [Work] = []
  private var blockTargets: [Work] = []

  private static var blockRows: Int { 512 }

  init(_ rows: CentredRows<Work>, _ targets: CentredTargets) {
    (self.rows, self.targets) = (rows, targets)
    gram = Matrix(rows: 0, columns: 0)
    moments = Matrix(rows: 0, columns: 0)
  }

  /// Adds the products of some rows.
  func add(_ range: Range<Int>) {
    let (features, width) = (rows.columns, targets.outputs + 1)
    let share = 1 / Work(rows.rows)
    if gram.rows < features {
      // Here and not before: finding memory takes as long as many products, and each thread finds its own.
      gram = Matrix(rows: features, columns: features)
      moments = Matrix(rows: features, columns: width)
    }
    var (x, t) = (block, blockTargets)
    (block, blockTargets) = ([], [])
    if t.isEmpty { t = Array(repeating: 0, count: Self.blockRows * width) }
    for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.blockRows) {
      let some = start..<min(start + Self.blockRows, range.upperBound)
      var bufferTargets = t.mutableSpan
      targets.read(some, into: &bufferTargets)
      let numbers = rows.stored(some) ?? copy(some, &x)
      gram.withMutableElements {
        syrk(.transposed, n: features, k: some.count, alpha: share, numbers.span, beta: 1, into: &$0)
      }
      moments.withMutableElements {
        gemm(
          .transposed, m: features, n: width, k: some.count, alpha: share, numbers.span, t.span, beta: 1,
          into: &$0)
      }
    }
    (block, blockTargets) = (x, t)
  }

  /// The rows in `buffer`, which grows once.
  private func copy(_ range: Range<Int>, _ buffer: inout [Work]) -> ArraySlice<Work> {
    if buffer.isEmpty { buffer = Array(repeating: 0, count: Self.blockRows * rows.columns) }
    var span = buffer.mutableSpan
    rows.read(range, into: &span)
    return buffer[..<(range.count * rows.columns)]
  }

  func add(_ other: GramPart) {
    let (otherGram, otherMoments) = (other.gram, other.moments)
    gram.withMutableElements { axpy(1, otherGram.elements.span, into: &$0) }
    moments.withMutableElements { axpy(1, otherMoments.elements.span, into: &$0) }
  }
}

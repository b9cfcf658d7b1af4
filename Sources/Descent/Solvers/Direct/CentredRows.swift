internal import LinearAlgebra

/// The rows of a data set, scaled and brought near their mean, each times the root of what it counts for, in a precision to
/// compute in.
///
/// Products of features whose mean is many times their spread would cancel; of differences from about the mean
/// they do not. What is left of the mean is small, and taken off the products afterwards. Features whose mean is near 0
/// stay as they are, and where all of them do the rows are not even copied.
struct CentredRows<Work: KernelScalar>: Sendable {
  let features: any FeatureStorage
  let shifts: [Work]
  let factors: [Work]
  /// Whether nothing is to be shifted nor scaled.
  private let isPlain: Bool
  /// A scaled feature is what ``read(_:into:)`` gives, before it is weighed, plus this.
  let offsets: [Double]
  /// See ``RowLoss/roots``.
  let roots: [Double]?
  /// Whether there are biases, for which means are taken off. Else they count as 0.
  let isCentred: Bool

  var rows: Int { features.rows }
  var columns: Int { features.columns }

  init<Element: KernelScalar>(_ objective: DataObjective<Element>) {
    let source = objective.source(for: Work.self)
    features = source.features
    roots = objective.rowLoss.roots
    let columns = features.columns
    isCentred = objective.model.hasIntercept
    if case .each(let shifts, let factors) = source.scaling {
      self.shifts = shifts.map { Work($0) }
      self.factors = factors.map { Work($0) }
      offsets = Array(repeating: 0, count: columns)
      isPlain = false
    } else {
      let factor = source.scaling.factor(0)
      let about =
        isCentred ? Self.means(of: features).map { Work($0) } : Array(repeating: 0, count: columns)
      shifts = about
      isPlain = roots == nil && factor == 1 && about.allSatisfy { $0 == 0 }
      factors = Array(repeating: Work(factor), count: columns)
      offsets = about.map { Double($0) * factor }
    }
  }

  /// Whether ``stored(_:)`` gives any rows.
  var areStored: Bool { rows > 0 && stored(0..<1) != nil }

  /// The rows as they lie, `[range.count, columns]`, where they are what ``read(_:into:)`` would give.
  func stored(_ range: Range<Int>) -> ArraySlice<Work>? {
    isPlain ? features.stored(range, as: Work.self) : nil
  }

  /// Fills `buffer`, `[range.count, columns]`.
  func read(_ range: Range<Int>, into buffer: inout MutableSpan<Work>) {
    readUnweighed(range, into: &buffer)
    weigh(range, &buffer)
  }

  /// The same, each row once.
  func readUnweighed(_ range: Range<Int>, into buffer: inout MutableSpan<Work>) {
    features.read(range, into: &buffer)
    centre(&buffer, count: range.count * columns, shifts: shifts.span, factors: factors.span)
  }

  /// Rows times their ``roots``.
  func weigh(_ range: Range<Int>, _ buffer: inout MutableSpan<Work>) {
    guard let roots else { return }
    var factors: [Work] = []
    for root in roots[range] { factors.append(Work(root)) }
    var used = buffer._mutatingExtracting(0..<range.count * columns)
    if columns > 0 { scaleRows(&used, by: factors.span, factor: 1) }
  }

  /// The means of some hundred rows, 0 where they are no more than twice the spread: that cancels two bits.
  private static func means(of features: any FeatureStorage) -> [Double] {
    let count = min(256, features.rows)
    let indices = (0..<count).map { $0 * features.rows / count }
    var rows = [Double](repeating: 0, count: count * features.columns)
    var span = rows.mutableSpan
    features.gather(indices.span, into: &span)
    // Row after row, as they lie.
    let columns = features.columns
    var (means, variances) = ([Double](repeating: 0, count: columns), [Double](repeating: 0, count: columns))
    let share = 1 / Double(max(1, count))
    for start in stride(from: 0, to: rows.count, by: max(1, columns)) {
      for j in 0..<columns { means[j] += share * rows[start + j] }
    }
    for start in stride(from: 0, to: rows.count, by: max(1, columns)) {
      for j in 0..<columns {
        let difference = rows[start + j] - means[j]
        variances[j] += share * difference * difference
      }
    }
    return zip(means, variances).map { $0 * $0 <= 4 * $1 ? 0 : $0 }
  }
}

/// x ← (x − shift)·factor, the first `count` numbers of a matrix.
@specialized(where Work == Float)
@specialized(where Work == Double)
private func centre<Work: KernelScalar>(
  _ matrix: inout MutableSpan<Work>, count: Int, shifts: Span<Work>, factors: Span<Work>
) {
  let columns = shifts.count
  matrix.withUnsafeMutableBufferPointer { x in
    shifts.withUnsafeBufferPointer { shifts in
      factors.withUnsafeBufferPointer { factors in
        for start in stride(from: 0, to: count, by: max(1, columns)) {
          for j in 0..<columns { x[start + j] = (x[start + j] - shifts[j]) * factors[j] }
        }
      }
    }
  }
}

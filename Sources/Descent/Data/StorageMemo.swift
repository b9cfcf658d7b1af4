internal import Synchronization

/// What was found out about stored features by a pass over all of them, which may take minutes.
final class StorageMemo: Sendable {
  private struct Found: Sendable {
    /// By the greatest magnitude that was allowed.
    var firstUnfit: [Double: (row: Int, column: Int)?] = [:]
    var moments: ColumnMoments?
  }

  private let found = Mutex(Found())
  /// By itself: it may be taken beside a training, which asks for the others.
  private let hash = Mutex<UInt64?>(nil)
  private let walked = Atomic(0)

  /// Whether a walk over all `rows` has been made; `more` are read now. What was read once the system has by then, and need
  /// not be asked for it. Each block is asked for twice, as this one and as the next.
  func hasWalked(_ more: Int, of rows: Int) -> Bool {
    walked.load(ordering: .relaxed) >= 2 * rows || walked.add(more, ordering: .relaxed).oldValue >= 2 * rows
  }

  func firstUnfit(beyond most: Double, _ find: () -> (row: Int, column: Int)?) -> (row: Int, column: Int)? {
    found.withLock {
      if let known = $0.firstUnfit[most] { return known }
      // The walk for the moments has seen each number.
      if let moments = $0.moments, moments.areFinite(within: most) { return nil }
      let place = find()
      $0.firstUnfit[most] = .some(place)
      return place
    }
  }

  func contentHash(_ find: () -> UInt64) -> UInt64 {
    hash.withLock {
      if let known = $0 { return known }
      let hash = find()
      $0 = hash
      return hash
    }
  }

  var moments: ColumnMoments? {
    get { found.withLock { $0.moments } }
    set { found.withLock { $0.moments = newValue } }
  }

  func moments(_ find: () -> ColumnMoments) -> ColumnMoments {
    found.withLock {
      if let known = $0.moments { return known }
      let moments = find()
      $0.moments = moments
      return moments
    }
  }
}

/// Features that remember.
protocol RemembersMoments {
  var memo: StorageMemo { get }
}

extension MappedStorage: RemembersMoments {}
extension DenseStorage: RemembersMoments {}
extension OneHotStorage: RemembersMoments {}
extension SparseStorage: RemembersMoments {}
extension SelectedStorage: RemembersMoments {}
extension ShardedStorage: RemembersMoments {}

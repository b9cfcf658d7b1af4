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

  func firstUnfit(beyond most: Double, _ find: () -> (row: Int, column: Int)?) -> (row: Int, column: Int)? {
    found.withLock {
      if let known = $0.firstUnfit[most] { return known }
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
extension SelectedStorage: RemembersMoments {}

/// The first place of several that threads come upon.
final class FirstPlace: Sendable {
  private let first = Mutex<(row: Int, column: Int)?>(nil)

  var place: (row: Int, column: Int)? { first.withLock { $0 } }

  func isBefore(_ row: Int) -> Bool { first.withLock { $0.map { $0.row < row } ?? false } }

  func offer(_ row: Int, _ column: Int) {
    first.withLock { if $0 == nil || row < $0!.row { $0 = (row, column) } }
  }
}

internal import LinearAlgebra

/// Which rows of the data each rank has.
///
/// Ranks have whole lanes, one after the other, so that their sums are those that one process has. The rows of passes in single
/// and in double precision may be cut into lanes differently; a rank then has the rows of either, so that what one pass has
/// written the other can read.
final class RowShare: Sendable {
  let ranks: Ranks
  let rows: Int
  /// Who answers for which rows: each is in one of these.
  let parts: [Range<Int>]
  /// The lanes of those passes.
  private let counts: [Int]
  /// The rows that this rank's passes go over.
  private let own: Range<Int>
  /// The rows that whole lanes about ``own`` have: room for them is what this rank needs.
  let reach: Range<Int>

  /// - Parameter cuts: by which passes go over the rows, at least one.
  init(_ ranks: Ranks, cuts: [Lanes]) {
    let (count, rows) = (ranks.count, cuts[0].rows)
    (self.ranks, self.rows, counts) = (ranks, rows, cuts.map(\.count))
    func part(_ lanes: Lanes, _ rank: Int) -> Range<Int> {
      lanes.rows(ofLanes: Self.lanes(lanes, ofRank: rank, among: count))
    }
    parts = (0..<count).map { part(cuts[0], $0) }
    let own = Self.hull(cuts.map { part($0, ranks.rank) })
    self.own = own
    reach = Self.hull(cuts.map { $0.rows(ofLanes: $0.lanes(about: own)) })
  }

  /// The lanes whose sums a rank answers for.
  static func lanes(_ lanes: Lanes, ofRank rank: Int, among count: Int) -> Range<Int> {
    lanes.count * rank / count..<lanes.count * (rank + 1) / count
  }

  /// The same of each rank.
  func lanes(_ lanes: Lanes) -> [Range<Int>] {
    (0..<ranks.count).map { Self.lanes(lanes, ofRank: $0, among: ranks.count) }
  }

  /// Whether it is one for passes by such lanes. Others go over all rows, at each rank.
  func suits(_ lanes: Lanes) -> Bool { lanes.rows == rows && counts.contains(lanes.count) }

  /// The lanes that this rank goes over: its own, and those that hold some of its rows by another cut.
  func walked(_ lanes: Lanes) -> Range<Int> { lanes.lanes(about: own) }

  /// Whether there is room for these rows.
  func has(_ range: Range<Int>) -> Bool {
    range.isEmpty || reach.lowerBound <= range.lowerBound && range.upperBound <= reach.upperBound
  }

  private static func hull(_ ranges: [Range<Int>]) -> Range<Int> {
    let some = ranges.filter { !$0.isEmpty }
    guard let first = some.map(\.lowerBound).min(), let end = some.map(\.upperBound).max() else {
      return 0..<0
    }
    return first..<end
  }
}

extension Lanes {
  func rows(ofLanes range: Range<Int>) -> Range<Int> {
    rows * range.lowerBound / count..<rows * range.upperBound / count
  }

  /// Those that hold some of the rows.
  fileprivate func lanes(about some: Range<Int>) -> Range<Int> {
    guard !some.isEmpty else { return 0..<0 }
    let first = (0..<count).first { rows(ofLane: $0).upperBound > some.lowerBound } ?? count
    let end = (0..<count).last { rows(ofLane: $0).lowerBound < some.upperBound } ?? -1
    return first..<max(first, end + 1)
  }
}

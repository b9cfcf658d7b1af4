extension Folds {
  /// The fold of each row, of which those of a group have one.
  ///
  /// A group goes to the fold for which Σ n_cf·g_c/n_c² is least, g_c being its rows of class c, n_cf the fold's, and n_c all of
  /// them: by that much, twice over, the squares of the classes' shares in the folds grow more than elsewhere. Of equal folds
  /// it is the smallest. O(rows · folds)
  func deal(
    _ groups: [Int32], _ rows: [Int], _ strata: [[Int]], rows all: Int,
    using generator: inout some RandomNumberGenerator
  ) throws(FoldError) -> [Int] {
    let members = Dictionary(grouping: rows) { groups[$0] }
    guard members.count >= count else { throw .groups(members.count, folds: count) }
    var stratum = [Int](repeating: 0, count: all)
    for (number, rows) in strata.enumerated() { for row in rows { stratum[row] = number } }
    var result = [Int](repeating: 0, count: all)
    var sizes = [Int](repeating: 0, count: count)
    var held = strata.map { _ in [Int](repeating: 0, count: count) }
    for group in members.orderedKeys.shuffled(using: &generator).largestFirst(by: { members[$0]!.count }) {
      let rows = members[group]!
      var costs = [Double](repeating: 0, count: count)
      for row in rows {
        let total = Double(strata[stratum[row]].count)
        for fold in 0..<count { costs[fold] += Double(held[stratum[row]][fold]) / (total * total) }
      }
      let best = (0..<count).min { (costs[$0], sizes[$0]) < (costs[$1], sizes[$1]) }!
      for row in rows {
        result[row] = best
        held[stratum[row]][best] += 1
      }
      sizes[best] += rows.count
    }
    return result
  }
}

extension [Int32] {
  /// In the order of their sizes, from the largest down; those of equal size as they are.
  fileprivate func largestFirst(by size: (Int32) -> Int) -> [Int32] {
    enumerated().sorted { (size($1.element), $0.offset) < (size($0.element), $1.offset) }.map(\.element)
  }
}

internal import LinearAlgebra

/// Parts of the rows that are held out in turn, each from a model that is trained on all other rows.
///
/// ```swift
/// for (training, heldOut) in try Folds(5).rows(of: data) {
///   print(try Trainer().fit(data.rows(at: training)).model.evaluate(on: data.rows(at: heldOut)).loss)
/// }
/// ```
public struct Folds: Sendable, Equatable {
  /// What is dealt to the folds: rows by themselves, or whole groups of them.
  public enum Way: Sendable, Equatable {
    /// Drawn, of each class alike: between two folds it differs by one row at most.
    case drawn
    /// Whole groups: a row's is told by its number. The largest are dealt first, each to the fold that has least of the
    /// classes which it brings.
    case groups([Int32])
  }

  /// 2 or more.
  public let count: Int
  /// What is dealt. ``rows(of:)`` traps where groups are not as many as the rows of the data.
  public let way: Way
  /// How many times all rows are dealt out, each time otherwise.
  public let repeats: Int
  /// Of what is drawn.
  public let seed: UInt64

  /// Traps where `count` is below 2, or `repeats` below 1. Of groups the seed orders those that are equally large.
  public init(_ count: Int = 5, _ way: Way = .drawn, repeats: Int = 1, seed: UInt64 = 0) {
    require(count >= 2, "\(count) folds, of which one is to be held out and others trained on")
    require(repeats >= 1, "\(repeats) repeats")
    (self.count, self.way, self.repeats, self.seed) = (count, way, repeats, seed)
  }

  /// The numbers of the rows to train on and of those held out, both in their order: ``count`` times ``repeats`` of such.
  /// Rows with a weight of 0 are in none of them. O(rows · folds)
  ///
  /// - Throws: ``FoldError`` where there are not rows, groups or rows of a class enough.
  public func rows(of data: Dataset) throws(FoldError) -> [(training: [Int], heldOut: [Int])] {
    let counting = (0..<data.rows).filter { data.weights?[$0] != 0 }
    guard counting.count >= count else { throw .rows(counting.count, folds: count) }
    let strata = data.strata(of: counting)
    var generator = SeededGenerator(seed: seed)
    var result: [(training: [Int], heldOut: [Int])] = []
    for _ in 0..<repeats {
      let fold: [Int]
      switch way {
      case .drawn:
        try check(strata, data)
        fold = Self.deal(strata, to: count, rows: data.rows, using: &generator)
      case .groups(let groups):
        require(groups.count == data.rows, "\(groups.count) rows of groups, \(data.rows) rows of data")
        fold = try deal(groups, counting, strata, rows: data.rows, using: &generator)
        try check(fold, strata, data)
      }
      for number in 0..<count {
        result.append((counting.filter { fold[$0] != number }, counting.filter { fold[$0] == number }))
      }
    }
    return result
  }

  /// The fold of each row: the rows of each stratum are shuffled, and dealt out in turn from where the one before left off.
  static func deal(
    _ strata: [[Int]], to folds: Int, rows: Int, using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    var result = [Int](repeating: 0, count: rows)
    var next = 0
    for var stratum in strata {
      stratum.shuffle(using: &generator)
      for row in stratum {
        result[row] = next
        next = (next + 1) % folds
      }
    }
    return result
  }

  /// That each class is in each fold.
  private func check(_ strata: [[Int]], _ data: Dataset) throws(FoldError) {
    guard case .labels = data.targets else { return }
    for (label, rows) in strata.enumerated() where !rows.isEmpty && rows.count < count {
      throw .rareClass(data.name(ofClass: label), rows: rows.count, folds: count)
    }
  }

  /// That each class is in two folds, and so among the rows trained on whichever is held out.
  private func check(_ fold: [Int], _ strata: [[Int]], _ data: Dataset) throws(FoldError) {
    guard case .labels = data.targets else { return }
    for (label, rows) in strata.enumerated() {
      guard let first = rows.first, rows.allSatisfy({ fold[$0] == fold[first] }) else { continue }
      throw .classOfOneFold(data.name(ofClass: label))
    }
  }
}

extension Dataset {
  /// The rows of each class in their order; all together where the targets are numbers.
  fileprivate func strata(of rows: [Int]) -> [[Int]] {
    guard case .labels(let labels) = targets else { return [rows] }
    return labels.rowsByClass(among: rows)
  }

  fileprivate func name(ofClass label: Int) -> String {
    classNames.indices.contains(label) ? classNames[label] : "\(label)"
  }
}

extension ArraySlice<Int32> {
  /// The numbers of the rows of each class, in their order.
  func rowsByClass(among rows: some Sequence<Int>) -> [[Int]] {
    var result = [[Int]](repeating: [], count: Int(self.max() ?? 0) + 1)
    for row in rows { result[Int(self[startIndex + row])].append(row) }
    return result
  }
}

internal import LinearAlgebra

/// Which rows a model is measured by, and not trained on: a fraction of them.
///
/// ```swift
/// let (training, heldOut) = data.split(Holdout(0.2, .last))
/// ```
public struct Holdout: Sendable, Equatable {
  /// What is held out: rows that are drawn, the last ones, or whole groups.
  public enum Way: Sendable, Equatable {
    /// Drawn, of each class alike.
    case drawn
    /// The last ones: of rows in the order of time, the newest.
    case last
    /// Whole groups, which are drawn: a row's is told by its number. Rows of one person or one day are alike, and a model
    /// that has seen some of them is not measured by the others.
    case groups([Int32])
  }

  /// From 0 to 1, both excluded.
  public let fraction: Double
  /// How rows are chosen. ``rows(of:)`` traps where groups are not as many as the targets.
  public let way: Way
  /// Of what is drawn.
  public let seed: UInt64

  /// Traps where the fraction is not between 0 and 1, both excluded. The last rows are the same for each seed.
  public init(_ fraction: Double, _ way: Way = .drawn, seed: UInt64 = 0) {
    require(fraction > 0 && fraction < 1, "a hold-out of \(fraction), not between 0 and 1")
    (self.fraction, self.way, self.seed) = (fraction, way, seed)
  }

  /// The numbers of the rows to train on and of those held out, both in their order.
  public func rows(of targets: Targets) -> (training: [Int], heldOut: [Int]) {
    switch way {
    case .drawn: return targets.split(holdout: fraction, seed: seed)
    case .last:
      let first = targets.rows - Int((fraction * Double(targets.rows)).rounded())
      return (Array(0..<first), Array(first..<targets.rows))
    case .groups(let groups):
      require(groups.count == targets.rows, "\(groups.count) rows of groups, \(targets.rows) targets")
      let isHeldOut = drawn(from: groups)
      return (
        groups.indices.filter { !isHeldOut.contains(groups[$0]) },
        groups.indices.filter { isHeldOut.contains(groups[$0]) }
      )
    }
  }

  /// Groups in a random order, each of which brings the rows held out nearer to the fraction. Of several groups one at
  /// least is held out, and one is not.
  private func drawn(from groups: [Int32]) -> Set<Int32> {
    let sizes = Dictionary(groups.map { ($0, 1) }, uniquingKeysWith: +)
    var generator = SeededGenerator(seed: seed)
    let order = sizes.orderedKeys.shuffled(using: &generator)
    var missing = fraction * Double(groups.count)
    var found: Set<Int32> = []
    for group in order where Double(sizes[group]!) < 2 * missing {
      guard found.count < order.count - 1 else { break }
      found.insert(group)
      missing -= Double(sizes[group]!)
    }
    if found.isEmpty, order.count > 1 { found.insert(order.min { sizes[$0]! < sizes[$1]! }!) }
    return found
  }
}

extension Dataset {
  /// The rows to train on, and those to measure by.
  public func split(_ holdout: Holdout) -> (training: Dataset, heldOut: Dataset) {
    let (training, heldOut) = holdout.rows(of: targets)
    return (rows(at: training), rows(at: heldOut))
  }
}

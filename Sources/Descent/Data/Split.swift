internal import LinearAlgebra

extension Dataset {
  /// The rows at `indices`, in that order, copied in their stored type.
  public func rows(at indices: [Int]) -> Dataset {
    var result = self
    (result.weights, result.offsets) = (nil, nil)  // while the number of rows changes
    result.features = features.selecting(indices)
    result.targets = targets.gathered(at: indices)
    result.groups = groups.map { groups in indices.map { groups[$0] } }
    result.weights = weights.map { weights in indices.map { weights[$0] } }
    result.offsets = offsets.map { offsets in indices.map { offsets[$0] } }
    return result
  }

  /// Holds out a fraction of the rows, of each class alike.
  ///
  /// Each class is shuffled by itself and gives up `fraction` of its rows, rounded to the nearest; both
  /// parts keep the rows' order. Targets that are numbers count as one class.
  ///
  /// - Parameters:
  ///   - generator: what rows are drawn by.
  ///   - fraction: from 0 to 1, both excluded.
  public func split(
    holdout fraction: Double, using generator: inout some RandomNumberGenerator
  ) -> (training: Dataset, heldOut: Dataset) {
    let (training, heldOut) = targets.split(holdout: fraction, using: &generator)
    return (rows(at: training), rows(at: heldOut))
  }

  /// The same from a seed.
  public func split(holdout fraction: Double, seed: UInt64 = 0) -> (training: Dataset, heldOut: Dataset) {
    var generator = SeededGenerator(seed: seed)
    return split(holdout: fraction, using: &generator)
  }
}

extension Targets {
  /// The numbers of the rows that ``Dataset/split(holdout:using:)`` trains on and holds out: the targets decide.
  public func split(
    holdout fraction: Double, using generator: inout some RandomNumberGenerator
  ) -> (training: [Int], heldOut: [Int]) {
    require(fraction > 0 && fraction < 1, "a hold-out of \(fraction), not between 0 and 1")
    var groups: [[Int]] = [[]]
    if case .labels(let labels) = self {
      let classes = Int(labels.max() ?? 0) + 1
      groups = Array(repeating: [], count: classes)
      for (row, label) in labels.enumerated() { groups[Int(label)].append(row) }
    } else {
      groups = [Array(0..<rows)]
    }
    var isHeldOut = [Bool](repeating: false, count: rows)
    for var group in groups {
      group.shuffle(using: &generator)
      let count = Int((fraction * Double(group.count)).rounded())
      for row in group.prefix(count) { isHeldOut[row] = true }
    }
    return ((0..<rows).filter { !isHeldOut[$0] }, (0..<rows).filter { isHeldOut[$0] })
  }

  /// The same from a seed.
  public func split(holdout fraction: Double, seed: UInt64 = 0) -> (training: [Int], heldOut: [Int]) {
    var generator = SeededGenerator(seed: seed)
    return split(holdout: fraction, using: &generator)
  }
}

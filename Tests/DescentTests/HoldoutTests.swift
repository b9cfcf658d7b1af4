import LinearAlgebra
import Testing

@testable import Descent

@Suite("Which rows are held out")
struct HoldoutTests {
  /// Every row once, and both parts in their order.
  private func check(_ parts: (training: [Int], heldOut: [Int]), rows: Int) {
    #expect((parts.training + parts.heldOut).sorted() == Array(0..<rows))
    #expect(parts.training == parts.training.sorted() && parts.heldOut == parts.heldOut.sorted())
  }

  @Test(arguments: [0.1, 0.25, 0.5, 0.9], [1, 2, 7, 40]) func groupsStayTogether(
    _ fraction: Double, _ count: Int
  ) {
    let rows = 400
    for seed in 0..<5 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let groups = (0..<rows).map { _ in Int32.random(in: 0..<Int32(count), using: &generator) }
      let targets = Targets.values(Array(repeating: 0, count: rows))
      let parts = Holdout(fraction, .groups(groups), seed: seed).rows(of: targets)
      check(parts, rows: rows)
      #expect(Set(parts.training.map { groups[$0] }).isDisjoint(with: parts.heldOut.map { groups[$0] }))
      guard count > 1 else {
        #expect(parts.heldOut.isEmpty)
        continue
      }
      #expect(!parts.heldOut.isEmpty && !parts.training.isEmpty)
      // As near as half of a group of the greatest size, where that does not leave one part empty.
      let sizes = Dictionary(groups.map { ($0, 1) }, uniquingKeysWith: +).values
      if count == 40 {
        let miss = abs(Double(parts.heldOut.count) - fraction * Double(rows))
        #expect(miss <= Double(sizes.max()!) / 2 + 1, "\(parts.heldOut.count)")
      }
    }
  }

  @Test func groupsOfAnySize() {
    // One group holds nearly all: it is trained on, or no group would be.
    let groups: [Int32] = Array(repeating: 3, count: 97) + [1, 2, 2]
    let targets = Targets.labels(groups)
    let parts = Holdout(0.02, .groups(groups)).rows(of: targets)
    check(parts, rows: 100)
    #expect([[97], [98, 99]].contains(parts.heldOut))
    // The seed draws, and nothing else.
    let many = (0..<300).map { Int32($0 / 3) }
    let drawn = (0..<4).map { Holdout(0.3, .groups(many), seed: $0).rows(of: .labels(many)).heldOut }
    #expect(Set(drawn).count == 4)
    #expect(drawn[1] == Holdout(0.3, .groups(many), seed: 1).rows(of: .labels(many)).heldOut)
  }

  @Test func theLast() {
    let targets = Targets.values((0..<10).map(Double.init))
    let parts = Holdout(0.3, .last).rows(of: targets)
    #expect(parts.training == Array(0..<7) && parts.heldOut == [7, 8, 9])
    #expect(Holdout(0.04, .last).rows(of: targets).heldOut.isEmpty)
  }

  @Test func drawnIsTheSplitOfBefore() {
    let targets = Targets.labels((0..<50).map { Int32($0 % 3) })
    let (new, old) = (Holdout(0.2, seed: 4).rows(of: targets), targets.split(holdout: 0.2, seed: 4))
    #expect(new.training == old.training && new.heldOut == old.heldOut)
  }

  /// The features and the target: rows of the same features and another target are no copies.
  @Test func sharedRows() {
    let some = Dataset(features: [[1, 2], [0, 4], [5, 6]] as Matrix<Float>, labels: ["a", "b", "b"])
    let other = Dataset(
      features: [[-0.0, 4], [1, 2], [5, 6], [5, 7], [0, 4]] as Matrix<Double>,
      labels: ["b", "b", "b", "b", "b"])
    #expect(other.rowsShared(with: some) == 3)
    #expect(some.rowsShared(with: other) == 2)
    let numbers = Dataset(features: [[1], [2], [2]] as Matrix<Float>, values: [3, 4, 5])
    #expect(numbers.rows(at: [1, 2]).rowsShared(with: numbers.rows(at: [0, 1])) == 1)
    #expect(numbers.rowsShared(with: some) == 0)
    let sparse = SparseStorage(
      columns: 9, starts: [0, 2, 3, 5], indices: [1, 4, 4, 1, 4], values: .float([1, 2, 2, 1, 2]))
    let rows = Dataset(features: sparse, targets: .labels([0, 0, 0]), classNames: ["x", "y"])
    #expect(rows.rows(at: [0]).rowsShared(with: rows.rows(at: [1, 2])) == 1)
    #expect(rows.rows(at: [1]).rowsShared(with: rows.rows(at: [0, 2])) == 0)
  }
}

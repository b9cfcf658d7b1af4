import Descent
import LinearAlgebra
import Testing

@Suite("The rows of a cross-validation's folds")
struct FoldsTests {
  /// So many rows of each class, mixed.
  private func data(_ counts: [Int], seed: UInt64 = 2) -> Dataset {
    var generator = SeededGenerator(seed: seed)
    let labels = counts.enumerated().flatMap { Array(repeating: Int32($0), count: $1) }
      .shuffled(using: &generator)
    return Dataset(
      features: Matrix(rows: labels.count, columns: 1, elements: labels.indices.map(Float.init)).storage,
      targets: .labels(labels[...]), classNames: counts.indices.map { "c\($0)" })
  }

  private func counts(_ data: Dataset, _ rows: [Int]) throws -> [Int] {
    let labels = try data.targets.requireLabels()
    return (0..<data.classes).map { c in rows.count { labels[$0] == Int32(c) } }
  }

  /// Both parts in their order, and each row held out once each time that all are dealt.
  private func expectWhole(_ parts: [(training: [Int], heldOut: [Int])], _ folds: Folds, rows: Set<Int>) {
    #expect(parts.count == folds.count * folds.repeats)
    for part in parts {
      #expect(part.training == part.training.sorted() && part.heldOut == part.heldOut.sorted())
      #expect(!part.heldOut.isEmpty)
      #expect(Set(part.training).union(part.heldOut) == rows)
      #expect(part.training.count + part.heldOut.count == rows.count)
    }
    for time in 0..<folds.repeats {
      let dealt = parts[time * folds.count..<(time + 1) * folds.count].flatMap(\.heldOut)
      #expect(dealt.sorted() == rows.sorted())
    }
  }

  @Test(arguments: [2, 3, 5, 7]) func eachClassAlike(_ count: Int) throws {
    let data = data([50, 20, 8, 7])
    for seed in 0..<10 as Range<UInt64> {
      let folds = Folds(count, repeats: 2, seed: seed)
      let parts = try folds.rows(of: data)
      expectWhole(parts, folds, rows: Set(0..<85))
      let shares = try parts.map { try counts(data, $0.heldOut) }
      for c in 0..<4 {
        let own = shares.map { $0[c] }
        #expect(own.max()! - own.min()! <= 1 && own.min()! >= 1)
      }
      let sizes = parts.map(\.heldOut.count)
      #expect(sizes.max()! - sizes.min()! <= 1)
    }
  }

  /// The seed draws, and nothing else; each repeat deals otherwise.
  @Test func seeds() throws {
    let data = noisyPlane(rows: 30, features: 1)
    func heldOut(_ folds: Folds) throws -> [[Int]] { try folds.rows(of: data).map(\.heldOut) }
    #expect(try heldOut(Folds(3, seed: 1)) == heldOut(Folds(3, seed: 1)))
    #expect(try heldOut(Folds(3, seed: 1)) != heldOut(Folds(3, seed: 2)))
    let twice = try heldOut(Folds(3, repeats: 2, seed: 1))
    #expect(try Array(twice[..<3]) == heldOut(Folds(3, seed: 1)))
    #expect(Array(twice[3...]) != Array(twice[..<3]))
  }

  @Test(arguments: [2, 4, 10]) func groupsStayTogether(_ count: Int) throws {
    for seed in 0..<10 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let data = data([150, 50], seed: seed)
      let groups = (0..<200).map { _ in Int32.random(in: 0..<40, using: &generator) }
      let folds = Folds(count, .groups(groups), repeats: 2, seed: seed)
      let parts = try folds.rows(of: data)
      expectWhole(parts, folds, rows: Set(0..<200))
      for part in parts {
        #expect(Set(part.training.map { groups[$0] }).isDisjoint(with: part.heldOut.map { groups[$0] }))
        // As even as groups of five rows, more or less, can be dealt.
        #expect(abs(part.heldOut.count - 200 / count) <= 9, "\(part.heldOut.count)")
        let share = try counts(data, part.heldOut)[1]
        #expect(abs(share - 50 / count) <= 6, "\(share)")
      }
    }
  }

  /// One group to a fold: all are held out, each by itself.
  @Test func oneGroupAFold() throws {
    let groups: [Int32] = [4, 4, 4, 9, 1, 1]
    let data = noisyPlane(rows: 6, features: 1)
    let parts = try Folds(3, .groups(groups)).rows(of: data)
    #expect(Set(parts.map(\.heldOut)) == [[0, 1, 2], [3], [4, 5]])
  }

  /// A row that counts for nothing is as none.
  @Test func weightsOfZero() throws {
    var whole = data([20, 11])
    whole.weights = (0..<31).map { $0 % 5 == 0 ? 0 : 2 }
    let kept = (0..<31).filter { $0 % 5 != 0 }
    let left = whole.rows(at: kept)
    let groups = (0..<31).map { Int32($0 % 8) }
    for (one, other) in [
      (Folds(3, seed: 4), Folds(3, seed: 4)),
      (Folds(3, .groups(groups)), Folds(3, .groups(kept.map { groups[$0] }))),
    ] {
      let (parts, same) = (try one.rows(of: whole), try other.rows(of: left))
      #expect(parts.map(\.heldOut) == same.map { $0.heldOut.map { kept[$0] } })
      #expect(parts.map(\.training) == same.map { $0.training.map { kept[$0] } })
    }
  }

  @Test func refusals() {
    func error(_ folds: Folds, _ data: Dataset) -> FoldError? {
      do throws(FoldError) { _ = try folds.rows(of: data) } catch { return error }
      return nil
    }
    let numbers = noisyPlane(rows: 4, features: 1)
    #expect(error(Folds(5), numbers) == .rows(4, folds: 5))
    #expect(error(Folds(4), numbers) == nil)
    #expect(error(Folds(3, .groups([1, 1, 2, 2])), numbers) == .groups(2, folds: 3))
    #expect(error(Folds(4), data([9, 3])) == .rareClass("c1", rows: 3, folds: 4))
    #expect(error(Folds(3), data([9, 3])) == nil)
    // A class without rows is no class of these rows.
    #expect(error(Folds(3), data([9, 0, 3])) == nil)
    var some = data([9, 4])
    guard case .labels(let labels) = some.targets else { return }
    let byClass = labels.enumerated().map { $1 == 1 ? 100 : Int32($0) }
    #expect(error(Folds(3, .groups(byClass)), some) == .classOfOneFold("c1"))
    // Of weight 0 they are not there.
    some.weights = labels.map { $0 == 1 ? 0 : 1 }
    #expect(error(Folds(3, .groups(byClass)), some) == nil)
  }
}

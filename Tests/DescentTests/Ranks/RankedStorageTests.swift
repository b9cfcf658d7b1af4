import Descent
import LinearAlgebra
import Testing

@Suite("Rows that ranks hold in shares")
struct RankedStorageTests {
  private static let columns = 3

  private static func rows(_ range: Range<Int>) -> [Double] {
    range.flatMap { row in (0..<columns).map { Double(row) + Double($0) / 10 } }
  }

  /// Read unevenly, some ranks having read nothing.
  @Test(arguments: [[90, 10], [0, 5, 95], [37, 0, 0, 63], [1, 1, 1]]) func allRowsAtEachRank(_ counts: [Int])
    throws
  {
    let all = counts.reduce(0, +)
    let columns = Self.columns
    let seen = try ThreadRanks.run(counts.count) { ranks in
      let first = counts[..<ranks.rank].reduce(0, +)
      let storage = RankedStorage(
        Self.rows(first..<first + counts[ranks.rank]), counts: counts, columns: columns, among: ranks)
      #expect(storage.rows == all)
      var buffer = [Double](repeating: -1, count: all * columns)
      var span = buffer.mutableSpan
      storage.read(0..<all, into: &span)
      #expect(buffer == Self.rows(0..<all))
      // In disorder and more than once; again, from what was kept.
      let some = [all - 1, 0, all / 2, 0, all - 1]
      for _ in 0..<2 {
        var gathered = [Float](repeating: -1, count: some.count * columns)
        var part = gathered.mutableSpan
        storage.gather(some.span, into: &part)
        #expect(gathered == some.flatMap { Self.rows($0..<$0 + 1) }.map { Float($0) })
      }
      let chosen = storage.selecting(some)
      var row = [Double](repeating: 0, count: columns)
      var one = row.mutableSpan
      chosen.read(2..<3, into: &one)
      #expect(row == Self.rows(all / 2..<all / 2 + 1))
      #expect(storage.firstNonFinite == nil)
      return storage.stored(0..<all, as: Double.self) == nil
    }
    #expect(seen.allSatisfy { $0 || counts.count == 1 })
  }

  @Test func aNumberThatIsNoneIsFoundByAll() throws {
    let places = try ThreadRanks.run(3) { ranks in
      var own = Self.rows(ranks.rank * 10..<(ranks.rank + 1) * 10)
      if ranks.rank == 2 { own[7 * Self.columns + 1] = .nan }
      let storage = RankedStorage(own, counts: [10, 10, 10], columns: Self.columns, among: ranks)
      return storage.firstNonFinite.map { [$0.row, $0.column] }
    }
    #expect(places == [[27, 1], [27, 1], [27, 1]])
  }

  /// The same bits as of one process, with every solver of the ranks' laws, where a rank holds but its share.
  @Test(arguments: RankTests.cases.indices) func bits(_ number: Int) throws {
    let one = RankTests.cases[number]
    guard one.data().features is DenseStorage<Double> else { return }
    var trainer = one.trainer
    trainer.threads = 2
    let alone: Fit<Float> = try trainer.fit(one.data())
    let fits = try ThreadRanks.run(3) { ranks in
      var (data, trainer) = (one.data(), one.trainer)
      (trainer.communicator, trainer.threads) = (ranks, 1)
      let counts = [data.rows / 7, data.rows / 2, data.rows - data.rows / 7 - data.rows / 2]
      let first = counts[..<ranks.rank].reduce(0, +)
      var own = [Double](repeating: 0, count: counts[ranks.rank] * data.columns)
      var span = own.mutableSpan
      data.features.read(first..<first + counts[ranks.rank], into: &span)
      data.features = RankedStorage(own, counts: counts, columns: data.columns, among: ranks)
      let fit: Fit<Float> = try trainer.fit(data)
      return (fit, data)
    }
    for (fit, data) in fits {
      #expect(fit.model.parameters == alone.model.parameters, "\(one)")
      #expect(fit.certificate?.lowerBound == alone.certificate?.lowerBound)
      #expect(data.rows == one.data().rows)
    }
  }
}

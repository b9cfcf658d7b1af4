import LinearAlgebra
import Testing

@testable import Descent

@Suite("The hash of data tells what they hold, and not how they are stored")
struct ContentHashTests {
  private func hash(_ features: any FeatureStorage) -> UInt64 {
    let hash = features.hash(alone: false)
    #expect(features.hash(alone: true) == hash)
    return hash
  }

  private func dense<Stored: StoredNumber>(_ numbers: [Stored], columns: Int = 3) -> DenseStorage<Stored> {
    DenseStorage(rows: numbers.count / columns, columns: columns, elements: numbers[...])
  }

  /// More rows than are converted at once.
  private let bytes = (0..<90_000).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }

  @Test func isTheSameForEachType() {
    let expected = hash(dense(bytes))
    #expect(hash(dense(bytes.map { Float16($0) })) == expected)
    #expect(hash(dense(bytes.map { Float($0) })) == expected)
    #expect(hash(dense(bytes.map { Double($0) })) == expected)
    #expect(hash(SelectedStorage(dense(bytes), at: Array(0..<30_000))) == expected)
    #expect(hash(SelectedStorage(dense(bytes), at: Array((0..<30_000).reversed()))) != expected)
    var changed = bytes
    changed[80_000] ^= 1
    #expect(hash(dense(changed)) != expected)
  }

  @Test func ofSparseRowsIsThatOfTheNonzeros() {
    // A matrix that would take terabytes.
    let (columns, rows) = (100_000_000, 70_000)
    let values = (0..<rows).map { Float($0 + 1) }
    func sparse(_ values: SparseStorage.Values, shift: Int32 = 0) -> UInt64 {
      hash(
        SparseStorage(
          columns: columns, starts: Array(0...rows), indices: (0..<Int32(rows)).map { $0 + shift },
          values: values))
    }
    let expected = sparse(.float(values))
    #expect(sparse(.double(values.map { Double($0) })) == expected)
    #expect(sparse(.float(values), shift: 1) != expected)
    #expect(sparse(.float(values.map { $0 + 1 })) != expected)
  }

  /// Its pieces are as many whatever the cores, and each is looked at, if only at its start.
  @Test func ofSamplesSeesEachPiece() {
    // 117 pieces of 256 or 257 rows, of which two are looked at.
    let rows = 90_000 / 3
    for piece in [0, 1, 58, 116] {
      for (offset, isSeen) in [(0, true), (1, true), (2, false), (255, false)] {
        var changed = bytes
        changed[(rows * piece / 117 + offset) * 3] ^= 1
        let seen =
          dense(changed).hash(alone: false, sampling: 6) != dense(bytes).hash(alone: true, sampling: 6)
        #expect(seen == isSeen, "row \(offset) of piece \(piece)")
      }
    }
  }

  @Test func ofCategoriesIsThatOfTheirPlaces() {
    let codes: [Float] = (0..<900).map { Float($0 * $0 % 5) - 1 }
    func coded(_ places: [Int], _ codes: [Float]) -> UInt64 {
      hash(OneHotStorage(dense(codes, columns: 1), [.category(places: places, features: 4)]))
    }
    let expected = coded([0, 1, 2, 3], codes)
    // The same features by other numbers.
    #expect(coded([3, 2, 1, 0], codes.map { $0 < 0 ? $0 : 3 - $0 }) == expected)
    #expect(coded([3, 2, 1, 0], codes) != expected)
    #expect(coded([0, 1, 2, 3], codes.map { $0 < 0 ? 0 : $0 }) != expected)
  }

  /// What version 0.1 wrote to the metrics of a training on a table, and on sparse rows.
  @Test func ofTheVersionBeforeIsKnown() {
    let table = Dataset(
      features: dense([0.5, 1, 2, -3, 1, 4] as [Float], columns: 2), targets: .labels([0, 1, 0]),
      classNames: ["p", "q"], featureNames: ["a", "b"])
    #expect(table.formerContentHash == "74d55f2b9e35dffe")
    for values in [
      SparseStorage.Values.float([0.5, 2, 1.5, -1, 0.25, 4]), .double([0.5, 2, 1.5, -1, 0.25, 4]),
    ] {
      let rows = SparseStorage(
        columns: 3, starts: [0, 2, 3, 5, 6], indices: [0, 2, 1, 0, 1, 2], values: values)
      let sparse = Dataset(features: rows, targets: .labels([0, 1, 0, 1]), classNames: ["1", "2"])
      #expect(sparse.formerContentHash == "d389a40d954b8a75")
    }
  }

  /// What a mapped file holds, its fingerprint tells as an array does, and keeps for who asks again.
  @Test func isKept() {
    let memo = StorageMemo()
    #expect(memo.contentHash { 7 } == 7 && memo.contentHash { 8 } == 7)
    let data = Dataset(
      features: dense(bytes), targets: .values((0..<30_000).map { Double($0) }), classNames: [])
    #expect(data.fingerprint == data.contentHash && data.fingerprint.count == 16)
  }
}

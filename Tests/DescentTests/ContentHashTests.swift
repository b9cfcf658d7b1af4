import LinearAlgebra
import Testing

@testable import Descent

@Suite("The hash of data tells what they hold, and not how they are stored")
struct ContentHashTests {
  private func hash(_ features: any FeatureStorage) -> UInt64 {
    let hash = ContentHash()
    features.addContents(to: hash)
    return hash.value
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
}

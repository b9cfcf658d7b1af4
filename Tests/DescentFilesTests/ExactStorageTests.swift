import CSQLite
import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

@Suite("Readers keep the numbers of a file exactly, as Floats where each is one")
struct ExactStorageTests {
  /// Rows of numbers that Float holds, and one cell that it does not.
  private func table(_ rows: Int, odd: (row: Int, text: String)?) -> String {
    (0..<rows).map { row in
      let cell = odd?.row == row ? odd!.text : "\(row % 97).25"
      return "\(row),\(cell),-1e3,\(row % 2 == 0 ? "a" : "b")\n"
    }.joined()
  }

  private func expected(_ rows: Int, odd: (row: Int, text: String)?) -> [Double] {
    (0..<rows).flatMap { row in
      [Double(row), odd?.row == row ? Double(odd!.text)! : Double(row % 97) + 0.25, -1e3]
    }
  }

  @Test func oneNumberDecidesWhereverItStands() throws {
    let rows = 300
    for odd in [nil, (0, "0.1"), (150, "1600000017.5"), (299, "16777217"), (7, "1e-50")] as [(Int, String)?] {
      let text = Array(table(rows, odd: odd).utf8)
      for chunkSize in [64, 1000, 1 << 20] {
        for threads in [1, 3] {
          let options = DataOptions(header: .absent, threads: threads)
          let data = try CSV.read(
            Input(bytes: text, name: "x.csv"), options, as: Float.self, chunkSize: chunkSize)
          #expect((data.features is DenseStorage<Float>) == (odd == nil))
          #expect((data.features is DenseStorage<Double>) == (odd != nil))
          #expect(features(data) == expected(rows, odd: odd))
        }
      }
    }
  }

  @Test func meansThatTakeThePlaceOfMissingNumbersAreNotRounded() throws {
    var options = DataOptions(header: .absent)
    options.missing = .mean
    let data = try csv("1,5,a\n1,,b\n2,6,a\n,7,b\n", options)
    #expect(features(data) == [1, 5, 1, 6, 2, 6, 4.0 / 3, 7])
    // A mean that Float holds asks for no more.
    let exact = try csv("1,5,a\n,8,b\n2,6,a\n", options)
    #expect(exact.features is DenseStorage<Float>)
    // Nor does one that takes no place.
    let even = try csv("1,5,a\n1,,b\n2,7,a\n", options)
    #expect(even.features is DenseStorage<Float>)
  }

  @Test func categoriesBesideExactNumbers() throws {
    var options = DataOptions(header: .absent)
    options.roles.categorical = ["2"]
    for chunkSize in [16, 1 << 20] {
      let text = "1600000017,red,a\n1600000018,blue,b\n1600000019,green,a\n1600000020,red,b\n"
      let data = try CSV.read(
        Input(bytes: Array(text.utf8), name: "x.csv"), options, as: Float.self, chunkSize: chunkSize)
      #expect(
        features(data)
          == [1600000017, 0, 0, 1, 1600000018, 1, 0, 0, 1600000019, 0, 1, 0, 1600000020, 0, 0, 1])
    }
  }

  @Test func sparseRows() throws {
    for (value, isSingle) in [("2.5", true), ("0.1", false), ("1600000017", false)] {
      let text = (0..<200).map { "\($0 % 2) 1:\($0) 3:\($0 == 123 ? value : "4")\n" }.joined()
      for chunkSize in [64, 1 << 20] {
        let data = try LIBSVM.read(
          Input(bytes: Array(text.utf8), name: "x.svm"), DataOptions(), as: Float.self, chunkSize: chunkSize)
        let storage = try #require(data.features as? SparseStorage)
        #expect(storage.holdsSingles == isSingle)
        #expect(features(data)[123 * 3 + 2] == Double(value))
        #expect(features(data)[199 * 3] == 199)
      }
    }
  }

  @Test func arraysThatAreReadAndNotMapped() throws {
    try withTemporaryFolder { folder in
      let labels = npy("|u1", "(2,)", [0, 1])
      try write(labels, to: "\(folder)/y.npy")
      let times = [1_600_000_017, 1_600_000_018]
      for (descr, bytes) in [
        ("<i8", times.flatMap { littleEndian(UInt64($0)) }),
        ("<i4", times.flatMap { littleEndian(UInt32($0)) }),
        ("<f8", times.flatMap { littleEndian(Double($0).bitPattern) }),
      ] {
        try write(npy(descr, "(2, 1)", bytes), to: "\(folder)/x.npy")
        let data = try DataFile.read("\(folder)/x.npy", DataOptions(labelsPath: "\(folder)/y.npy"))
        #expect(features(data) == times.map(Double.init))
      }
    }
  }

  @Test func queries() throws {
    try withTemporaryFolder { folder in
      var connection: OpaquePointer?
      #expect(sqlite3_open("\(folder)/d.db", &connection) == SQLITE_OK)
      let statements = "create table t(x, k); insert into t values (1600000017, 'a'), (0.1, 'b'), ('2', 'a');"
      #expect(sqlite3_exec(connection, statements, nil, nil, nil) == SQLITE_OK)
      sqlite3_close(connection)
      var options = DataOptions()
      options.query = "select x, k from t"
      let data = try DataFile.read("\(folder)/d.db", options)
      #expect(features(data) == [1600000017, 0.1, 2])
    }
  }
}

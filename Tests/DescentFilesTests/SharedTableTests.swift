import Descent
import Foundation
import Testing

@testable import DescentFiles

@Suite("A table of which each rank reads some files")
struct SharedTableTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let texts: [String]
    var options = DataOptions()
    /// Whether a rank holds but its rows; else each has read all.
    var isShared = true

    init(
      _ name: String, _ texts: [String], isShared: Bool = true,
      _ change: (inout DataOptions) -> Void = { _ in }
    ) {
      (testDescription, self.texts, self.isShared) = (name, texts, isShared)
      change(&options)
    }
  }

  private static let head = "age,city,w,y\n"
  private static let many = (0..<5).map { file in
    head
      + (0..<20 + 30 * file).map { row in
        "\(row * 7 % 31).\(file),\(["Rome", "Oslo", "Bern", "Kyiv"][(row * file + row) % (file < 4 ? 3 : 4)]),\(1 + row % 3),"
          + "\(["no", "yes", "perhaps"][(row + file) % (file == 3 ? 3 : 2)])\n"
      }.joined()
  }

  static let cases = [
    Case("categories and classes of which some stand in one file", many) {
      $0.roles.categorical = ["city"]
      $0.roles.weight = "w"
    },
    Case("numbers", ["1,2,5\n3,4,6\n", "0.1,7,8\n", "1,1,1\n2,2,2\n3,3,3\n"]) { $0.target = .numbers },
    Case("words for 1 and 0", ["a,b,y\nyes,1,0\nno,2,1\n", "a,b,y\nno,3,1\nyes,4,0\n"]),
    Case("files without a row", ["a,y\n", "a,y\n1,0\n2,1\n", "a,y\n"]),
    Case("rows that are dropped", ["a,b,y\n1,,0\n2,3,1\n", "a,b,y\n,,1\n4,5,0\n6,7,1\n"]) {
      $0.missing = .dropped
    },
    Case(
      "comments, a byte order mark, and no line break at the end",
      [
        "\u{feff}# one\na,y\n1,0\n2,1", "\u{feff}# two\n\na,y\n3,1\n4,0",
      ]
    ) { $0.form.comment = "#" },
    Case(
      "means of all rows, one of them none of Float's",
      [
        "a,b,y\n0.1,,0\n,2,1\n", "a,b,y\n5,3,1\n6,,0\n", "a,b,y\n,7,0\n1,1,1\n",
      ]
    ) { $0.missing = .mean },
    Case(
      "means of some rows, and indicators",
      [
        "a,b,y\n1,,0\n,2,1\n", "a,b,y\n5,3,1\n6,4,0\n", "a,b,y\n9,7,0\n1,1,1\n",
      ]
    ) {
      $0.missing = .indicator
      $0.rowsForMeans = { targets, _, _ in (0..<targets.rows).filter { $0 % 3 > 0 } }
    },
    Case("groups", ["a,g,y\n1,x,0\n2,y,1\n", "a,g,y\n5,z,1\n6,x,0\n", "a,g,y\n9,y,0\n1,w,1\n"]) {
      $0.roles.group = "g"
    },
    Case("medians, which are of all rows", ["a,y\n1,0\n,1\n", "a,y\n5,1\n6,0\n"], isShared: false) {
      $0.missing = .median
    },
    Case("one file", ["a,y\n1,0\n2,1\n"], isShared: false),
    Case("words in one file alone", ["a,b,y\nyes,1,0\nno,2,1\n", "a,b,y\n1,3,1\n0,4,0\n"]),
    Case("words in a row that is dropped", ["a,b,y\n1,2,0\n0,3,1\n", "a,b,y\nyes,,0\n"]) {
      $0.missing = .dropped
    },
  ]

  /// Calls `body` with a pattern for the files.
  private static func with<Result>(_ texts: [String], _ body: (String) throws -> Result) throws -> Result {
    try withTemporaryFolder { folder in
      for (number, text) in texts.enumerated() {
        try write(Array(text.utf8), to: "\(folder)/day-\(number).csv")
      }
      return try body("\(folder)/day-*.csv")
    }
  }

  private static func tallied(_ options: DataOptions, _ ranks: (any Communicator)?) -> DataOptions {
    var options = options
    (options.tally, options.communicator) = (ReadingTally(), ranks)
    return options
  }

  @Test(arguments: cases) func isTheTableOfOneProcess(_ one: Case) throws {
    try Self.with(one.texts) { path in
      let options = Self.tallied(one.options, nil)
      let alone = try DataFile.read(path, options)
      for size in [2, 3, 7] {
        let all = try ThreadRanks.run(size) { ranks in
          let own = Self.tallied(one.options, ranks)
          let data = try DataFile.read(path, own)
          return (
            data.contentHash,
            data.features is RankedStorage<Float> || !one.options.roles.categorical.isEmpty
              || data.features is RankedStorage<Double>, data, own.tally?.counts
          )
        }
        for (hash, isShared, data, counts) in all {
          #expect(hash == alone.contentHash, "\(size) ranks")
          #expect(isShared == one.isShared, "\(size) ranks: \(type(of: data.features))")
          #expect(data.featureNames == alone.featureNames && data.classNames == alone.classNames)
          #expect(data.table == alone.table && data.reading.form == alone.reading.form)
          #expect(counts == options.tally?.counts && data.groups == alone.groups)
        }
      }
    }
  }

  /// The error of who reads all files in their order, once, at each rank.
  @Test(arguments: [
    ["a,y\n1,0\n2,1\n", "a,y\n3,1\noops,0\n", "a,y\nworse,0\n"],
    [
      "name,y\n" + (0..<40).map { "n\($0),\($0 % 2)\n" }.joined(),
      "name,y\n" + (40..<80).map { "n\($0),\($0 % 2)\n" }.joined(),
    ],
    ["a,y\n", "a,y\n"],
  ]) func errors(_ texts: [String]) throws {
    var options = DataOptions()
    if texts[0].hasPrefix("name") { options.roles.categorical = ["name"] }
    try Self.with(texts) { [options] path in
      let alone = failure { _ = try DataFile.read(path, options) }
      for error in try ThreadRanks.run(
        2,
        { ranks in
          failure { _ = try DataFile.read(path, Self.tallied(options, ranks)) }
        })
      { #expect(error.description == alone.description) }
    }
  }

  @Test func filesAreCutByTheirSizes() {
    func cut(_ sizes: [Int], _ ranks: Int) -> [Range<Int>] { SharedTable.shares(of: sizes, among: ranks) }
    #expect(cut([10, 10, 10, 10], 2) == [0..<2, 2..<4])
    #expect(cut([100, 10, 10], 2) == [0..<1, 1..<3])
    #expect(cut([10, 100, 10], 3) == [0..<1, 1..<2, 2..<3])
    #expect(cut([5, 5], 4).filter { !$0.isEmpty } == [0..<1, 1..<2])
    #expect(cut([0, 0], 2).joined().sorted() == [0, 1])
  }

  /// Ranks that see other files read all of theirs, which a training then tells apart.
  @Test func filesThatDiffer() throws {
    try Self.with(["a,y\n1,0\n", "a,y\n2,1\n"]) { one in
      try Self.with(["a,y\n1,0\n", "a,y\n2,1\n3,1\n"]) { other in
        let rows = try ThreadRanks.run(2) { ranks in
          try DataFile.read(ranks.rank == 0 ? one : other, Self.tallied(DataOptions(), ranks)).rows
        }
        #expect(rows == [2, 3])
      }
    }
  }

  /// Numbers that count the rows do so over all ranks, and those that begin anew with each file do not.
  @Test func countingIsOfAllRows() throws {
    let texts = (0..<2).map { file in
      "id,hour,y\n" + (0..<12).map { "\(file * 12 + $0 + 1),\($0),\($0 % 2)\n" }.joined()
    }
    try Self.with(texts) { path in
      let found = try ThreadRanks.run(2) { ranks in
        let options = Self.tallied(DataOptions(), ranks)
        _ = try DataFile.read(path, options)
        return options.tally?.columns.countingRows
      }
      #expect(found == [["id"], ["id"]])
    }
  }
}

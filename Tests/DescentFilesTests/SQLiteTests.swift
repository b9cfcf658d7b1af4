import CSQLite
import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

@Suite struct SQLiteTests {
  /// Calls `body` with a database of one small table.
  private func withDatabase(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/d.db"
      var connection: OpaquePointer?
      #expect(sqlite3_open(path, &connection) == SQLITE_OK)
      let statements = """
        create table t(x integer, y real, c text, k text, b blob);
        insert into t values (1, 2.5, 'red', 'yes', x'00'), ('2', 0.1, 'blue', 'no', x'00'),
          (3, null, 'red', 'yes', x'00');
        """
      #expect(sqlite3_exec(connection, statements, nil, nil, nil) == SQLITE_OK)
      sqlite3_close(connection)
      try body(path)
    }
  }

  private func options(_ query: String) -> DataOptions {
    var options = DataOptions()
    options.query = query
    return options
  }

  /// Each reads some rows of the result, in its order, and what is found is found by all.
  @Test func ranksShareTheRowsOfAQuery() throws {
    try withDatabase { path in
      var all = options(
        "select x, y, c, k from t union all select x + 3, y, 'green', 'no' from t order by x desc;")
      (all.missing, all.tally) = (.dropped, ReadingTally())
      all.roles.categorical = ["c"]
      let alone = try DataFile.read(path, all)
      for size in [2, 5] {
        let (asked, counts) = (all, all.tally?.counts)
        for (hash, columns, own) in try ThreadRanks.run(
          size,
          { ranks in
            var asked = asked
            (asked.communicator, asked.tally) = (ranks, ReadingTally())
            let data = try DataFile.read(path, asked)
            return (data.contentHash, data.featureNames, asked.tally?.counts)
          })
        {
          #expect(hash == alone.contentHash && columns == alone.featureNames && own == counts)
        }
      }
      #expect(alone.rows == 4 && all.tally?.counts.droppedRows == 2)
      // An error is that of who reads them all.
      let wrong = options("select x, b, k from t")
      let error = failure { _ = try DataFile.read(path, wrong) }
      for other in try ThreadRanks.run(
        2,
        { [wrong] ranks in
          var wrong = wrong
          wrong.communicator = ranks
          return failure { [wrong] in _ = try DataFile.read(path, wrong) }
        })
      { #expect(other == error) }
    }
  }

  @Test func readsNumbersTextsAndLabels() throws {
    try withDatabase { path in
      let data = try DataFile.read(
        path, options("select x, y, k from t where y is not null"), as: Double.self)
      #expect(features(data) == [1, 2.5, 2, 0.1])
      #expect(labels(data) == ["yes", "no"])
      #expect(data.featureNames == ["x", "y"])
      var reading = options("select c, y, x as label from t")
      (reading.roles.categorical, reading.missing) = (["c"], .mean)
      let coded = try DataFile.read(path, reading, as: Double.self)
      #expect(features(coded) == [0, 1, 2.5, 1, 0, 0.1, 0, 1, 1.3])
      #expect(labels(coded) == ["1", "2", "3"])
    }
  }

  @Test func wordsAreOneAndZeroAndNullIsMissing() throws {
    try withDatabase { path in
      var reading = options("select k as bought, y, c from t")
      reading.missing = .median
      let data = try DataFile.read(path, reading, as: Double.self)
      #expect(features(data) == [1, 2.5, 0, 0.1, 1, 1.3])
      #expect(data.table?.columns[0].truth == .yesNo && data.table?.columns[1].median == 1.3)
      let day = failure { _ = try DataFile.read(path, options("select '2020-01-03' as day, c from t")) }
      #expect(
        day.remedy.description
          == "leave the column out by 'ignore' day, or count days: julianday(\"day\") in the query")
    }
  }

  @Test func streamsRowsOnceAndNoMore() throws {
    try withDatabase { path in
      var reading = options("select x from t")
      (reading.target, reading.model) = (.ignored, ModelColumns(features: 1))
      let stream = try DataFile.stream(path, reading, as: Float.self)
      #expect(try stream.next(2)?.features.elements == [1, 2])
      #expect(try stream.next(2)?.features.elements == [3])
      #expect(try stream.next(2) == nil)
      #expect(try stream.next(2) == nil)
    }
  }

  @Test(arguments: [
    ("selec", FileError.Kind.badQuery, "SQLite says: near \"selec\": syntax error; correct the query"),
    ("select * from nope", .badQuery, "SQLite says: no such table: nope; correct the query"),
    ("delete from t", .badQuery, "the query does not only read; write one such as 'select * from t'"),
    (
      "select x, k from t; drop table t", .badQuery,
      "the query is more than one statement; give one, with 'query'"
    ),
    ("", .badQuery, "the query is empty; write one such as 'select * from t'"),
    (
      "select x as a, y as a, k from t", .badData,
      "column 2 of the query: 'a' is the name of column 1 too; rename one"
    ),
    (
      "select k from t", .badData,
      "no column is left for the features; the one column is taken for the label"
    ),
    ("select x, k from t where 0", .badData, "the query gives no rows; check its conditions"),
    (
      "select x, y, k from t", .badData,
      "row 3 of the query: column 2 'y': the cell is NULL or empty; fill it in, remove the row, or say 'missing' mean or drop"
    ),
    (
      "select c, k from t", .badData,
      "1 of its columns is not numbers in every row:\n  column 1 'c': 2 categories: 'blue', 'red'\nsay 'categorical' c"
    ),
    (
      "select b, k from t", .badData,
      "row 1 of the query: column 1 'b': a BLOB is not a number; leave the column out of the query"
    ),
  ])
  func refusesWhatItCannotRead(_ query: String, _ kind: FileError.Kind, _ message: String) throws {
    try withDatabase { path in
      let error = failure { _ = try DataFile.read(path, options(query)) }
      #expect(error.kind == kind)
      #expect(error.description == "\(path): \(message)")
    }
  }

  @Test func tellsHowMuchItHasRead() throws {
    try withDatabase { path in
      var reports: [(read: Int, total: Int?)] = []
      let many = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000)"
      _ = try DataFile.read(path, options("\(many) select n.i, t.k from n, t")) { reports.append(($0, $1)) }
      let size = try contents(of: path).count
      #expect(reports.count > 10)
      #expect(reports.allSatisfy { $0.total == size && $0.read <= size })
      #expect(reports.last!.read > 0)
    }
  }

  @Test func otherFilesAreNoDatabases() throws {
    try withTemporaryFolder { folder in
      try write(Array("a,b\n1,2\n".utf8), to: "\(folder)/x.csv")
      #expect(
        failure { _ = try DataFile.read("\(folder)/x.csv", options("select * from t")) }.kind == .badData)
      #expect(
        failure { _ = try DataFile.read("\(folder)/none.db", options("select * from t")) }.kind == .noInput)
    }
  }
}

import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

/// Medians, indicators, and words that spell a missing cell.
@Suite struct FillingTests {
  private func options(_ missing: DataOptions.Missing, _ model: ModelColumns? = nil) -> DataOptions {
    var options = DataOptions(model: model)
    (options.missing, options.tally) = (missing, ReadingTally())
    return options
  }

  private static let text = "age,fare,sex,k\n1,10,m,a\n,20,f,b\n9,-4.5,m,a\n3,7.25,,b\nNA,8,f,a\n4,1e3,m,b\n"

  /// numpy.nanmedian: ages 1, 9, 3, 4; fares 10, 20, -4.5, 7.25, 8, 1000.
  @Test func mediansTakeThePlaceOfWhatIsMissing() throws {
    var options = options(.median)
    options.roles.categorical = ["sex"]
    let data = try csv(Self.text, options)
    #expect(data.table?.columns.map(\.median) == [3.5, 9, nil])
    #expect(data.table?.columns.map(\.mean) == [nil, nil, nil])
    #expect(data.featureNames == ["age", "fare", "sex=f", "sex=m"])
    #expect(
      features(data) == [
        1, 10, 0, 1, 3.5, 20, 1, 0, 9, -4.5, 0, 1, 3, 7.25, 0, 0, 3.5, 8, 1, 0, 4, 1000, 0, 1,
      ])
    #expect(options.tally?.counts == .init(filledCells: 3))
    #expect(options.tally?.filling == .median)
    options.rowsForMeans = { _, _, _ in [0, 1, 2] }
    #expect(try csv(Self.text, options).table?.columns.map(\.median) == [5, 10, nil])
  }

  @Test func mediansAreTheMiddleOfWhatIsSorted() {
    var generator = SeededGenerator(seed: 7)
    for count in Array(1...40) + [1000, 1001] {
      for spread in [2, 10, 1 << 20] {
        var numbers = (0..<count).map { _ in Double(Int.random(in: -spread...spread, using: &generator)) / 8 }
        if count % 3 == 0 { numbers.sort() }
        let sorted = numbers.sorted()
        let expected = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
        #expect(ExactNumbers(numbers).median(of: 0, columns: 1, Array(0..<count)) == expected)
      }
    }
    let most = Double.greatestFiniteMagnitude
    #expect(ExactNumbers([most, most]).median(of: 0, columns: 1, [0, 1]) == most)
  }

  @Test func anIndicatorFollowsTheColumnsThatLackNumbers() throws {
    var options = options(.indicator)
    options.roles.categorical = ["sex"]
    let data = try csv(Self.text, options)
    #expect(data.featureNames == ["age", "age missing", "fare", "sex=f", "sex=m"])
    #expect(
      features(data) == [
        1, 0, 10, 0, 1, 4.25, 1, 20, 1, 0, 9, 0, -4.5, 0, 1, 3, 0, 7.25, 0, 0, 4.25, 1, 8, 1, 0, 4, 0, 1000,
        0, 1,
      ])
    let schema = try #require(data.table)
    #expect(TableSchema(json: schema.json) == schema)
    // What lacks numbers in rows that are held out has nothing to learn from there.
    options.rowsForMeans = { _, _, _ in [0, 2] }
    #expect(try csv(Self.text, options).featureNames == ["age", "fare", "sex=f", "sex=m"])
  }

  /// Row by row and as a whole, with missing cells in other columns, and where rows that lack something are dropped.
  @Test func aModelFillsAlike() throws {
    var training = options(.indicator)
    training.roles.categorical = ["sex"]
    let data = try csv(Self.text, training)
    let model = ModelColumns(data)
    let text = "age,fare,sex,k\n,,f,a\n5,6,,b\n7,8,m,a\n"
    let expected = [4.25, 1, 1040.75 / 6, 1, 0, 5, 0, 6, 0, 0, 7, 0, 8, 0, 1]
    #expect(features(try CSV.read(input(text), options(.refused, model), as: Double.self)) == expected)
    var scoring = options(.refused, model)
    scoring.target = .ignored
    for count in 1...4 {
      let stream = try TableRowStream(input(text), scoring, as: Double.self)
      var rows: [Double] = []
      while let block = try stream.next(count) { rows += block.features.elements }
      #expect(rows == expected)
    }
    let dropped = try CSV.read(input(text), options(.dropped, model), as: Double.self)
    #expect(features(dropped) == [7, 0, 8, 0, 1])
  }

  @Test(arguments: [DataOptions.Missing.mean, .median, .indicator]) func isTheSameInChunks(
    _ missing: DataOptions.Missing
  ) throws {
    let rows = (0..<500).map { "\($0 % 7 == 0 ? "" : "\($0 * 37 % 101).25"),\($0 % 3),\($0 % 2)\n" }
    let expected = try csv(rows.joined(), options(missing))
    for threads in 1...3 {
      for chunkSize in [30, 1000] {
        var options = options(missing)
        options.threads = threads
        let data = try CSV.read(input(rows.joined()), options, as: Float.self, chunkSize: chunkSize)
        #expect(features(data) == features(expected))
        #expect(data.table == expected.table)
      }
    }
  }

  @Test func wordsAndNumbersSpellAMissingCell() throws {
    let text = "a,b,c,k\n1,-999,x,a\n -,2,?,b\n3,-999.00,x,-999\n5,6,-999,-\n7,999,y,a\n"
    var options = options(.mean)
    (options.roles.categorical, options.missingValues) = (["c"], ["-", "?", "-999"])
    #expect(
      failure { _ = try csv(text, options) }.description
        == "data.csv:4: column 4 'k': the label '-999' is a missing value; fill it in, remove the row, or say 'missing' drop; a class of this name needs another"
    )
    options.missing = .dropped
    #expect(features(try csv(text, options)) == [7, 999, 1])
    options.missing = .mean
    let rows = "a,b,c,k\n1,-999,x,p\n -,2,?,q\n3,-999.00,x,p\n5,6,-999,q\n"
    #expect(features(try csv(rows, options)) == [1, 4, 1, 3, 2, 0, 3, 4, 1, 5, 6, 0])
    options.missing = .refused
    #expect(
      failure { _ = try csv(rows, options) }.description
        == "data.csv:2: column 2 'b': '-999' is a missing value; fill it in, remove the row, or say 'missing' mean or drop"
    )
    #expect(failure { _ = try csv("c,b,k\nx,-,p\n", options) }.problem == "'-' is a missing value")
  }

  /// -999.9 is none of Float's numbers.
  @Test func numbersThatSpellAMissingCellAreRoundedAsCellsAre() throws {
    var training = options(.mean)
    training.missingValues = ["-999.9"]
    let data = try csv("a,k\n-999.90,p\n4,q\n", training)
    #expect(features(data) == [4, 4])
    let schema = try #require(data.table)
    #expect(schema.missingValues == ["-999.9"] && TableSchema(json: schema.json) == schema)
    var scoring = options(.refused, ModelColumns(data))
    scoring.target = .ignored
    let block = try TableRowStream<Float>(input("a\n-999.9\n5\n"), scoring).next(2)
    #expect(block?.features.elements == [4, 5])
  }

  @Test func missingNumbersToLearnAreRefused() {
    var options = DataOptions(target: .numbers)
    options.missingValues = ["-1", "none given"]
    #expect(
      failure { _ = try csv("1,2\n3,-1.0\n", options) }.description
        == "data.csv:2: column 2: '-1.0' is a missing value; fill it in, remove the row, or say 'missing' drop"
    )
    #expect(
      failure { _ = try csv("1,2\n3,none given\n", options) }.problem == "'none given' is a missing value")
  }

  /// A model of categories alone fills too, and says so.
  @Test func categoriesAloneAreFilled() throws {
    var training = options(.mean)
    training.roles.categorical = ["1"]
    let data = try csv("x,p\n,q\ny,p\n", training)
    let schema = try #require(data.table)
    #expect(schema.fills && TableSchema(json: schema.json) == schema)
    #expect(features(try csv("y,p\n,q\n", options(.refused, ModelColumns(data)))) == [0, 1, 0, 0])
  }

  @Test(arguments: [
    (#"{"columns":[{"mean":2.5,"name":"a"}]}"#, TableSchema(columns: [.init(name: "a", mean: 2.5)])),
    (
      #"{"columns":[{"indicator":true,"median":2}],"missing":["-"]}"#,
      TableSchema(columns: [.init(median: 2, isIndicated: true)], missingValues: ["-"])
    ),
  ])
  func isKeptInAModelFile(_ json: String, _ schema: TableSchema) {
    #expect(TableSchema(json: json) == schema)
    #expect(schema.json == json)
  }

  @Test(arguments: [
    #"{"columns":[{"mean":1,"median":1}]}"#, #"{"columns":[{"indicator":true}]}"#,
    #"{"columns":[{"indicator":true,"categories":["a"]}]}"#,
    #"{"columns":[{"median":1,"categories":["a"]}]}"#,
  ])
  func whatMakesNoSenseIsRefused(_ json: String) { #expect(TableSchema(json: json) == nil) }
}

private func input(_ text: String) throws -> Input { try Input(bytes: Array(text.utf8), name: "x.csv") }

import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

/// Columns of text as one feature a category, and numbers that are missing.
@Suite struct CategoryTests {
  private static let text =
    "make,hp,fuel,weight,class\nvw,100,gas,1.5,a\n\"bmw\",150,gas,2.5,b\nvw,110,diesel,,a\nford,NA,gas,2,b\n"

  private func options(_ missing: DataOptions.Missing, _ model: ModelColumns? = nil) -> DataOptions {
    var options = DataOptions(model: model)
    (options.roles.categorical, options.missing, options.tally) = (["make", "3"], missing, ReadingTally())
    return options
  }

  private func columns(_ data: Dataset) -> ModelColumns {
    ModelColumns(
      features: data.columns, featureNames: data.featureNames, classNames: data.classNames, table: data.table)
  }

  @Test func becomeAFeatureEachAndMeansFillTheGaps() throws {
    let options = options(.mean)
    let data = try csv(Self.text, options)
    #expect(
      data.featureNames
        == ["make=bmw", "make=ford", "make=vw", "hp", "fuel=diesel", "fuel=gas", "weight"])
    #expect(
      features(data) == [
        0, 0, 1, 100, 0, 1, 1.5,  //
        1, 0, 0, 150, 0, 1, 2.5,  //
        0, 0, 1, 110, 1, 0, 2,  //
        0, 1, 0, 120, 0, 1, 2,
      ])
    #expect(options.tally?.counts == .init(filledCells: 2))
    #expect(data.table?.columns.map(\.mean) == [nil, 120, nil, 2])
    #expect(features(data.rows(at: [1])) == [1, 0, 0, 150, 0, 1, 2.5])
    #expect(TableSchema(json: try #require(data.table).json) == data.table)
  }

  @Test func dropsRowsThatLackSomething() throws {
    let options = options(.dropped)
    let data = try csv(Self.text + "vw,inf,gas,1,a\n,1,gas,1,a\nvw,1,gas,1,\n", options)
    #expect(features(data) == [0, 1, 100, 1, 1.5, 1, 0, 150, 1, 2.5])
    #expect(options.tally?.counts == .init(droppedRows: 5))
  }

  @Test func areTheModelsInOtherTables() throws {
    let model = columns(try csv(Self.text, options(.mean)))
    let text = "make,hp,fuel,weight\nlada,,diesel,1\nbmw,1,,nan\n"
    var reading = options(.refused, model)
    reading.target = .ignored
    for count in [1, 2] {
      reading.tally = ReadingTally()
      let stream = try TableRowStream(
        Input(bytes: Array(text.utf8), name: "x.csv"), reading, as: Double.self)
      var rows: [Double] = []
      while let block = try stream.next(count) { rows += block.features.elements }
      #expect(rows == [0, 0, 0, 120, 1, 0, 1, 1, 0, 0, 1, 0, 0, 2])
      #expect(reading.tally?.counts == .init(filledCells: 3, unseenCategories: 1))
    }
    reading.refusesUnseen = true
    let error = failure {
      _ = try TableRowStream<Float>(Input(bytes: Array(text.utf8), name: "x.csv"), reading).next(1)
    }
    #expect(
      error.description
        == "x.csv:2: column 1 'make': the model has not seen the category 'lada'; it knows 'bmw', 'ford', 'vw'"
    )
  }

  @Test func meansComeFromTheRowsAskedFor() throws {
    var options = DataOptions()
    options.missing = .mean
    options.rowsForMeans = { targets, names, _ in
      #expect(targets == .labels([0, 1, 0, 1]) && names == ["p", "q"])
      return [0, 1]
    }
    let text = "a,b,k\n1,4,p\n3,,q\n1000,5,p\n,6,q\n"
    let data = try csv(text, options)
    #expect(features(data) == [1, 4, 3, 4, 1000, 5, 2, 6])
    #expect(data.table?.columns.map(\.mean) == [2, 4])
    options.rowsForMeans = { _, _, _ in [1] }
    #expect(
      failure { _ = try csv(text, options) }.description
        == "data.csv:1: column 2 'b': no cell of the column holds a number in a row to train on; pass over it with 'ignore' b"
    )
    options.rowsForMeans = { _, _, _ in [] }
    #expect(try csv(text, options).table?.columns.map(\.mean) == [1004.0 / 3, 5])
  }

  /// Found by the fuzzer: a column that would become no feature.
  @Test func aColumnOfWhichAllCategoriesAreMissingIsAnError() {
    var options = DataOptions()
    (options.roles.categorical, options.missing) = (["b"], .mean)
    let error = failure { _ = try csv("a,b,y\n1,,u\n2,,v\n", options) }
    #expect(
      error.description
        == "data.csv:1: column 2 'b': no cell of the column holds a category; pass over it with 'ignore' b")
  }

  @Test func areTheSameInChunks() throws {
    let rows = (0..<500).map {
      "m\($0 * 7 % 13),\($0 % 5 == 0 ? "" : "\($0)"),\"f\n\($0 % 3)\",1,\($0 % 2)\n"
    }
    let text = "make,hp,fuel,weight,class\n" + rows.joined()
    let expected = try csv(text, options(.mean))
    for threads in 1...3 {
      for chunkSize in [30, 100, 1000] {
        var options = options(.mean)
        options.threads = threads
        let data = try CSV.read(
          Input(bytes: Array(text.utf8), name: "x.csv"), options, as: Float.self, chunkSize: chunkSize)
        #expect(features(data) == features(expected))
        #expect(data.table == expected.table)
      }
    }
  }

  @Test(arguments: [
    ("a,b\nx,1\n", ["c"], "data.csv:1: there is no column 'c' of categories; the columns are 'a', 'b'"),
    (
      "5,1\n6,2\n", ["3"],
      "data.csv:1: there is no column '3' of categories; there are 2 columns and no header"
    ),
    (
      "a,b\nx,1\n", ["b"],
      "data.csv:1: column 2 'b': this is the column of the targets; leave it out of 'categorical', or name another with 'label'"
    ),
    (
      "a,b\nx,1\n,2\n", ["a"],
      "data.csv:3: column 1 'a': the cell is empty; fill it in, remove the row, or say 'missing' mean or drop"
    ),
  ])
  func refusesWhatIsNoCategory(_ text: String, _ columns: [String], _ message: String) {
    var options = DataOptions()
    options.roles.categorical = columns
    #expect(failure { _ = try csv(text, options) }.description == message)
  }

  @Test(arguments: [
    "", "[]", "{\"columns\":[]}", "{\"columns\":[{\"categories\":[]}]}",
    "{\"columns\":[{\"categories\":[\"a\",\"a\"]}]}", "{\"columns\":[{\"name\":\"a\"},{\"name\":\"a\"}]}",
    "{\"columns\":[{\"name\":\"a\"},{}]}", "{\"columns\":[{\"mean\":1e999}]}",
    "{\"columns\":[{\"mean\":1,\"categories\":[\"a\"]}]}",
  ])
  func schemasThatMakeNoSenseAreRefused(_ json: String) { #expect(TableSchema(json: json) == nil) }
}

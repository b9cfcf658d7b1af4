import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

/// Columns that say 1 and 0 by words.
@Suite struct TruthTests {
  @Test(arguments: [
    ("True", "False", TruthWords.trueFalse), ("true", "false", .trueFalse), ("TRUE", "fAlSe", .trueFalse),
    ("yes", "no", .yesNo), ("Yes", "NO", .yesNo), ("t", "f", .tf), ("T", "F", .tf), ("y", "n", .yn),
    ("\"yes\"", "\" no \"", .yesNo), (" yes ", "  no", .yesNo),
  ])
  func areOneAndZero(_ yes: String, _ no: String, _ words: TruthWords) throws {
    let text = "a,b,k\n1,\(yes),p\n2,\(no),q\n3,1,p\n4,0,q\n5,\(yes),p\n"
    let data = try csv(text)
    #expect(features(data) == [1, 1, 2, 0, 3, 1, 4, 0, 5, 1])
    let schema = try #require(data.table)
    #expect(schema.columns.map(\.truth) == [nil, words])
    #expect(TableSchema(json: schema.json) == schema)
    for isCareful in [false, true] {
      let reader = try CSVReader(input(text), DataOptions(), isCareful: isCareful)
      let stream = TableRowStream<Float>(openClasses: reader, DataOptions())
      #expect(try stream.next(9)?.features.elements == [1, 1, 2, 0, 3, 1, 4, 0, 5, 1])
    }
  }

  @Test(arguments: [
    ("a,k\nyes,p\nmaybe,q\n", 3, "'maybe' is neither 'yes' nor 'no', as cells above are"),
    ("a,k\nyes,p\nTrue,q\n", 3, "'True' is neither 'yes' nor 'no', as cells above are"),
    ("a,k\nYes,p\nno,q\n2.50,q\n3,q\n", 2, "'Yes' stands among numbers, such as 2.5"),
    ("a,k\n1,p\n3.5,p\n2,p\nyes,q\n7,q\n", 5, "'yes' stands among numbers, such as 3.5"),
    ("a,k\nt,p\nf,p\nx,q\n", 4, "'x' is neither 't' nor 'f', as cells above are"),
    ("a,k\nno,p\n,q\n", 3, "the cell is empty"),
  ])
  func nothingElseMayStandThere(_ text: String, _ line: Int, _ problem: String) throws {
    for threads in 1...2 {
      for chunkSize in [4, 12, 1000] {
        var options = DataOptions()
        options.threads = threads
        let error = failure {
          _ = try CSV.read(try input(text), options, as: Float.self, chunkSize: chunkSize)
        }
        #expect(error.place == .cell(line: line, column: 1, header: "a") && error.problem == problem)
      }
    }
    let stream = TableRowStream<Double>(
      openClasses: try CSVReader(input(text), DataOptions()), DataOptions())
    #expect(failure { while try stream.next(1) != nil {} }.problem == problem)
  }

  /// Words that come late, and parts that have none, of any size.
  @Test func areFoundInEveryPart() throws {
    let all = (0..<300).map { "\($0),\($0 < 200 ? "\($0 % 2)" : $0 % 2 == 1 ? "Yes" : "No"),1,k\($0 % 2)\n" }
    let expected: [Double] = (0..<300).flatMap { [Double($0), Double($0 % 2), 1] as [Double] }
    let stray = "300,0.5,1,k0\n"
    let other = "300,true,1,k0\n"
    for chunkSize in [20, 100, 1 << 20] {
      for threads in 1...3 {
        var options = DataOptions()
        options.threads = threads
        func read(_ rows: [String]) throws -> Dataset {
          try CSV.read(input(rows.joined()), options, as: Float.self, chunkSize: chunkSize)
        }
        options.missing = .mean
        let data = try read(all)
        #expect(features(data) == expected)
        #expect(data.table?.columns[1].truth == .yesNo)
        #expect(failure { _ = try read([stray] + all) }.place == .cell(line: 202, column: 2, header: nil))
        #expect(failure { _ = try read(all + [stray]) }.place == .cell(line: 201, column: 2, header: nil))
        #expect(failure { _ = try read(all + [other]) }.place == .cell(line: 301, column: 2, header: nil))
      }
    }
  }

  @Test func areMissingAndFilled() throws {
    var options = DataOptions()
    (options.missing, options.missingValues) = (.indicator, ["no"])
    let data = try csv("a,k\nyes,p\nno,q\nNA,p\n1,p\n0,p\n", options)
    let mean = 2.0 / 3
    #expect(features(data) == [1, 0, mean, 1, mean, 1, 1, 0, 0, 0])
    options.missing = .refused
    #expect(failure { _ = try csv("a,k\nyes,p\nno,q\n", options) }.problem == "'no' is a missing value")
  }

  @Test func theModelKnows() throws {
    let model = ModelColumns(try csv("a,k\nyes,p\nno,q\n"))
    var options = DataOptions(model: model)
    #expect(features(try csv("a,k\n1,p\nNo,q\n0,q\nYES,p\n", options)) == [1, 0, 0, 1])
    for (cell, problem) in [
      ("true", "'true' is neither 'yes' nor 'no', as the model expects"),
      ("2", "'2' is neither 'yes' nor 'no', as the model expects"),
    ] {
      let error = failure { _ = try csv("a,k\n1,p\n\(cell),q\n", options) }
      #expect(error.place == .cell(line: 3, column: 1, header: "a") && error.problem == problem)
      #expect(error.remedy.description == "write one of the two, 1 or 0")
    }
    options.model = ModelColumns(try csv("a,k\n1,p\n0,q\n"))
    #expect(
      failure { _ = try csv("a,k\nyes,p\n", options) }.description
        == "data.csv:2: column 1 'a': 'yes' is not a number; the model was trained on numbers: write 1 or 0")
  }

  @Test func targetsOfWordsAreClasses() throws {
    let data = try csv("a,bought\n1,True\n2,False\n")
    #expect(labels(data) == ["True", "False"] && data.table == nil)
  }

  @Test(arguments: [
    ("True,False,1\nFalse,True,2\nTrue,True,1\nFalse,True,1\n", false),
    ("32,yes,p\n51,no,q\n35,yes,p\n", false), ("t,y,k\n1,2,p\n3,4,q\n", true),
    ("t,f,k\n1.5,2.5,1\n3.5,4.5,2\n3.5,4.5,2\n3.5,4.5,2\n", true), ("age,t,k\n1,f,p\n2,t,q\n", true),
    ("t,f,p\nf,t,q\nt,t,q\nf,f,p\n", false),
  ])
  func areNoNamesAmongTheirKind(_ text: String, _ hasHeader: Bool) throws {
    #expect(try csv(text).featureNames.isEmpty == !hasHeader)
  }
}

private func input(_ text: String) throws -> Input { try Input(bytes: Array(text.utf8), name: "x.csv") }

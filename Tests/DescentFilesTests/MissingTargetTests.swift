import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

/// What spells a missing value in a column of targets is no class, and no reason to take numbers for classes.
@Suite struct MissingTargetTests {
  static let spellings = [
    "NA", "na", "NaN", "nan", "-nan", "null", "NULL", "None", "?", "N/A", "#N/A", "#NA", "<NA>", "n.a.",
    "inf", "+inf",
    "-Infinity", " NA ", "\"NA\"", "\" nan \"", "", "\"\"", "  ",
  ]

  @Test(arguments: spellings) func areNoClasses(_ spelling: String) throws {
    let text = "a,k\n1,x\n2,\(spelling)\n3,y\n4,x\n"
    let error = failure { _ = try csv(text) }
    #expect(error.place == .cell(line: 3, column: 2, header: "k"))
    #expect(error.remedy.description.hasPrefix("fill it in, remove the row, or say 'missing' drop"))
    var options = DataOptions()
    (options.missing, options.tally) = (.dropped, ReadingTally())
    let data = try csv(text, options)
    #expect(labels(data) == ["x", "y", "x"])
    #expect(data.classNames == ["x", "y"])
    #expect(options.tally?.counts == .init(droppedRows: 1))
  }

  @Test(arguments: spellings) func areNoNumbers(_ spelling: String) throws {
    let text = "a,k\n1,0.5\n2,\(spelling)\n3,2\n"
    let error = failure { _ = try csv(text, DataOptions(target: .numbers)) }
    #expect(error.place == .cell(line: 3, column: 2, header: "k"))
    #expect(error.remedy.description == "fill it in, remove the row, or say 'missing' drop")
    var options = DataOptions(target: .numbers)
    options.missing = .dropped
    #expect(try csv(text, options).targets == .values([0.5, 2]))
  }

  /// Means are for features.
  @Test func aMeanIsNoTarget() {
    var options = DataOptions(target: .numbers)
    options.missing = .mean
    #expect(failure { _ = try csv("1,2\n2,NA\n", options) }.place == .cell(line: 2, column: 2, header: nil))
  }

  @Test(arguments: ["+", "-", "no", "nano", "none of these", "na so was", "inf3", "Nan Goldin", "0", "n"])
  func otherWordsAreClasses(_ name: String) throws {
    for missing in [DataOptions.Missing.refused, .dropped] {
      var options = DataOptions()
      options.missing = missing
      #expect(labels(try csv("a,k\n1,\(name)\n2,x\n3,\(name)\n", options)) == [name, "x", name])
    }
  }

  /// A model of before may have one of them among its classes.
  @Test func aClassThatTheModelKnowsStaysOne() throws {
    let model = ModelColumns(features: 1, classNames: ["NA", "x"])
    #expect(try csv("1,NA\n2,x\n", DataOptions(model: model)).targets == .labels([0, 1]))
    let other = ModelColumns(features: 1, classNames: ["x", "y"])
    #expect(
      failure { _ = try csv("1,NA\n", DataOptions(model: other)) }.problem
        == "the label 'NA' is a missing value")
  }

  @Test func areNamedAlikeInOtherFormats() throws {
    let libsvm = failure {
      _ = try LIBSVM.read(Input(bytes: Array("1 1:2\nnan 1:3\n".utf8), name: "d.svm"))
    }
    #expect(libsvm.description == "d.svm:2: the label 'nan' is NaN; write a number or remove the row")
    let features = npy("|u1", "(3, 1)", [0, 1, 2] as [UInt8])
    for (word, kind) in [("NA", "a missing value"), ("NaN", "NaN"), ("-inf", "minus infinity")] {
      for target in [DataOptions.Target.classes, .numbers] {
        let error = failure {
          _ = try NPY.read(
            Input(bytes: features, name: "x.npy"),
            labels: Input(bytes: Array("1\n\(word)\n2\n".utf8), name: "y.csv"),
            DataOptions(target: target))
        }
        #expect(
          error.description == "y.csv:2: the label '\(word)' is \(kind); fill it in or remove the row")
      }
    }
  }

  @Test func areFoundInEveryChunk() throws {
    let rows = (0..<500).map { "\($0),\($0 % 100 == 99 ? "NA" : "k\($0 % 3)")\n" }
    var options = DataOptions()
    for threads in 1...3 {
      options.threads = threads
      let input = try Input(bytes: Array(rows.joined().utf8), name: "x.csv")
      let error = failure { _ = try CSV.read(input, options, as: Float.self, chunkSize: 50) }
      #expect(error.place == .cell(line: 100, column: 2, header: nil))
      var dropping = options
      dropping.missing = .dropped
      let data = try CSV.read(
        Input(bytes: Array(rows.joined().utf8), name: "x.csv"), dropping, as: Float.self, chunkSize: 50)
      #expect(data.rows == 495 && data.classNames == ["k0", "k1", "k2"])
    }
  }
}

import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

/// Tables that a trained model is to score.
@Suite struct CSVModelTests {
  private static let model = ModelColumns(features: 2, featureNames: ["a", "b"], classNames: ["yes", "no"])

  @Test func numbersClassesAsTheModelDoes() throws {
    let data = try csv("a,b,k\n1,2,no\n3,4,yes\n5,6,no\n", DataOptions(model: Self.model))
    #expect(data.classNames == ["yes", "no"])
    #expect(data.targets == .labels([1, 0, 1]))
  }

  @Test func findsAHeaderOfNumbersThatAreTheModelsNames() throws {
    let model = ModelColumns(features: 2, featureNames: ["2019", "2020"], classNames: ["a", "b"])
    #expect(try csv("2019,2020,k\n1,2,a\n", DataOptions(model: model)).rows == 1)
    #expect(try csv("2019,2021,a\n1,2,a\n", DataOptions(model: model)).rows == 2)
  }

  @Test func findsNamesOfOtherBytes() throws {
    let model = ModelColumns(features: 1, classNames: ["e\u{301}", "x"])
    #expect(try csv("1,\u{e9}\n", DataOptions(model: model)).targets == .labels([0]))
  }

  @Test(arguments: [
    BadTable(
      "a,b,k\n1,2,no\n3,4,maybe\n", DataOptions(model: model),
      "data.csv:3: column 3 'k': the model knows no class 'maybe'; it knows 'yes', 'no'"),
    BadTable(
      "1,2,3,no\n", DataOptions(model: model),
      "data.csv:1: 4 columns do not fit the model, which takes 2 features; give 2 features and the label"),
    BadTable(
      "1,no\n", DataOptions(model: model),
      "data.csv:1: 2 columns where the model takes 2 features and the label is one more; add the column of labels"
    ),
    BadTable(
      "b,c,k\n1,2,no\n", DataOptions(model: model),
      "data.csv:1: there is no column 'a', which the model takes; the columns are 'b', 'c', 'k'"
    ),
    BadTable(
      "a,b,k\n1,2,no\n", DataOptions(label: .column("c"), model: model),
      "data.csv:1: there is no column 'c'; the columns are 'a', 'b', 'k'"),
    BadTable(
      "a;b;k\n1;2;no\n", DataOptions(delimiter: ",", model: model),
      "data.csv:1: there is one column only; the fields may be separated by semicolons: say 'delimiter' ';'"
    ),
  ])
  func refusesWhatDoesNotFit(_ table: BadTable) {
    #expect(failure { _ = try csv(table.text, table.options) }.description == table.message)
  }

  @Test(arguments: [
    ("a,b\n1,2\n3,4\n", DataOptions.Label.last), ("a,b,k\n1,2,?\n3,4,\n", .last), ("1,2\n3,4", .last),
    ("k,a,b\nx,1,2\ny,3,4\n", .column("k")), ("x,1,2\ny,3,4\n", .column("1")),
    ("a,b\n1,2\n3,4\n", .column("k")),
    ("1,2\n3,4\n", .column("k")), ("1,2\n3,4\n", .absent),
  ])
  func streamsRowsWithOrWithoutLabels(_ text: String, _ label: DataOptions.Label) throws {
    let options = DataOptions(label: label, target: .ignored, model: Self.model)
    let stream = try TableRowStream(Input(bytes: Array(text.utf8), name: "x.csv"), options, as: Float.self)
    let block = try #require(try stream.next(10))
    #expect(block.features == [[1, 2], [3, 4]])
    #expect(block.targets == nil)
    #expect(try stream.next(10) == nil)
  }

  @Test(arguments: [
    (
      "1,2,3,4\n",
      "x.csv:1: 4 columns do not fit the model, which takes 2 features; give the features it was trained on"
    ),
    (
      "1\n",
      "x.csv:1: 1 column does not fit the model, which takes 2 features; give the features it was trained on"
    ),
    ("", "x.csv: there are no rows of data; check that it is the right file"),
    ("a,b\n", "x.csv: there are no rows of data; check that it is the right file"),
    (
      "a,b\n1,2\n3,\n",
      "x.csv:3: column 2 'b': the cell is empty; fill it in, remove the row, or train with 'missing' mean"
    ),
  ])
  func refusesRowsThatCannotBeScored(_ text: String, _ message: String) {
    let error = failure {
      let options = DataOptions(target: .ignored, model: Self.model)
      let stream = try TableRowStream(Input(bytes: Array(text.utf8), name: "x.csv"), options, as: Float.self)
      while try stream.next(1) != nil {}
    }
    #expect(error.description == message)
  }

  @Test func streamsInBlocksThatAddUp() throws {
    let text = (0..<1000).map { "\($0),\($0 * 2),\($0 % 3 == 0 ? "yes" : "no")\n" }.joined()
    let whole = try csv(text, DataOptions(model: Self.model))
    for count in [1, 7, 64, 1000, 5000] {
      let input = try Input(bytes: gzipped(Array(text.utf8)), name: "x.csv")
      let stream = try TableRowStream(input, DataOptions(model: Self.model), as: Double.self)
      var (rows, numbers, labels) = (0, [Double](), [Int32]())
      while let block = try stream.next(count) {
        #expect(block.firstRow == rows)
        #expect(block.features.rows == min(count, 1000 - rows))
        rows += block.features.rows
        numbers += block.features.elements
        guard case .labels(let more)? = block.targets else {
          Issue.record("no labels")
          continue
        }
        labels += more
      }
      #expect(numbers == features(whole))
      #expect(Targets.labels(labels) == whole.targets)
    }
  }
}

/// A table that must be refused, and the line that says why.
struct BadTable: Sendable, CustomTestStringConvertible {
  var text: String
  var options: DataOptions
  var message: String
  var testDescription: String { message }

  init(_ text: String, _ options: DataOptions, _ message: String) {
    (self.text, self.options, self.message) = (text, options, message)
  }
}

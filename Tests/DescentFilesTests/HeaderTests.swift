import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

/// Whether a first row names the columns: what it says itself, and what stands below it.
@Suite struct HeaderTests {
  struct Table: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
    let isHeader: Bool
    /// What is told of it; nil where it is plain.
    let told: ReadingTally.FirstRow?
    var options = DataOptions()

    init(
      _ name: String, _ first: String, _ rows: [String], names: Bool, told: Bool = true,
      label: DataOptions.Label = .last, categorical: [String] = []
    ) {
      testDescription = name
      text = ([first] + rows).joined(separator: "\n") + "\n"
      isHeader = names
      self.told = told ? names ? .names : .data : nil
      (options.label, options.roles.categorical) = (label, categorical)
    }
  }

  /// Four columns of numbers between 0 and 1, and what `last` makes of the row.
  private static func numbers(_ count: Int, _ last: (Int) -> String) -> [String] {
    (0..<count).map { "0.\($0 * 7 % 10)5,0.\($0 * 3 % 10)4,0.\($0 % 10)1,\(last($0))" }
  }

  private static let twoClasses = numbers(8) { $0 % 2 == 0 ? "a" : "b" }
  private static let prices = numbers(6) { "\($0).5" }
  private static let wholes = numbers(6) { "\($0)" }
  private static let grades: [String] = (0..<9).map { (i: Int) -> String in "\(i),\(i % 4),\(i % 5),\(i % 2)"
  }
  private static let sales: [String] = (0..<9).map { (i: Int) -> String in "c\(i % 2),\(i),\(i).5" }
  private static let words: [String] = (0..<12).map { (i: Int) -> String in
    "\(i % 2 == 0 ? "red" : "blue"),\(i % 3 == 0 ? "s" : i % 3 == 1 ? "m" : "l"),no"
  }

  static let tables: [Table] = [
    Table("text above numbers", "a,b,c,k", prices, names: true, told: false),
    Table("text above one row", "a,b,c,k", ["1,2,3,4"], names: true, told: false),
    Table("numbers alone", "1,2,3,4.5", prices, names: true),
    Table("fractions above fractions", "0.5,0.2,0.3,1.5", prices, names: false, told: false),
    Table("whole numbers that count, above such", "0,1,2,3", ["4,5,6,7", "1,0,3,2"], names: false),
    Table("numbers, and a target above numbers", "7,3,9,target", prices, names: true),
    Table("wavelengths, and a target above numbers", "350.5,351.5,352.5,y", wholes, names: true),
    Table("wavelengths, and a class", "350.5,351.5,352.5,kind", twoClasses, names: true),
    Table("a class that comes again", "0.5,0.2,0.3,a", twoClasses, names: false, told: false),
    Table("a rare class in the first row", "0.55,0.24,0.31,c", twoClasses, names: false),
    Table("a class in the first of two rows", "1,2,4,a", ["2,3,4,b"], names: false, told: false),
    Table("a class in the first of two rows that count", "1,2,3,a", ["2,3,4,b"], names: false),
    Table("a target of text among numbers", "0.35,0.44,0.21,unknown", prices, names: false),
    Table("a class of text among those of numbers", "1,b", ["1,10", "1,2"], names: false),
    Table("text in a row of data", "0.5,unknown,0.3,a", twoClasses, names: false),
    Table("text in a row of whole numbers", "5,unknown,3,1", grades, names: false),
    Table("years beside text", "id,2019,2020", ["1,2,3", "2,4,5"], names: true),
    Table("a missing cell in a row of data", "0.5,NA,0.3,a", twoClasses, names: false, told: false),
    Table("words that do not come again", "color,size,sold", words, names: true, categorical: ["1", "2"]),
    Table("words that do", "blue,l,no", words, names: false, told: false, categorical: ["1", "2"]),
    Table("one new word among those that do", "blue,xl,no", words, names: false, categorical: ["1", "2"]),
    Table(
      "words, the label first", "color,size,sold", words, names: true, label: .column("1"),
      categorical: ["2", "3"]),
    Table(
      "words and numbers below names", "color,size,price", sales, names: true, told: false, categorical: ["1"]
    ),
    Table("words and numbers", "c0,7,1.5", sales, names: false, told: false, categorical: ["1"]),
    Table("quoted names", "\"a\",\"b\"", ["1,2", "3,4"], names: true, told: false),
    Table("one column of numbers, and its target", "a,b", ["1,2"], names: true, told: false),
    Table("no rows of the same length below", "1,2,4,k", ["1,2"], names: false, told: false),
  ]

  @Test(arguments: tables) func isDecidedByEvidence(_ table: Table) {
    var options = table.options
    options.tally = ReadingTally()
    let input = try! Input(bytes: Array(table.text.utf8), name: "x.csv")
    let reader = try? CSVReader(input, options)
    #expect(reader?.layout.hasHeader == table.isHeader)
    #expect(options.tally?.firstRow == table.told)
  }

  /// The rows below may come in pieces, end in the middle of one, or be huge.
  @Test func looksAtRowsAsFarAsTheyAreThere() throws {
    let rows = Self.tables[5].text
    for capacity in [1, 7, 64] {
      let input = try Input(bytes: Array(rows.utf8), name: "x.csv")
      let reader = try CSVReader(input, DataOptions(target: .numbers), capacity: capacity)
      #expect(reader.layout.names.last == "target")
      var count = 0
      var row = [Double](repeating: 0, count: reader.layout.features)
      while true {
        var numbers = row.mutableSpan
        guard try reader.next(&numbers) else { break }
        count += 1
      }
      #expect(count == 6)
    }
    let quoted = "0,1,2,target\n0.5,0.1,0.2,3\n\n1.5,2.1,0.1,\"4"
    #expect(failure { _ = try csv(quoted) }.place == .line(4))
    let long = "0,1,2,target\n0.5,0.1,0.2,\"\(String(repeating: "x", count: 1 << 21))\"\n"
    #expect(try csv(long + "0.1,0.2,0.3,y\n").rows == 3)
  }

  @Test func anErrorOfADoubtfulFirstRowTellsTheWayOut() {
    let error = failure { _ = try csv("0.5,unknown,0.3,a\n1.5,2,3,a\n") }
    #expect(error.place == .cell(line: 1, column: 2, header: nil))
    #expect(error.remedy.description.hasSuffix("; or say 'header' yes if this row names the columns"))
    let plain = failure { _ = try csv("0.5,NA,0.3,a\n1.5,2,3,a\n") }
    #expect(!plain.remedy.description.contains("'header'"))
  }

  /// Whoever scores rows from a pipe waits for no more of them than are answered.
  @Test func aModelsRowsAreToldByTheFirst() throws {
    let model = ModelColumns(features: 3, classNames: ["a", "b"])
    for (first, isHeader) in [
      ("x,y,z,k", true), ("1.5,unknown,2,a", false), ("0,1,2,target", true), ("0,1,2,a", false),
    ] {
      let input = try Input(bytes: Array("\(first)\n1,2,3,a\n".utf8), name: "x.csv")
      #expect(try CSVReader(input, DataOptions(model: model)).layout.hasHeader == isHeader)
    }
    // A regressor's targets are numbers, and a classifier's are its classes.
    for (names, first, isHeader) in [
      ([], "0,1,2,target", true), ([], "0,1,2,3", false), ([], "0,1,2,?", false),
      (["a", "y"], "0,1,2,label", true), (["a", "y"], "0,1,2,y", false), (["a"], "0,1,2,?", false),
    ] {
      let input = try Input(bytes: Array("\(first)\n1,2,3,a\n".utf8), name: "x.csv")
      let model = ModelColumns(features: 3, classNames: names)
      let options = DataOptions(target: .ignored, model: model)
      #expect(try CSVReader(input, options).layout.hasHeader == isHeader, "\(first)")
    }
    let counted = (0..<8).map { String($0) }.joined(separator: ",") + ",a"
    for (hasNoHeader, isHeader) in [(true, false), (false, true)] {
      let model = ModelColumns(
        features: 8, classNames: ["a"], reading: FileReading(hasNoHeader: hasNoHeader))
      let input = try Input(bytes: Array("\(counted)\n".utf8), name: "x.csv")
      #expect(try CSVReader(input, DataOptions(model: model)).layout.hasHeader == isHeader)
    }
  }
}

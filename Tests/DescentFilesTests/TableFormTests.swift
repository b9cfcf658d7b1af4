import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

/// Tables in the forms that people have them in.
@Suite struct TableFormTests {
  private func read(_ text: String, _ form: TableForm = TableForm(), name: String = "x.csv") throws -> Dataset
  {
    var options = DataOptions(target: .classes)
    options.form = form
    return try csv(text, options, name: name)
  }

  @Test(
    arguments: [
      // What the first lines have, whatever the name.
      ("a;b;c\n1;2;x\n3;4;y\n", "x.csv", ";"), ("a,b,c\n1,2,x\n3,4,y\n", "x.tsv", ","),
      ("a\tb\tc\n1\t2\tx\n3\t4\ty\n", "x.csv", "\t"), ("1|2|x\n3|4|y\n", "x.csv", "|"),
      // What stands in quotes separates nothing.
      ("\"a;b\",\"c;d\",e\n1,2,x\n3,4,y\n", "x.csv", nil),
      ("\"a,b\";\"c,d\";e\n1;2;x\n3;4;y\n", "x.csv", ";"),
      // Texts that hold another delimiter now and then, or always.
      ("a,b,c\n1,2,x;\n3,4,y;z\n", "x.csv", nil), ("1,2,x;y\n3,4,y;z\n", "x.csv", nil),
      ("1;2;x,y\n3;4;y,z\n", "x.csv", ";"), ("1,2,x y\n3,4,y z\n", "x.csv", nil),
    ] as [(String, String, Character?)])
  func delimitersAreFound(_ text: String, _ name: String, _ delimiter: Character?) throws {
    let data = try read(text, name: name)
    #expect(features(data) == [1, 2, 3, 4])
    #expect(data.reading.form.delimiter == delimiter.map { .character($0) })
  }

  @Test(arguments: [
    "1 2 x\n3 4 y\n", "  1\t2 x  \n3\t 4    y\t\n", "1   2 \"x\"\r\n3 4\t\"y\" \r\n\r\n",
    " a b c\n 1 2 x\n 3 4 y",
  ])
  func runsOfBlanks(_ text: String) throws {
    for form in [TableForm(delimiter: .blanks), TableForm()] {
      let data = try read(text, form)
      #expect(features(data) == [1, 2, 3, 4])
      #expect(labels(data) == ["x", "y"])
      #expect(data.reading.form.delimiter == .blanks)
    }
  }

  /// UCI's auto-mpg: blanks, a tab, and a name in quotes.
  @Test func blanksAndQuotes() throws {
    let text = "18.0   8   307.0\t\"chevrolet chevelle malibu\"\n15.0   8   350.0\t\"buick skylark 320\"\n"
    let data = try read(text, TableForm(delimiter: .blanks))
    // Each line has one tab too, and blanks align what stands before it.
    #expect(try read(text, TableForm()).reading.form.delimiter == .blanks)
    let tabs = try read("a b\tc\tk\n1 000\t2\tp\n3 000\t4\tq\n", TableForm(thousands: .space))
    #expect(tabs.reading.form.delimiter == "\t")
    #expect(features(data) == [18, 8, 307, 15, 8, 350])
    #expect(labels(data) == ["chevrolet chevelle malibu", "buick skylark 320"])
  }

  @Test(arguments: ["sep=;\n", "SEP=;\r\n", "\"sep=;\"\n"]) func excelsLine(_ line: String) throws {
    let data = try read(line + "a;b,c;d\n1;2;x\n3;4;y\n")
    #expect(features(data) == [1, 2, 3, 4])
    #expect(data.featureNames == ["a", "b,c"])
    #expect(data.reading.form.delimiter == ";")
    let error = failure { _ = try read(line + "1;2;x\n3;no;y\n") }
    #expect(error.place == .cell(line: 3, column: 2, header: nil))
  }

  @Test func comments() throws {
    let text = "# by \"hand\n1,2,x # it's\n\n  # \"\n3,4,\"y\" # so\n5,6,C#\n7,8,\"#\"\n"
    let data = try read(text, TableForm(comment: "#"))
    #expect(features(data) == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(labels(data) == ["x", "y", "C#", "#"])
    let error = failure { _ = try read(text + "9,no,z\n", TableForm(comment: "#")) }
    #expect(error.place == .cell(line: 8, column: 2, header: nil))
  }

  /// A quote in a comment opens none, wherever the text is cut into chunks.
  @Test func commentsAreCutIntoChunks() throws {
    let text = (0..<200).map { "\($0),\"a\nb\" # \"\n# it's \"so\"\" \n" }.joined()
    for size in [1, 7, 64, 1000] {
      let input = try Input(bytes: Array(text.utf8), name: "x.csv")
      var options = DataOptions()
      options.form = TableForm(comment: "#")
      let data = try CSV.read(input, options, as: Float.self, chunkSize: size)
      #expect(features(data) == (0..<200).map { Double($0) })
      #expect(data.classNames == ["a\nb"])
    }
  }

  @Test func linesBeforeATable() throws {
    let text = "by hand, in a hurry\n\"\na,b,c\n1,2,x\n3,4,y\n"
    let data = try read(text, TableForm(skippedLines: 2))
    #expect(features(data) == [1, 2, 3, 4])
    #expect(data.featureNames == ["a", "b"])
    let error = failure { _ = try read(text + "5,no,z\n", TableForm(skippedLines: 2)) }
    #expect(error.place == .cell(line: 6, column: 2, header: "b"))
  }

  @Test(arguments: [
    (
      "# by hand\na,b,c\n1,2,x\n",
      "x.csv:1: 1 field where most lines have 3; say 'comment' '#' if this is a comment"
    ),
    (
      "by hand\n\na;b;c\n1;2;x\n",
      "x.csv:1: 1 field where most lines have 3; leave the lines before the table out by 'skip' 2"
    ),
  ])
  func whatComesBeforeATableIsNamed(_ text: String, _ message: String) {
    #expect(failure { _ = try read(text) }.description == message)
  }

  @Test(arguments: [
    TableForm(delimiter: "e"), TableForm(comment: "1"), TableForm(delimiter: "#", comment: "#"),
    TableForm(decimal: .comma, thousands: .comma), TableForm(thousands: .point), TableForm(skippedLines: -1),
    TableForm(delimiter: .blanks, thousands: .space),
  ])
  func contradictionsAreRefused(_ form: TableForm) {
    #expect(failure { _ = try read("1,2,a\n", form) }.kind == .badQuery)
  }

  @Test(arguments: [
    "a,b,y,\n1,2,p,\n3,4,q, \n", "a,b,y,,\n1,2,p,,\n3,4,q,,\n", "a,b,y\n1,2,p,\n3,4,q,\n", "1,2,p,\n3,4,q,\n",
  ])
  func delimitersThatSeparateNothing(_ text: String) throws {
    let tally = ReadingTally()
    var options = DataOptions()
    options.tally = tally
    let data = try csv(text, options)
    #expect(features(data) == [1, 2, 3, 4])
    #expect(labels(data) == ["p", "q"])
    #expect(tally.remarks.count == 1)
    // What stands there later is not passed over.
    let rows = text.split(separator: "\n").count
    let late = text + String(repeating: "5,6,p\(text.contains(",,") ? ",," : ",")\n", count: 40)
    let error = failure { _ = try csv(late + "7,8,p,x\(text.contains(",,") ? "," : "")\n") }
    #expect(error.place == .cell(line: rows + 41, column: 4, header: nil))
    #expect(error.problem == "'x' where the first rows have nothing")
    // Rows for the model, too.
    let model = ModelColumns(data)
    #expect(features(try csv(text, DataOptions(model: model))) == [1, 2, 3, 4])
  }

  /// A name that tells nothing: text with as many fields in most lines is a table, or sparse rows.
  @Test(arguments: ["1,2,p\n3,4,q\n", "a;b;y\n1;2;p\n3;4;q\n", "1 2 p\n3 4 q", "a\tb\ty\n1\t2\tp\n3\t4\tq\n"])
  func namesThatTellNothing(_ text: String) throws {
    for name in ["x.data", "x.txt", "x", "x.1"] {
      let input = try Input(bytes: Array(text.utf8), name: name)
      #expect(try DataFile.format(of: input, DataOptions()) == .csv)
    }
  }

  @Test func sparseRowsAreKnown() throws {
    let rows = try Input(bytes: Array("+1 1:0.5 3:1\n-1 2:1\n".utf8), name: "a9a")
    #expect(try DataFile.format(of: rows, DataOptions()) == .libsvm)
  }

  @Test(arguments: [
    "", "one\ncolumn\n", "A text, with some.\nNo table\nat all; so\nit is, I\nsay\n", "a,b\n\u{1}\0\u{2}\n",
  ])
  func whatIsNoTable(_ text: String) throws {
    let input = try Input(bytes: Array(text.utf8), name: "x.data")
    #expect(failure { _ = try DataFile.format(of: input, DataOptions()) }.kind == .badData)
  }

  /// Skipped lines, comments and spellings are a model's to keep.
  @Test func theModelRemembers() throws {
    var options = DataOptions()
    options.form = TableForm(decimal: .comma, skippedLines: 2, comment: "#")
    let text = "by hand\nin, a hurry\na;b;y\n1,5;2;p # so\n3;4;q\n"
    var columns = ModelColumns(try csv(text, options))
    columns.reading.form = TableForm(texts: columns.reading.form.texts)
    #expect(columns.reading.form == TableForm(delimiter: ";", decimal: .comma, skippedLines: 2, comment: "#"))
    let other = DataOptions(model: columns)
    #expect(features(try csv(text, other)) == [1.5, 2, 3, 4])
    // Nothing is left out of a file that begins with the table.
    #expect(features(try csv("a;b;y\n1,5;2;p\n3;4;q\n", other)) == [1.5, 2, 3, 4])
    #expect(features(try csv("a,b,y\n1.5,2,p\n3,4,q\n", other)) == [1.5, 2, 3, 4])
  }
}

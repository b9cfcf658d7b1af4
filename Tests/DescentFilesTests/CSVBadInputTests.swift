import Descent
import Testing

@testable import DescentFiles

/// A table that must be refused, and the line that says why.
struct BadTable: Sendable, CustomTestStringConvertible {
  var text: String
  var options: DataOptions
  var message: String
  var testDescription: String { message }

  init(_ text: String, _ options: DataOptions, _ message: String) {
    (self.text, self.options, self.message) = (text, options, message)
  }

  init(_ text: String, _ message: String) { self.init(text, DataOptions(), message) }
}

@Suite struct CSVBadInputTests {
  @Test(arguments: structure + cells + columns)
  func isRefusedInOneLine(_ table: BadTable) {
    let error = failure { _ = try csv(table.text, table.options) }
    #expect(error.kind == .badData)
    #expect(error.description == table.message)
    #expect(!error.description.contains("\n"))
  }

  private static let structure = [
    BadTable("", "data.csv: there are no rows of data; check that it is the right file"),
    BadTable("\n\n\r\n", "data.csv: there are no rows of data; check that it is the right file"),
    BadTable("a,b,c\n", "data.csv: there are no rows of data; check that it is the right file"),
    BadTable(
      "a,b\n\n\n1,2\n\n3\n",
      "data.csv:6: 1 field where the first row has 2; fill in the missing ones or remove the row"),
    BadTable(
      "1,2,a\n3,4\n",
      "data.csv:2: 2 fields where the first row has 3; fill in the missing ones or remove the row"),
    BadTable(
      "1,2,a\n3,4,b,5\n",
      "data.csv:2: 4 fields where the first row has 3; put fields that hold the delimiter in quotes"),
    BadTable(
      "1,2,a\n3,4,b,\n",
      "data.csv:2: 4 fields where the first row has 3; put fields that hold the delimiter in quotes"),
    BadTable("1,a\n\"2,b\n3,c\n", "data.csv:2: a quote is opened and not closed; close it"),
    BadTable("1,a\n2,\"x\ny\nz", "data.csv:2: a quote is opened and not closed; close it"),
    BadTable(
      "1,\"x\ny\"\n2\n",
      "data.csv:3: 1 field where the first row has 2; fill in the missing ones or remove the row"),
    BadTable(
      "1,a\n2,b\"c\n",
      "data.csv:2: column 2: a quote inside an unquoted field; put the whole field in quotes and double the quotes inside it"
    ),
    BadTable(
      "1,a\n2,\"b\"c\n",
      "data.csv:2: column 2: text after the closing quote of a field; double the quotes inside a quoted field"
    ),
    BadTable(
      "1,a\r2,b\r",
      "data.csv:1: column 2: a carriage return without a line feed; end the lines by LF or CR LF, for example by mac2unix"
    ),
    BadTable(
      "1,a\n2\0,b\n",
      "data.csv:2: column 1: a NUL byte; the file is not text in UTF-8: check its format and encoding"),
    BadTable(
      "1,a\n2,\"b\0\"\n",
      "data.csv:2: column 2: a NUL byte; the file is not text in UTF-8: check its format and encoding"),
  ]

  private static let cells = [
    BadTable(
      "x,y,z\n1,2,a\n3,abc,b\n",
      "data.csv:3: column 2 'y': 'abc' is not a number; write a number, or name the column with --label or --categorical"
    ),
    BadTable(
      "1,2,a\n3,abc,b\n",
      "data.csv:2: column 2: 'abc' is not a number; write a number, or name the column with --label or --categorical"
    ),
    BadTable(
      "1,2,a\n3,,b\n",
      "data.csv:2: column 2: the cell is empty; fill it in, remove the row, or say --missing mean or drop"),
    BadTable(
      "1,2,a\n3,  ,b\n",
      "data.csv:2: column 2: the cell is empty; fill it in, remove the row, or say --missing mean or drop"),
    BadTable(
      "1,2,a\n3,NaN,b\n",
      "data.csv:2: column 2: 'NaN' is not a finite number; fill it in, remove the row, or say --missing mean or drop"
    ),
    BadTable(
      "1,2,a\n3,-inf,b\n",
      "data.csv:2: column 2: '-inf' is not a finite number; fill it in, remove the row, or say --missing mean or drop"
    ),
    BadTable(
      "1,2,a\n3,1e400,b\n", "data.csv:2: column 2: '1e400' is too large for a double; scale the column down"),
    BadTable(
      "1,2,a\n3,-1e39,b\n",
      "data.csv:2: column 2: '-1e+39' is too large for single precision; use double precision or scale the column down"
    ),
    BadTable(
      "x,k,y\n1,a,2\n3,b,1e39\n", DataOptions(label: .column("k")),
      "data.csv:3: column 3 'y': '1e+39' is too large for single precision; use double precision or scale the column down"
    ),
    BadTable("1,2,a\n\"3,5\",1,b\n", "data.csv:2: column 1: '3,5' is not a number; write a decimal point"),
    BadTable(
      "a;b,c\n1;5,2\n",
      "data.csv:2: column 1 'a;b': '1;5' is not a number; the fields may be separated by semicolons: name the delimiter"
    ),
    BadTable(
      "1,2,a\n3,0x10,b\n",
      "data.csv:2: column 2: '0x10' is not a number; write a number, or name the column with --label or --categorical"
    ),
    BadTable("1,a\n2, \n", "data.csv:2: column 2: the label is empty; fill it in or remove the row"),
    BadTable(
      "x,t\n1,2\n3,four\n", DataOptions(target: .numbers),
      "data.csv:3: column 2 't': 'four' is not a number; write a number, or name the column with --label or --categorical"
    ),
    BadTable(
      "k,x\n\"a\nb\",1\n\"c\nd\",z\n", DataOptions(label: .column("k")),
      "data.csv:5: column 2 'x': 'z' is not a number; write a number, or name the column with --label or --categorical"
    ),
  ]

  private static let columns = [
    BadTable(
      "a,b,c\n1,2,x\n", DataOptions(label: .column("kind")),
      "data.csv:1: there is no column 'kind'; the columns are 'a', 'b', 'c'"),
    BadTable(
      "1,2\n", DataOptions(label: .column("3")),
      "data.csv:1: there is no column '3'; there are 2 columns and no header"),
    BadTable(
      "1,2\n", DataOptions(label: .column("0")),
      "data.csv:1: there is no column '0'; there are 2 columns and no header"),
    BadTable(
      "1,2\n", DataOptions(header: .absent, label: .column("x")),
      "data.csv:1: there is no column 'x'; there are 2 columns and no header"),
    BadTable(
      "a,b,a\n1,2,x\n",
      "data.csv:1: column 3: 'a' is the name of column 1 too; rename one, or say that there is no header if this row is data"
    ),
    BadTable(
      ",b,a\n1,2,x\n",
      "data.csv:1: column 1: the column has no name; name it, or remove it where it only numbers the rows (pandas: index=False)"
    ),
    BadTable(
      "1;2;3\n4;5;6\n",
      "data.csv:1: there is one column only; the fields may be separated by semicolons: name the delimiter"),
    BadTable(
      "a\tb\n1\t2\n",
      "data.csv:1: there is one column only; the fields may be separated by tabs: name the delimiter"),
    BadTable(
      "1\n2\n", "data.csv:1: no column is left for the features; the one column is taken for the label"),
  ]

  @Test(
    arguments: [
      ([0xff, 0xfe, 0x31, 0], "x.csv: is text in UTF-16, not text in UTF-8; save it as UTF-8"),
      ([0xfe, 0xff, 0, 0x31], "x.csv: is text in UTF-16, not text in UTF-8; save it as UTF-8"),
      (
        [0x50, 0x4b, 3, 4], "x.csv: is a ZIP archive, not text in UTF-8; unpack it; save a spreadsheet as CSV"
      ),
      (Array("1,".utf8) + [0xe9, 0x0a], "x.csv:1: column 2: the label is not UTF-8; save the file as UTF-8"),
      (
        [0xe9] + Array(",b\n1,2\n".utf8),
        "x.csv:1: column 1: the column's name is not UTF-8; save the file as UTF-8"
      ),
      (
        Array("1,a\n".utf8) + [0xe9] + Array(",2\n".utf8),
        "x.csv:2: column 1: '\u{fffd}' is not a number; write a number, or name the column with --label or --categorical"
      ),
    ] as [([UInt8], String)])
  func otherEncodingsAreNamed(_ bytes: [UInt8], _ message: String) {
    #expect(failure { _ = try CSV.read(Input(bytes: bytes, name: "x.csv")) }.description == message)
  }

  @Test func tooManyClassesAreNotLabels() {
    let text = (0...FoundNames.greatestCount).map { "1,\($0)\n" }.joined()
    let error = failure { _ = try csv(text) }
    #expect(error.place == .cell(line: FoundNames.greatestCount + 1, column: 2, header: nil))
  }

  @Test func tooManyFieldsAreNotRead() {
    let text = String(repeating: "0,", count: CSVRecord.greatestFieldCount + 1)
    let error = failure { _ = try csv(text) }
    #expect(
      error.description
        == "data.csv:1: column 4194304: the row has more than 4194304 fields; check the format")
  }

  @Test func longCellsAreCutInMessages() {
    let error = failure { _ = try csv("1,a\n\(String(repeating: "x", count: 1000)),b\n") }
    #expect(error.description.count < 200)
  }
}

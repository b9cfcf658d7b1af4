import DescentFiles
import Foundation
import Testing

extension BadInput {
  /// A table of this text.
  static func csv(
    _ number: Int, _ what: String, in file: String = "d.csv", _ text: String, with options: String = "",
    code: Int32 = 65, _ message: String
  ) -> BadInput {
    csv(number, what, in: file, Array(text.utf8), with: options, code: code, message)
  }

  static func csv(
    _ number: Int, _ what: String, in file: String = "d.csv", _ bytes: [UInt8], with options: String = "",
    code: Int32 = 65, _ message: String
  ) -> BadInput {
    BadInput("csv-\(number)", what, file, bytes, options, .refused(code, message))
  }

  /// A table that looks odd, and is read.
  static func csv(
    _ number: Int, _ what: String, in file: String = "d.csv", _ bytes: [UInt8], with options: String = "",
    reads features: [Double], _ labels: [String]
  ) -> BadInput {
    BadInput("csv-\(number)", what, file, bytes, options + " --quiet", .accepted(features, labels))
  }

  static func csv(
    _ number: Int, _ what: String, _ text: String, with options: String = "", reads features: [Double],
    _ labels: [String]
  ) -> BadInput {
    csv(number, what, Array(text.utf8), with: options, reads: features, labels)
  }
}

@Suite("Tables that nobody meant: one line that names the place and the remedy, and no output")
struct CSVBadInputTests {
  private static let noRows = "d.csv: there are no rows of data; check that it is the right file"
  private static let fillIn = "fill it in, remove the row, or say --missing mean or drop"
  private static let fillTarget = "fill it in, remove the row, or say --missing drop"
  private static let writeNumber =
    "write a number, or name the column with --label or --categorical"
  private static let notText = "a NUL byte; the file is not text in UTF-8: check its format and encoding"

  static let rows: [BadInput] = [
    .csv(1, "empty", "", noRows),
    .csv(1, "blank lines alone", "\n\n\r\n", noRows),
    .csv(2, "header only", "x,y,kind\n", noRows),
    .csv(
      3, "short row", "x,y,kind\n1,2,a\n1,b\n",
      "d.csv:3: 2 fields where the first row has 3; fill in the missing ones or remove the row"),
    .csv(
      4, "long row", "x,y,kind\n1,2,a\n1,2,3,b\n",
      "d.csv:3: 4 fields where the first row has 3; put fields that hold the delimiter in quotes"),
    .csv(
      5, "trailing comma", "x,y,kind\n1,2,a\n1,2,b,\n",
      "d.csv:3: 4 fields where the first row has 3; put fields that hold the delimiter in quotes"),
    .csv(6, "blank lines", "1,2,a\n\n\n3,4,b\n\n", reads: [1, 2, 3, 4], ["a", "b"]),
    .csv(
      6, "blank lines are counted", "a,b\n\n\n1,2\n\n3\n",
      "d.csv:6: 1 field where the first row has 2; fill in the missing ones or remove the row"),
    .csv(
      7, "open quote", "x,kind\n1,a\n2,\"b\n", "d.csv:3: a quote is opened and not closed; close it"),
    .csv(
      7, "open quote before more lines", "1,a\n2,\"x\ny\nz",
      "d.csv:2: a quote is opened and not closed; close it"),
    .csv(
      8, "quote inside a field", "1,a\n2,b\"c\n",
      "d.csv:2: column 2: a quote inside an unquoted field; put the whole field in quotes and double the quotes inside it"
    ),
    .csv(
      8, "text behind a quote", "1,a\n2,\"b\"c\n",
      "d.csv:2: column 2: text after the closing quote of a field; double the quotes inside a quoted field"),
    .csv(
      9, "line break in quotes", "1,a\n2,\"b\nc\"\n", reads: [1, 2], ["a", "b\nc"]),
    .csv(
      9, "line breaks in quotes are counted", "1,\"x\ny\"\n2\n",
      "d.csv:3: 1 field where the first row has 2; fill in the missing ones or remove the row"),
    .csv(
      9, "line breaks in a row's own quotes are counted", "k,x\n\"a\nb\",1\n\"c\nd\",z\n", with: "--label k",
      "d.csv:5: column 2 'x': 'z' is not a number; \(writeNumber)"),
    .csv(10, "CR LF", "1,a\r\n2,b\r\n", reads: [1, 2], ["a", "b"]),
    .csv(
      10, "lone CR", "1,a\r2,b\r",
      "d.csv:1: column 2: a carriage return without a line feed; end the lines by LF or CR LF, for example by mac2unix"
    ),
    .csv(11, "mark of UTF-8", "\u{feff}1,a\n2,b\n", reads: [1, 2], ["a", "b"]),
    .csv(13, "NUL", "1,a\n2\0,b\n", "d.csv:2: column 1: \(notText)"),
    .csv(13, "NUL in quotes", "1,a\n2,\"b\0\"\n", "d.csv:2: column 2: \(notText)"),
    .csv(
      14, "a label that is not UTF-8", Array("1,a\n2,".utf8) + [0xe9, 0x0a],
      "d.csv:2: column 2: the label is not UTF-8; save the file as UTF-8"),
    .csv(
      14, "a name that is not UTF-8", [0xe9] + Array(",b\n1,2\n".utf8),
      "d.csv:1: column 1: the column's name is not UTF-8; save the file as UTF-8"),
    .csv(
      14, "a number that is not UTF-8", Array("1,a\n".utf8) + [0xe9] + Array(",2\n".utf8),
      "d.csv:2: column 1: '\u{fffd}' is not a number; \(writeNumber)"),
    .csv(
      15, "decimal comma in quotes", "1,2,a\n\"3,5\",1,b\n",
      "d.csv:2: column 1: '3,5' is not a number; say --decimal ,"),
    .csv(
      15, "decimal comma between semicolons", "x;y\n1,5;a\n2,5;b\n", with: "--delimiter ;",
      "d.csv:2: column 1 'x': '1,5' is not a number; say --decimal ,"),
    .csv(
      15, "decimal comma in some rows", "1,5,a\n2,5,b\n2,c\n",
      "d.csv:3: 2 fields where the first row has 3; fill in the missing ones or remove the row"),
  ]

  static let cells: [BadInput] =
    [
      .csv(
        16, "NaN", "x,y,kind\n1,2,a\nnan,2,b\n",
        "d.csv:3: column 1 'x': 'nan' is NaN; \(fillIn)"),
      .csv(
        16, "infinity", "x,y,kind\n1,2,a\n1,-inf,b\n",
        "d.csv:3: column 2 'y': '-inf' is minus infinity; \(fillIn)"),
      .csv(
        16, "empty cell", "x,y,kind\n1,2,a\n,2,b\n", "d.csv:3: column 1 'x': the cell is empty; \(fillIn)"),
      .csv(
        16, "spaces alone", "1,2,a\n3,  ,b\n", "d.csv:2: column 2: the cell is empty; \(fillIn)"),
      .csv(
        16, "infinity among means", "1,a\n,b\ninf,a\n", with: "--missing mean",
        "d.csv:3: column 1: 'inf' is infinity; \(fillIn)"),
      .csv(
        16, "an empty label", "1,a\n2, \n",
        "d.csv:2: column 2: the label is empty; \(fillTarget)"),
      .csv(
        16, "a missing label", "1,a\n2,NA\n3,b\n",
        "d.csv:2: column 2: the label 'NA' is a missing value; \(fillTarget); a class of this name needs another"
      ),
      .csv(
        16, "NaN among labels", "1,7\n2,nan\n3,8\n",
        "d.csv:2: column 2: the label 'nan' is NaN; \(fillTarget); a class of this name needs another"),
      .csv(
        16, "a missing number to regress on", "1,7\n2,?\n3,8\n", with: "--loss squared",
        "d.csv:2: column 2: '?' is a missing value; \(fillTarget)"),
      .csv(
        16, "missing labels dropped", "1,a\n2,NA\n3,b\n4,\n", with: "--missing drop", reads: [1, 3],
        ["a", "b"]),
      .csv(
        16, "a missing number to regress on, dropped", "1,7\n2,?\n3,8\n",
        with: "--loss squared --missing drop",
        reads: [1, 3], ["7.0", "8.0"]),
      .csv(
        16, "rows dropped", "1,a\n,b\nnan,a\ninf,b\n5,b\n", with: "--missing drop", reads: [1, 5], ["a", "b"]),
      .csv(
        16, "means", "1,a\n,b\n3,b\nNA,a\n", with: "--missing mean", reads: [1, 2, 3, 2],
        ["a", "b", "b", "a"]),
      // The library says it in other words: what to say, where the tool has the whole command.
      BadInput.csv(
        16, "each row dropped", "1,,a\n,2,b\n", with: "--missing drop",
        """
        d.csv: 2 of its columns are not numbers in every row:
          column 1: numbers, missing in 1 of 2 rows
          column 2: numbers, missing in 1 of 2 rows
        this reads it:
          descent train d.csv --missing mean
        """
      ).byTheToolAlone,
      .csv(
        16, "no number at all", "x,y\n,a\n,b\n", with: "--missing mean",
        "d.csv:1: column 1 'x': no cell of the column holds a number in a row to train on; pass over it with --ignore x"
      ),
      .csv(
        17, "too large for float", "x,y,kind\n1,2,a\n1,1e39,b\n", with: "--precision float",
        "d.csv:3: column 2 'y': '1e+39' is too large for single precision; use double precision or scale the column down"
      ),
      .csv(
        17, "too large for double", "x,y,kind\n1,2,a\n1,1e400,b\n", with: "--precision double",
        "d.csv:3: column 2 'y': '1e400' is too large for a double; scale the column down"),
      .csv(
        17, "too large for float behind the label", "x,k,y\n1,a,2\n3,b,-1e39\n",
        with: "--label k --precision float",
        "d.csv:3: column 3 'y': '-1e+39' is too large for single precision; use double precision or scale the column down"
      ),
      .csv(
        17, "in double precision", "1e39,a\n1e-400,b\n", with: "--precision double --scaling 1e-39",
        reads: [1e39, 0],
        ["a", "b"]),
      .csv(
        18, "spellings of numbers", " 1 ,a\n+1,b\n1.,a\n.5,b\n1E2,a\n", reads: [1, 1, 1, 0.5, 100],
        ["a", "b", "a", "b", "a"]),
    ]
    + ["0x10", "1_000", "1e", "--1", "1e+", "1.2.3", "e5", ".", "1f", "½"].map { spelling in
      .csv(
        18, spelling, "1,a\n\(spelling),b\n",
        "d.csv:2: column 1: '\(spelling)' is not a number; \(writeNumber)")
    } + [
      .csv(
        18, "a word among numbers", "1.5,a\ntrue,b\n",
        "d.csv:2: column 1: 'true' stands among numbers, such as 1.5; write a number, or name the column with --categorical"
      ),
      .csv(
        18, "a long cell", "1,a\n\(String(repeating: "x", count: 1000)),b\n",
        "d.csv:2: column 1: '\(String(repeating: "x", count: 40))…' is not a number; \(writeNumber)"),
      .csv(
        18, "text to regress on", "x,y\n1,2\n1,b\n", with: "--loss squared",
        "d.csv:3: column 2 'y': 'b' is not a number; \(writeNumber)"),
    ]

  static let forms: [BadInput] = [
    .csv(
      93, "a decimal comma, said", "x;y\n1,5;a\n2,5;b\n", with: "--decimal ,", reads: [1.5, 2.5], ["a", "b"]),
    .csv(
      93, "a number that may be a thousandfold", "x,y\n\"1,234\",a\n2,b\n",
      "d.csv:2: column 1 'x': '1,234' may be 1.234 or 1234; say --decimal , for the first, or --thousands , for the second"
    ),
    .csv(
      93, "the same, said to be one", "x,y\n\"1,234\",a\n2,b\n", with: "--thousands ,", reads: [1234, 2],
      ["a", "b"]),
    .csv(
      93, "the same, said to be a fraction", "x,y\n\"1,234\",a\n2,b\n", with: "--decimal ,",
      reads: [1.234, 2],
      ["a", "b"]),
    .csv(
      93, "a decimal point for what stands between thousands", "x;y\n0.123;a\n",
      with: "--decimal , --thousands .",
      "d.csv:2: column 1 'x': '0.123' is not a number with a decimal comma; spell all numbers alike"),
    .csv(
      94, "comments that are not said", "# by hand\nx,y,k\n1,2,a\n",
      "d.csv:1: 1 field where most lines have 3; say --comment '#' if this is a comment"),
    .csv(94, "comments", "# by hand\nx,y\n1,a\n2,b\n", with: "--comment #", reads: [1, 2], ["a", "b"]),
    .csv(
      95, "lines before the table", "by hand\n\nx,y,k\n1,2,a\n",
      "d.csv:1: 1 field where most lines have 3; leave the lines before the table out by --skip 2"),
    .csv(
      95, "lines that are skipped", "by hand\n\nx,y\n1,a\n2,b\n", with: "--skip 2", reads: [1, 2], ["a", "b"]),
    .csv(
      95, "more lines skipped than there are", "x,y\n1,a\n", with: "--skip 3",
      "d.csv: there are no lines behind the first 3; leave out fewer by --skip"),
    .csv(96, "delimiters that separate nothing", "x,y,\n1,a,\n2,b,\n", reads: [1, 2], ["a", "b"]),
    .csv(97, "Excel's line", "sep=;\r\nx;y\r\n1;a\r\n2;b\r\n", reads: [1, 2], ["a", "b"]),
  ]

  static let columns: [BadInput] = [
    .csv(
      19, "numbers as names", "0,1,target\n0.5,2,1.5\n3,4,2.5\n", with: "--loss squared",
      reads: [0.5, 2, 3, 4],
      ["1.5", "2.5"]),
    .csv(
      19, "text in a first row of data", "1.5,unknown,p\n2,3,n\n3,4,p\n",
      "d.csv:1: column 2: 'unknown' is not a number; \(writeNumber); or say --header yes if this row names the columns"
    ),
    .csv(
      19, "no such label", "x,y,kind\n1,2,a\n1,3,b\n", with: "--label sort",
      "d.csv:1: there is no column 'sort'; the columns are 'x', 'y', 'kind'"),
    .csv(
      19, "no such number of a label", "1,2\n3,4\n", with: "--label 3",
      "d.csv:1: there is no column '3'; there are 2 columns and no header"),
    .csv(
      19, "label 0", "1,2\n3,4\n", with: "--label 0",
      "d.csv:1: there is no column '0'; there are 2 columns and no header"),
    .csv(
      19, "a name without a header", "1,2\n", with: "--label x --header no",
      "d.csv:1: there is no column 'x'; there are 2 columns and no header"),
    .csv(
      19, "two columns of a name", "a,b,a\n1,2,x\n",
      "d.csv:1: column 3: 'a' is the name of column 1 too; rename one, or say --header no if this row is data"
    ),
    .csv(
      19, "a column without a name", ",b,a\n1,2,x\n1,3,x\n",
      "d.csv:1: column 1: the column has no name; name it, or pass over it with --ignore 1"
    ),
    .csv(
      19, "no such column of categories", "a,b\nx,1\n", with: "--categorical c",
      "d.csv:1: there is no column 'c' of categories; the columns are 'a', 'b'"),
    .csv(
      20, "too many classes", (0...65536).map { "1,\($0)\n" }.joined(),
      "d.csv:65537: column 2: there are more than 65536 classes; name the column of the labels with --label, or fit numbers"
    ),
    .csv(20, "a class number beyond all bounds", "1,0\n2,1000000000\n", reads: [1, 2], ["0", "1000000000"]),
    .csv(
      21, "one class", "x,y,kind\n1,2,a\n1,3,a\n",
      "d.csv: all rows are of one class, 'a': a classifier needs two or more"
    ).adding("; if the last column is not the target, name that with --label"),
    .csv(
      21, "a class a row", "1,a\n2,b\n3,c\n4,d\n5,e\n", with: "--loss softmax", reads: [1, 2, 3, 4, 5],
      ["a", "b", "c", "d", "e"]),
    .csv(
      21, "three classes for logistic", "1,a\n2,b\n3,c\n", with: "--loss logistic",
      "d.csv: the loss 'logistic' learns from labels of two classes; softmax takes more; choose another loss or other targets"
    ),
    .csv(22, "semicolons", "x;kind\n1;a\n2;b\n", reads: [1, 2], ["a", "b"]),
    .csv(22, "semicolons behind quotes", "\"x\";\"kind\"\n1;a\n2;b\n", reads: [1, 2], ["a", "b"]),
    .csv(22, "tabs", "a\tb\n1\tx\n2\ty\n", reads: [1, 2], ["x", "y"]),
    .csv(22, "bars", "a|b\n1|x\n2|y\n", reads: [1, 2], ["x", "y"]),
    .csv(22, "blanks", " a b\n 1   x\n22 y \n", reads: [1, 22], ["x", "y"]),
    .csv(
      22, "semicolons that are said to be commas", "x;kind\n1;a\n2;b\n", with: "--delimiter ,",
      "d.csv:1: there is one column only; the fields may be separated by semicolons: say --delimiter ';'"
    ),
    .csv(
      22, "quotes and semicolons that are said to be commas", "\"x\";\"kind\"\n1;a\n2;b\n",
      with: "--delimiter ,",
      "d.csv:1: column 1: text after the closing quote of a field; the fields may be separated by semicolons: say --delimiter ';'"
    ),
    .csv(
      22, "semicolons and a comma, said to separate", "a;b,c\n1;5,2\n", with: "--delimiter ,",
      "d.csv:2: column 1 'a;b': '1;5' is not a number; the fields may be separated by semicolons: say --delimiter ';'"
    ),
    .csv(
      22, "one column", "x\n1\n2\n",
      "d.csv:1: no column is left for the features; the one column is taken for the label"),
    .csv(
      23, "a row of five million fields", String(repeating: "0,", count: 4_194_305),
      "d.csv:1: column 4194304: the row has more than 4194304 fields; check the format"),
    .csv(
      23, "a long line", "1,\(String(repeating: "a", count: 1 << 20))\n2,b\n", reads: [1, 2],
      [String(repeating: "a", count: 1 << 20), "b"]),
  ]

  private static let text = Array(Samples.points.utf8)
  private static let compressed = Samples.gzip(text)
  private static let two = Samples.gzip(Array("1,a\n2,".utf8)) + Samples.gzip(Array("b\n3,c\n".utf8))

  static let compression: [BadInput] = [
    .csv(
      26, "truncated", in: "d.csv.gz", Array(compressed.dropLast(9)),
      "d.csv.gz: at byte 71: the gzip data end too early; the file is cut off: copy it again"),
    .csv(
      26, "magic alone", in: "d.csv.gz", [0x1f, 0x8b],
      "d.csv.gz: at byte 2: the gzip data end too early; the file is cut off: copy it again"),
    .csv(
      26, "a tail", in: "d.csv.gz", compressed + [1, 2, 3],
      "d.csv.gz: at byte 80: something follows the gzip data; compress the file again"),
    .csv(
      26, "damaged", in: "d.csv.gz", compressed.dropLast(8) + [1, 2, 3, 4, 5, 6, 7, 8],
      "d.csv.gz: at byte 76: the gzip data are damaged (incorrect data check); copy the file again"),
    .csv(
      26, "twice", in: "d.csv.gz", Samples.gzip(compressed),
      "d.csv.gz: is compressed by gzip twice; inflate it once"),
    .csv(26, "several members", in: "d.csv.gz", two, reads: [1, 2, 3], ["a", "b", "c"]),
    .csv(26, "compressed under a plain name", in: "d.csv", two, reads: [1, 2, 3], ["a", "b", "c"]),
    .csv(26, "plain under .gz", in: "d.csv.gz", Array("1,a\n2,b\n".utf8), reads: [1, 2], ["a", "b"]),
    .csv(
      26, "another format under .csv", [0x50, 0x4b, 3, 4],
      "d.csv: is a ZIP archive, which is not read; unpack it"),
    .csv(
      26, "filled up with zeros", in: "d.csv.gz", two + [UInt8](repeating: 0, count: 1000), reads: [1, 2, 3],
      ["a", "b", "c"]),
    .csv(
      26, "a tail behind zeros", in: "d.csv.gz", compressed + [0, 0, 1],
      "d.csv.gz: at byte 82: something follows the gzip data; compress the file again"),
    .csv(
      26, "a name that tells nothing, of a table", in: "d.dat", Array("1,a\n2,b\n".utf8), reads: [1, 2],
      ["a", "b"]),
    .csv(
      26, "a name that tells nothing", in: "d.dat", Array("no table\nat all\n".utf8),
      "d.dat: neither the name nor the first bytes tell the format; give it with --format: csv, tsv, idx, npy, npz, cifar10, libsvm"
    ),
  ]

  @Test(arguments: rows + cells) func structure(_ bad: BadInput) { bad.check() }
  @Test(arguments: forms) func formsOfATable(_ bad: BadInput) { bad.check() }
  @Test(arguments: columns) func columnsOfATable(_ bad: BadInput) { bad.check() }
  @Test(arguments: compression) func compressedTable(_ bad: BadInput) { bad.check() }

  @Test("csv-24: a file that is cut off while it is read, and one that grows") func changes() throws {
    let folder = Folder()
    let path = folder.path + "/d.csv"
    let rows = String(repeating: "1,a\n2,b\n", count: 400_000)
    folder.write("d.csv", rows)
    let error = #expect(throws: FileError.self) {
      try DataFile.read(path, progress: { _, _ in truncate(path, 1000) })
    }
    #expect(error?.kind == .inputOutput)
    #expect(error?.description.contains("shrank while it was read") == true)
    folder.write("d.csv", "1,a\n2,b\n")
    var hasGrown = false
    let data = try DataFile.read(path) { _, _ in
      if hasGrown { return }
      hasGrown = true
      let file = FileHandle(forWritingAtPath: path)!
      file.seekToEndOfFile()
      file.write(Data("3,c\n".utf8))
      try! file.close()
    }
    #expect(data.allLabels == ["a", "b", "c"])
  }

  @Test("csv-26: a bomb") func bomb() {
    let folder = Folder()
    let text = Array("1,a\n2,b\n".utf8) + Array(repeating: 0x0a, count: 1 << 20)
    folder.write("d.csv.gz", Samples.gzip(text))
    var options = DataOptions()
    options.maximumInflatedBytes = 1 << 16
    let error = #expect(throws: FileError.self) { try DataFile.read(folder.path + "/d.csv.gz", options) }
    #expect(error?.kind == .badData)
    #expect(error?.problem == "inflates to more than 65536 bytes")
  }
}

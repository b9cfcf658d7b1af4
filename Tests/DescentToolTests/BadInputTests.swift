import Testing

@Suite("Bad data get one line that names the place and the remedy, and no output")
struct BadInputTests {
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let file: String
    let bytes: [UInt8]
    let arguments: [String]
    let code: Int32
    let message: String

    /// `message` follows `descent: `; the options follow `train` and the file's name.
    init(
      _ name: String, in file: String = "d.csv", _ bytes: [UInt8], options arguments: [String] = [],
      code: Int32 = 65, _ message: String
    ) {
      (testDescription, self.file, self.bytes) = (name, file, bytes)
      (self.arguments, self.code, self.message) = (arguments, code, message)
    }

    init(
      _ name: String, in file: String = "d.csv", _ text: String, options arguments: [String] = [],
      code: Int32 = 65, _ message: String
    ) {
      self.init(name, in: file, Array(text.utf8), options: arguments, code: code, message)
    }
  }

  static let tables: [Case] = [
    Case("empty", "", "d.csv: there are no rows of data; check that it is the right file"),
    Case("header only", "x,y,kind\n", "d.csv: there are no rows of data; check that it is the right file"),
    Case(
      "short row", "x,y,kind\n1,2,a\n1,b\n",
      "d.csv:3: 2 fields where the first row has 3; fill in the missing ones or remove the row"),
    Case(
      "long row", "x,y,kind\n1,2,a\n1,2,3,b\n",
      "d.csv:3: 4 fields where the first row has 3; put fields that hold the delimiter in quotes"),
    Case(
      "trailing comma", "x,y,kind\n1,2,a\n1,2,b,\n",
      "d.csv:3: 4 fields where the first row has 3; put fields that hold the delimiter in quotes"),
    Case(
      "text in a number column", "x,y,kind\n1,2,a\n1,two,b\n",
      "d.csv:3: column 2 'y': 'two' is not a number; write a number, or name the column with --label or --categorical"
    ),
    Case(
      "NaN", "x,y,kind\n1,2,a\nnan,2,b\n",
      "d.csv:3: column 1 'x': 'nan' is not a finite number; fill it in, remove the row, or say --missing mean or drop"
    ),
    Case(
      "infinity", "x,y,kind\n1,2,a\n1,-inf,b\n",
      "d.csv:3: column 2 'y': '-inf' is not a finite number; fill it in, remove the row, or say --missing mean or drop"
    ),
    Case(
      "empty cell", "x,y,kind\n1,2,a\n,2,b\n",
      "d.csv:3: column 1 'x': the cell is empty; fill it in, remove the row, or say --missing mean or drop"),
    Case(
      "too large for float", "x,y,kind\n1,2,a\n1,1e39,b\n",
      "d.csv:3: column 2 'y': '1e+39' is too large for single precision; use double precision or scale the column down"
    ),
    Case(
      "too large for double", "x,y,kind\n1,2,a\n1,1e400,b\n", options: ["--precision", "double"],
      "d.csv:3: column 2 'y': '1e400' is too large for a double; scale the column down"),
    Case(
      "no such label", "x,y,kind\n1,2,a\n1,3,b\n", options: ["--label", "sort"],
      "d.csv:1: there is no column 'sort'; the columns are 'x', 'y', 'kind'"),
    Case(
      "no such label number", "1,2,a\n1,3,b\n", options: ["--label", "4"],
      "d.csv:1: there is no column '4'; the columns are '1', '2', 'a'"),
    Case(
      "text to regress on", "x,y\n1,2\n1,b\n", options: ["--loss", "squared"],
      "d.csv:3: column 2 'y': 'b' is not a number; write a number, or name the column with --label or --categorical"
    ),
    Case(
      "one class", "x,y,kind\n1,2,a\n1,3,a\n",
      "d.csv: all rows are of one class, 'a': a classifier needs two or more"),
    Case(
      "one column", "x\n1\n2\n",
      "d.csv:1: no column is left for the features; the one column is taken for the label"),
    Case(
      "three classes for logistic", "1,a\n2,b\n3,c\n", options: ["--loss", "logistic"],
      "d.csv: the loss 'logistic' learns from labels of two classes; softmax takes more; choose another loss or other targets"
    ),
    Case(
      "nothing to hold out", "1,a\n2,b\n3,c\n", options: ["--holdout", "0.1"],
      "d.csv: a hold-out of 0.1 leaves 3 of 3 rows to train on and 0 to measure by; choose another fraction"),
    Case("open quote", "x,kind\n1,a\n2,\"b\n", "d.csv:3: a quote is opened and not closed; close it"),
    Case(
      "NUL", "x,kind\n1,a\n2,\0b\n",
      "d.csv:3: column 2: a NUL byte; the file is not text in UTF-8: check its format and encoding"),
    Case(
      "wrong delimiter", in: "d.csv", "x;kind\n1;a\n2;b\n",
      "d.csv:1: there is one column only; the fields may be separated by semicolons: name the delimiter"),
    Case(
      "UTF-16", in: "d.csv", [0xff, 0xfe, 0x31, 0, 0x2c, 0],
      "d.csv: is text in UTF-16, not text in UTF-8; save it as UTF-8"),
    Case(
      "unknown format", in: "d.dat", "1,a\n2,b\n",
      "d.dat: neither the name nor the first bytes tell the format; give it with --format: csv, tsv, idx, npy, npz, cifar10, libsvm"
    ),
    Case(
      "labels file for a table", "1,a\n2,b\n", options: ["--labels", "l"],
      "d.csv: a table holds its labels in a column; name it with --label, not --labels"),
    Case(
      "a newline in the name", in: "d\n.csv", "1,a\n2\n",
      "d\\n.csv:2: 1 field where the first row has 2; fill in the missing ones or remove the row"),
    Case(
      "truncated gzip", in: "d.csv.gz", Array(Samples.gzip(Array(Samples.points.utf8)).dropLast(9)),
      "d.csv.gz: at byte 71: the gzip data end too early; the file is cut off: copy it again"),
    Case(
      "gzip with a tail", in: "d.csv.gz", Samples.gzip(Array(Samples.points.utf8)) + [1, 2, 3],
      "d.csv.gz: at byte 80: something follows the gzip data; compress the file again"),
    Case(
      "damaged gzip", in: "d.csv.gz",
      Samples.gzip(Array(Samples.points.utf8)).dropLast(8) + [1, 2, 3, 4, 5, 6, 7, 8],
      "d.csv.gz: at byte 76: the gzip data are damaged (incorrect data check); copy the file again"),
    Case(
      "gzip's magic alone", in: "d.csv.gz", [0x1f, 0x8b],
      "d.csv.gz: at byte 2: the gzip data end too early; the file is cut off: copy it again"),
    Case(
      "diverges by its rate", Samples.points, options: ["--learning-rate", "1e300", "--quiet"], code: 70,
      "d.csv: the training diverged: the objective grew beyond all bounds; no model was written; lower --learning-rate: a tenth of it is a good next try"
    ),
    Case(
      "diverges by its features", "x,y,kind\n1e200,2,a\n3e200,3,b\n-1e200,1,a\n2e200,4,b\n",
      options: ["--precision", "double", "--scaling", "none", "--solver", "momentum", "--quiet"], code: 70,
      "d.csv: the training diverged: the objective grew beyond all bounds; no model was written; scale the features: leave out --scaling none"
    ),
  ]

  @Test(arguments: tables) func table(_ bad: Case) { check(bad, besides: [:], bad.arguments) }

  /// With a file `labels` of 4 labels beside them.
  static let images: [Case] = [
    Case(
      "no labels named", in: "d", Samples.images(4), options: [],
      "d: IDX keeps the labels in a file of its own; name it with --labels"),
    Case(
      "short images", in: "d", Samples.images(4).dropLast(), options: ["--labels", "labels"],
      "d: at byte 31: the file ends after 15 of the 16 bytes that its header declares; copy the file again"),
    Case(
      "long images", in: "d", Samples.images(4) + [0], options: ["--labels", "labels"],
      "d: at byte 32: more bytes follow than the header declares; copy the file again"),
    Case(
      "short header", in: "d", Array(Samples.images(4).prefix(9)), options: ["--labels", "labels"],
      "d: at byte 3: the IDX header declares 3 dimensions and does not hold them; copy the file again"),
    Case(
      "greater than the file", in: "d", Samples.idx([1 << 31, 1 << 31, 4], [1]),
      options: ["--labels", "labels"],
      "d: at byte 4: the header declares 2147483648 × 2147483648 × 4 numbers, more than the file can hold; copy the file again"
    ),
    Case(
      "no images", in: "d", Samples.idx([0, 2, 2], []), options: ["--labels", "labels"],
      "d: at byte 4: the header declares 0 × 2 × 2 numbers: there is no data; check that it is the right file"
    ),
    Case(
      "more images than labels", in: "d", Samples.images(5), options: ["--labels", "labels"],
      "labels: 4 labels for the 5 rows of d; give the two files that belong together"),
    Case(
      "labels as images", in: "d", Samples.labels(4), options: ["--labels", "labels"],
      "d: at byte 4: holds one number a row, as labels do, and not images; give the images first and the labels by --labels"
    ),
    Case(
      "images as labels", in: "d", Samples.images(4), options: ["--labels", "d"],
      "d: at byte 3: holds 2 × 2 numbers a row, not labels; give the file of labels"),
    Case(
      "truncated gzip of images", in: "d.gz", Array(Samples.gzip(Samples.images(4)).dropLast(9)),
      options: ["--labels", "labels"],
      "d.gz: at byte 36: the gzip data end too early; the file is cut off: copy it again"),
    Case(
      "gzip of long images", in: "d.gz", Samples.gzip(Samples.images(4) + [0]),
      options: ["--labels", "labels"],
      "d.gz: at byte 32: more bytes follow than the header declares; copy the file again"),
  ]

  @Test(arguments: images) func image(_ bad: Case) {
    check(bad, besides: ["labels": Samples.labels(4)], bad.arguments)
  }

  private func check(_ bad: Case, besides others: [String: [UInt8]], _ arguments: [String]) {
    let folder = Folder()
    folder.write(bad.file, bad.bytes)
    for (name, bytes) in others { folder.write(name, bytes) }
    let before = folder.names
    let outcome = Tool.run(["train", bad.file] + arguments, in: folder)
    #expect(outcome.errors == ["descent: \(bad.message)"])
    #expect(outcome.code == bad.code)
    #expect(outcome.output == "")
    #expect(folder.names == before)
  }
}

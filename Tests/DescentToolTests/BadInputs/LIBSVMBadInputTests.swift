import Testing

extension BadInput {
  /// Sparse rows; the message stands behind `d.svm:`.
  static func libsvm(
    _ number: Int, _ what: String, _ text: String, with options: String = "", _ message: String
  ) -> BadInput {
    BadInput("libsvm-\(number)", what, "d.svm", Array(text.utf8), options, .refused(65, "d.svm:" + message))
  }

  /// Rows that look odd, and are read.
  static func libsvm(
    _ number: Int, _ what: String, _ text: String, with options: String = "", reads features: [Double],
    _ labels: [String]
  ) -> BadInput {
    BadInput(
      "libsvm-\(number)", what, "d.svm", Array(text.utf8), options + " --quiet", .accepted(features, labels))
  }
}

@Suite("Sparse rows that nobody meant: one line that names the place and the remedy, and no output")
struct LIBSVMBadInputTests {
  private static let ascend = "list each feature once, by ascending index"
  private static let write = "write index:value, the index a whole number from 1"
  private static let noSpaces = "write index:value without spaces, the value a decimal number"

  static let cases: [BadInput] = [
    .libsvm(27, "descending indices", "1 3:1 2:1\n", "1: column 7: index 2 comes after 3; \(ascend)"),
    .libsvm(27, "an index twice", "0 1:1\n1 2:1 2:3\n", "2: column 7: index 2 comes twice; \(ascend)"),
    .libsvm(28, "index 0", "1 0:1\n", "1: column 3: index 0, where indices count from 1; give --zero-based"),
    .libsvm(
      28, "index 0 where counting starts there", "1 0:1\n2 1:3\n", with: "--zero-based", reads: [1, 0, 0, 3],
      ["1", "2"]),
    .libsvm(
      29, "negative index", "1 -1:1\n", "1: column 3: '-1:1' is not a feature such as '3:0.5'; \(write)"),
    .libsvm(
      30, "an index beyond all bounds", "1 99999999999:1\n",
      "1: column 3: the index is greater than 100000000, the most that is read; number the features without holes"
    ),
    .libsvm(
      30, "an index beyond 64 bits", "1 99999999999999999999999:1\n",
      "1: column 3: the index is greater than 100000000, the most that is read; number the features without holes"
    ),
    .libsvm(31, "no colon", "1 5\n", "1: column 3: '5' is not a feature such as '3:0.5'; \(write)"),
    .libsvm(
      31, "a space before the colon", "1 1 :1\n",
      "1: column 3: '1' is not a feature such as '3:0.5'; \(write)"
    ),
    .libsvm(31, "no value", "1 1:\n", "1: column 5: the value of '1:' is missing; \(noSpaces)"),
    .libsvm(
      31, "a space behind the colon", "1 1: 2\n", "1: column 5: the value of '1:' is missing; \(noSpaces)"),
    .libsvm(
      31, "an index with a point", "1 1.5:1\n",
      "1: column 3: '1.5:1' is not a feature such as '3:0.5'; \(write)"),
    .libsvm(
      32, "NaN", "1 1:nan\n", "1: column 5: 'nan' is NaN; write a number or remove the row"),
    .libsvm(
      32, "infinity", "1 1:-inf\n",
      "1: column 5: '-inf' is minus infinity; write a number or remove the row"),
    .libsvm(
      32, "too large for float", "1 1:1e39\n", with: "--precision float",
      "1: column 5: '1e39' is too large for single precision; use double precision or scale the features down"
    ),
    .libsvm(
      33, "no label", "1:1 2:1\n",
      "1: column 1: '1:1' stands where the label belongs; begin each row with its label"),
    .libsvm(
      33, "a text for a label", "cat 1:1\n",
      "1: the label 'cat' is not a number; begin each row with its label, a number"),
    .libsvm(
      33, "a label that is no number", "nan 1:1\n",
      "1: the label 'nan' is NaN; write a number or remove the row"),
    .libsvm(
      33, "a word as a label", "cat 1:1\n",
      "1: the label 'cat' is not a number; begin each row with its label, a number"),
    .libsvm(33, "several labels", "1,2 1:1\n", "1: '1,2' are several labels; give each row one"),
    .libsvm(33, "a label beyond all bounds", "1e9 1:1\n2 1:3\n", reads: [1, 3], ["1000000000", "2"]),
    .libsvm(
      33, "one class", "1 1:2\n1 1:3\n", " all rows are of one class, '1': a classifier needs two or more"),
    .libsvm(
      34, "ranking", "1 qid:3 1:1\n",
      "1: column 3: 'qid:3' is for ranking, which is not supported; leave qid out"),
    .libsvm(
      35, "comments and blank lines", "# head\n1 1:2 # tail 9:9\n\n0 2:3\n", reads: [2, 0, 0, 3], ["1", "0"]),
    .libsvm(35, "CR LF", "1 1:2\r\n \r\n0 2:3\r\n", reads: [2, 0, 0, 3], ["1", "0"]),
    .libsvm(35, "no final line break", "1\t1:2\n\n  0  2:3", reads: [2, 0, 0, 3], ["1", "0"]),
    .libsvm(35, "mark of UTF-8", "\u{feff}1 1:2\n0 2:3", reads: [2, 0, 0, 3], ["1", "0"]),
    .libsvm(
      35, "lone CR", "1 1:1\r2 1:1\n", "1: column 5: the value of '1:1\\r2' is not a number; \(noSpaces)"),
    .libsvm(36, "NUL", "1 1:1 \0\n", "1: column 7: there is a NUL byte; \(write)"),
    .libsvm(
      36, "NUL in a value", "1 1:1\0\n", "1: column 5: the value of '1:1\\0' is not a number; \(noSpaces)"),
    .libsvm(
      36, "NUL in a comment", "1 1:1 # \0\n",
      "1: column 9: there is a NUL byte; check that it is a text file"),
    .libsvm(38, "empty", "", " has no rows; check that it is the right file"),
    .libsvm(38, "comments alone", "# only this\n\n", " has no rows; check that it is the right file"),
    .libsvm(
      39, "hexadecimal", "1 1:0x10\n", "1: column 5: the value of '1:0x10' is not a number; \(noSpaces)"),
    .libsvm(
      39, "hexadecimal with a power", "1 1:0x1p3\n",
      "1: column 5: the value of '1:0x1p3' is not a number; \(noSpaces)"),
  ]

  @Test(arguments: cases) func sparseRows(_ bad: BadInput) { bad.check() }
}

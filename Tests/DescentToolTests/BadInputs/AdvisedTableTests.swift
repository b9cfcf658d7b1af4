import Testing

@Suite("A table that is refused is read by what the refusal proposes, as it stands there")
struct AdvisedTableTests {
  private static func letter(_ row: Int, _ letters: String = "abc") -> Character {
    letters[letters.index(letters.startIndex, offsetBy: row * 7 % 5 % letters.count)]
  }
  private static func class_(_ row: Int) -> String { row * 7 % 5 < 2 ? "p" : "q" }

  static let columns: [AdvisedTable] = [
    .init(
      "dates are no names of rows", "day,kind,y",
      { "2020-0\($0 / 18 + 1)-\($0 % 18 + 10),\(letter($0)),\(class_($0))" },
      says: [
        "2 of its columns are not numbers in every row:", "  column 1 'day': dates, such as '2020-01-10'",
        "  column 2 'kind': 3 categories: 'a', 'b', 'c'",
      ]),
    .init(
      "names with blanks", "order no,due date,a b,y",
      { "\($0 + 7),3.1.\(1990 + $0),\(letter($0)),\(class_($0))" },
      says: [
        "2 of its columns are not numbers in every row, and 1 numbers the rows:",
        "  column 1 'order no': it numbers the rows: an identifier",
        "  column 2 'due date': dates, such as '3.1.1990'", "  column 3 'a b': 3 categories: 'a', 'b', 'c'",
      ]),
    .init(
      "a date in a column with a blank", "due date,a,y", { "3.1.2020,\($0 * $0 % 17),\(class_($0))" },
      says: [
        "2: column 1 'due date': '3.1.2020' is a date; leave the column out by --ignore 'due date', or write days as numbers"
      ], then: .adding("--ignore 'due date'")),
    .init(
      "numbers with odd cells in several columns", "a,b,c,y",
      {
        "\($0 == 9 ? "" : "\($0 * 5 % 17)"),\($0 % 8 == 3 ? "n.d." : "\($0 * 3 % 19)"),\($0 * $0 % 7),\(class_($0))"
      },
      says: [
        "2 of its columns are not numbers in every row:", "  column 1 'a': numbers, missing in 1 of 40 rows",
        "  column 2 'b': numbers, but for 5 cells, such as 'n.d.' on line 5",
      ]),
    .init(
      "a word for what is missing", "a,b,y",
      { "\($0 % 8 == 3 ? "n.d." : "\($0 * 3 % 19)"),\($0 % 7),\(class_($0))" },
      says: [
        "1 of its columns is not numbers in every row:",
        "  column 1 'a': numbers, but for 5 cells, such as 'n.d.' on line 5",
      ]),
    .init(
      "a word that is a category elsewhere", "a,b,y",
      { "\($0 % 8 == 3 ? "x" : "\($0 * 3 % 19)"),\(letter($0, "xyz")),\(class_($0))" },
      says: [
        "2 of its columns are not numbers in every row:",
        "  column 1 'a': numbers, but for 5 cells, such as 'x' on line 5",
        "  column 2 'b': 3 categories: 'x', 'y', 'z'",
      ]),
    .init(
      "one of several columns of text is named", "a,b,c,y",
      { "\(letter($0)),\(letter($0 + 1, "uv")),\($0 == 3 ? "" : "1"),\(class_($0))" },
      with: "--categorical a",
      says: [
        "2 of its columns are not numbers in every row:", "  column 2 'b': 2 categories: 'u', 'v'",
        "  column 3 'c': numbers, missing in 1 of 40 rows",
      ]),
    .init(
      "a mark for what is missing among texts", "a,b,y",
      { "\($0 % 8 == 3 ? "?" : "\(letter($0))"),\($0 % 7),\(class_($0))" },
      says: ["1 of its columns is not numbers in every row:", "  column 1 'a': 3 categories: 'a', 'b', 'c'"]),
    .init(
      "a column without a cell", "a,e,y", { "\($0 * $0 % 17),,\(class_($0))" },
      says: ["1 of its columns is not numbers in every row:", "  column 2 'e': empty in all of 40 rows"]),
    .init(
      "the same, where means were asked for", "a,e,y", { "\($0 * $0 % 17),,\(class_($0))" },
      with: "--missing mean",
      says: ["1 of its columns is not numbers in every row:", "  column 2 'e': empty in all of 40 rows"]),
    .init(
      "the same, where rows were to be dropped", "a,e,y", { "\($0 * $0 % 17),,\(class_($0))" },
      with: "--missing drop",
      says: ["1 of its columns is not numbers in every row:", "  column 2 'e': empty in all of 40 rows"]),
    .init(
      "a wrong delimiter, and text", "name;city;a;y", { "Doe, J\($0);\(letter($0));\($0 % 7);\(class_($0))" },
      with: "--delimiter , --categorical city --ignore name",
      says: [
        "1: 1 field where most lines have 2; the fields may be separated by semicolons: say --delimiter ';'"
      ],
      then: .replacing("--delimiter ';'")),
    .init(
      "bars", "name|a|y", { "n\($0 % 3)|\($0 % 7)|\(class_($0))" }, with: "--delimiter , --categorical name",
      says: [
        "1: there is one column only; the fields may be separated by vertical bars: say --delimiter '|'"
      ], then: .replacing("--delimiter '|'")),
  ]

  static let spellings: [AdvisedTable] = [
    .init(
      "thousands with points beside decimal commas", "a;b;y",
      { "\($0 % 9 + 1).000;0,\(100 + $0 * 37 % 900);\(class_($0))" },
      says: ["2: column 2 'b': '0,100' is not a number; say --decimal , --thousands ."],
      then: .adding("--decimal , --thousands .")),
    .init(
      "decimal commas with three digits", "a;b;y",
      { "1,\(100 + $0);0,\(100 + $0 * 37 % 900);\(class_($0))" },
      says: ["2: column 1 'a': '1,100' is not a number; say --decimal ,"], then: .adding("--decimal ,")),
    .init(
      "the same, said to be thousands", "a;b;y",
      { "1,\(100 + $0);0,\(100 + $0 * 37 % 900);\(class_($0))" }, with: "--thousands ,",
      says: [
        "2: column 2 'b': '0,100' is not a number with a decimal point; say --decimal , in the place of --thousands ,"
      ], then: .replacing("--thousands , --decimal ,")),
    .init(
      "apostrophes in every row", "a;b;y", { "\($0 % 9 + 1)'\(100 + $0);0.\($0 + 1);\(class_($0))" },
      says: ["2: column 1 'a': '1'100' is not a number; say --thousands \"'\""],
      then: .adding("--thousands \"'\"")),
    .init(
      "what may be either is asked", "a;y", { "1,\(100 + $0);\(class_($0))" },
      says: [
        "2: column 1 'a': '1,100' may be 1.100 or 1100; say --decimal , for the first, or --thousands , for the second"
      ], then: .nothing),
    .init(
      "commas among texts", "k;a;y", { "\(letter($0));\($0 % 9),5;\(class_($0))" },
      says: [
        "2 of its columns are not numbers in every row:", "  column 1 'k': 3 categories: 'a', 'b', 'c'",
        "  column 2 'a': numbers of another spelling, such as '0,5'",
      ]),
    .init(
      "per cents", "a,rate,y", { "\($0 * $0 % 17),\($0 * 7 % 31).5 %,\(class_($0))" },
      says: [
        "1 of its columns is not numbers in every row:",
        "  column 2 'rate': numbers with '%', such as '0.5 %'; this takes that out: sed -E 's/([0-9]) *%/\\1/g' d.csv > plain.csv",
      ]),
    .init(
      "decimal commas between commas", "height,weight,sex",
      { "17\($0 % 9),\($0),\(50 + $0),\("mf".dropFirst($0 % 2).first!)" },
      says: [
        "2: 4 fields where the first row has 3; put fields that hold the delimiter in quotes; if these are decimal commas, separate the fields by semicolons, and say --decimal ,"
      ], then: .nothing),
  ]

  @Test(arguments: columns + spellings) func isReadAsAdvised(_ table: AdvisedTable) throws {
    try table.check()
  }
}

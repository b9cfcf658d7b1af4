import Testing

@testable import DescentFiles

/// Dates are named as such: they are no numbers, nor names of categories.
@Suite struct DateTests {
  @Test(arguments: [
    "2020-01-03", "2020-12-31T23:59:59", "2020-01-03 12:30", "2020-01-03T12:30:05.250Z",
    "2020-01-03 12:30+02:00",
    "12:30", "23:59:59", "12:30:05.5", " 2020-01-03 ",
  ])
  func sqliteReadsThese(_ text: String) { #expect(DateForm(Array(text.utf8))?.isISO == true) }

  @Test(arguments: [
    "3/1/2020", "03/01/2020", "1/31/20", "31.12.2020", "31.12.20", "3-1-2020", "2020/01/03", "2020.1.3",
    "2020-1-3",
    "Jan 3 2020", "January 3, 2020", "3 Jan 2020", "03-Jan-2020", "Jan-20", "Sept 2020", "Fri, 3 Jan 2020",
    "Fri Jan 3 2020", "3 may 20", "1/3/2020 12:30", "1/3/2020, 1:30 PM", "Jan 3 2020 12:30:05", "1:30 pm",
    "9:05",
    "2020-01-03T12:30:00+0200", "2020-01-03 12:30 UTC", "Fri, 03 Jan 2020 12:30:05 GMT",
  ])
  func theseAreDatesOfOtherForms(_ text: String) { #expect(DateForm(Array(text.utf8))?.isISO == false) }

  @Test(arguments: [
    "", "1", "2020", "20200103", "-3", "1.5", "2020-13-01", "32.1.2020", "13/13/2020", "1.2.3", "10.0.0.1",
    "a-b-c",
    "may", "mayor 3", "Jan", "march on 3", "3 pigs", "16:9", "12:75", "25:00", "1:2:3:4", "2020-01", "1-2",
    "12-345-6789",
    "Jan 3 2020 x", "2020-01-03x", "-1-2-3", "2020--1-03", "3 mar 3 mar", "12:30 of 3", "T 398", "２０２０-01-03",
  ])
  func theseAreNone(_ text: String) { #expect(DateForm(Array(text.utf8)) == nil) }

  @Test(arguments: [
    ("1.5", CSVCell.Kind.number), ("-3e4", .number), ("", .missing), ("NA", .missing), ("Yes", .truth),
    ("f", .truth),
    ("2020-01-03", .date), ("1:30 PM", .date), ("red", .text), ("1,5", .text),
  ])
  func cellsHaveAKind(_ text: String, _ kind: CSVCell.Kind) { #expect(CSVCell(text.utf8).kind == kind) }

  @Test(arguments: [
    (
      "day,k\n2020-01-03,p\n",
      "x.csv:2: column 1 'day': '2020-01-03' is a date; leave the column out by 'ignore' day, or "
        + "count days: sqlite3 -csv -header :memory: '.import x.csv t' "
        + "'update t set \"day\" = julianday(\"day\")' 'select * from t' > days.csv"
    ),
    (
      "a b,k\n3.1.2020,p\n",
      "x.csv:2: column 1 'a b': '3.1.2020' is a date; leave the column out by 'ignore' 'a b', or write days as numbers"
    ),
    (
      "1,12:30,k\n2,12:31,k\n",
      "x.csv:1: column 2: '12:30' is a time; leave the column out by 'ignore' 2, or count days by SQLite's julianday(); or say 'header' yes if this row names the columns"
    ),
    (
      "it's,k\n12:30,k\n",
      "x.csv:2: column 1 'it's': '12:30' is a time; leave the column out by 'ignore' \"it's\", or count days by SQLite's julianday()"
    ),
  ])
  func areNamed(_ text: String, _ message: String) {
    #expect(failure { _ = try csv(text, name: "x.csv") }.description == message)
  }
}

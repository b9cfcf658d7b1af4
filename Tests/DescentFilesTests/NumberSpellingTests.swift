import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

/// Numbers with a decimal comma, and with something between thousands.
@Suite struct NumberSpellingTests {
  private func number(_ text: String, _ form: TableForm) -> Double? {
    Array(text.utf8).withUnsafeBufferPointer { NumberSpelling(form)!.number($0) }
  }

  @Test(
    arguments: [
      ("1,5", 1.5), ("-0,25", -0.25), (",5", 0.5), ("3,", 3), ("1,5e-3", 0.0015), (" 7 ", 7), ("1.5", nil),
      ("1,2,3", nil),
      ("1.234,5", nil), ("", nil), ("x", nil), (",", nil),
    ] as [(String, Double?)])
  func decimalCommas(_ text: String, _ expected: Double?) {
    #expect(number(text, TableForm(decimal: .comma)) == expected)
  }

  /// Groups of three alone, so that a decimal mark is not taken for what stands between thousands.
  @Test(
    arguments: [
      ("1,234", 1234), ("12,345,678.5", 12_345_678.5), ("-1,234", -1234), ("1234", 1234), ("0.5", 0.5),
      ("1,23", nil),
      ("0,123", nil), ("01,234", nil), ("1234,567", nil), ("1,2345", nil), ("1,,234", nil), (",234", nil),
      ("1,234,", nil),
      ("1.5,000", nil),
    ] as [(String, Double?)])
  func thousands(_ text: String, _ expected: Double?) {
    #expect(number(text, TableForm(thousands: .comma)) == expected)
  }

  @Test(arguments: [
    ("1.234,5", TableForm.Thousands.point), ("1'234,5", .apostrophe), ("1\u{2019}234,5", .apostrophe),
    ("1 234,5", .space),
    ("1\u{a0}234,5", .space), ("1\u{202f}234,5", .space),
  ])
  func both(_ text: String, _ thousands: TableForm.Thousands) {
    #expect(number(text, TableForm(decimal: .comma, thousands: thousands)) == 1234.5)
  }

  @Test func inATable() throws {
    var options = DataOptions()
    options.form = TableForm(decimal: .comma, thousands: .point)
    let text = "a;b;y\n1.000,5;2;0,5\n\"3\";-4,25;1.000,5\n"
    let data = try csv(text, options)
    #expect(features(data) == [1000.5, 2, 3, -4.25])
    // A class that is a number is one number however it is spelt.
    #expect(data.classNames == ["0.5", "1000.5"])
    options.target = .numbers
    #expect(try csv(text, options).targets == .values([0.5, 1000.5]))
    #expect(
      try csv(text, options).reading.form == TableForm(delimiter: ";", decimal: .comma, thousands: .point))
    let error = failure { _ = try csv(text + "1;2;0.5\n", options) }
    #expect(error.place == .cell(line: 4, column: 3, header: "y"))
  }

  /// A number's meaning is asked where it is not plain, and no option is named that other numbers would refuse.
  @Test(arguments: [
    (
      "1,234", TableForm(), false,
      "may be 1.234 or 1234; say 'decimal' , for the first, or 'thousands' , for the second"
    ),
    (
      "1,234", TableForm(), true,
      "may be 1.234 or 1234; say 'thousands' , for the second, or spell the first as the other numbers are"
    ),
    (
      "1.234", TableForm(decimal: .comma), false,
      "may be 1.234 or 1234; say 'thousands' . for the second, or spell the first as the other numbers are"
    ),
    ("1,5", TableForm(), false, "is not a number; say 'decimal' ,"),
    ("1,5", TableForm(), true, "is not a number; write a decimal point, as in other numbers"),
    ("1,234,567", TableForm(), true, "is not a number; say 'thousands' ,"),
    ("1.234,5", TableForm(), false, "is not a number; say 'decimal' , 'thousands' ."),
    ("1.234,5", TableForm(decimal: .comma), false, "is not a number; say 'thousands' ."),
    ("1'234", TableForm(), true, "is not a number; say 'thousands' \"'\""),
    ("1 234", TableForm(), true, "is not a number; say 'thousands' space"),
    (
      "1.5", TableForm(decimal: .comma), false,
      "is not a number with a decimal comma; spell all numbers alike"
    ),
  ])
  func advice(_ cell: String, _ form: TableForm, _ hasPoints: Bool, _ words: String) throws {
    let found = try #require(SpellingProblem(Array(cell.utf8), NumberSpelling(form), hasPoints: hasPoints))
    #expect("\(found.problem); \(found.remedy)" == "'\(cell)' \(words)")
  }

  @Test(arguments: ["x", "1,5 m", "", "12:30", "1,2;3"]) func noAdvice(_ cell: String) {
    #expect(SpellingProblem(Array(cell.utf8), nil, hasPoints: false) == nil)
  }

  /// A comma that separates cannot be a decimal mark as well, unless the numbers stand in quotes.
  @Test func commasOfBothKinds() throws {
    var options = DataOptions()
    options.form = TableForm(decimal: .comma)
    #expect(features(try csv("a,y\n\"1,5\",p\n2,q\n", options)) == [1.5, 2])
    #expect(
      failure { _ = try csv("1,5,p\n2,5,q\n", options) }.problem.hasPrefix(
        "the comma is to be the decimal mark"))
    options.form.delimiter = ","
    #expect(features(try csv("1,5,p\n2,5,q\n", options)) == [1, 5, 2, 5])
  }
}

import Descent
import Testing

@testable import DescentFiles

@Suite("All numbers of a table tell how they are spelt, where one does not")
struct SpellingEvidenceTests {
  private func evidence(_ cells: [String]) -> SpellingEvidence {
    cells.reduce(into: SpellingEvidence()) { evidence, cell in
      Array(cell.utf8).withUnsafeBufferPointer { evidence.add($0) }
    }
  }

  @Test(
    arguments: [
      (["1.5", "-2", "3e5", "x"], .plain), ([], .plain), (["1.234", "5"], .plain),
      (["1,5", "2"], .spelt(TableForm(decimal: .comma))),
      (["1,100", "0,100"], .spelt(TableForm(decimal: .comma))),
      (["1.000", "0,054"], .spelt(TableForm(decimal: .comma, thousands: .point))),
      (["1.234,5", "12"], .spelt(TableForm(decimal: .comma, thousands: .point))),
      (["1,234.5", "0.25"], .spelt(TableForm(thousands: .comma))),
      (["1,234,567"], .spelt(TableForm(thousands: .comma))),
      (["1'100", "2'200"], .spelt(TableForm(thousands: .apostrophe))),
      (["1 100", "2,5"], .spelt(TableForm(decimal: .comma, thousands: .space))),
      (["1,234", "2"], .open([TableForm(thousands: .comma), TableForm(decimal: .comma)])),
      (["1,234", "0.5"], .open([TableForm(thousands: .comma)])), (["1,5", "0.5"], .mixed),
      (["1.5", "1.000,5"], .mixed),
    ] as [([String], SpellingEvidence.Verdict)])
  func verdicts(_ cells: [String], _ verdict: SpellingEvidence.Verdict) {
    #expect(evidence(cells).verdict == verdict)
    // Told of parts it is the same.
    var parts = evidence(Array(cells.prefix(1)))
    parts.add(evidence(Array(cells.dropFirst())))
    #expect(parts.verdict == verdict)
  }

  /// The quick look at plain numbers finds what the spellings themselves do.
  @Test(arguments: [
    "1", "-1", "1.5", "1.234", "-123.456", "0.123", "1234.567", ".5", "5.", "12.34", "-", ".", "007.123",
  ])
  func plainCells(_ cell: String) {
    let evidence = evidence([cell])
    for form in [TableForm()] + SpellingProblem.forms {
      let number =
        NumberSpelling(form).map { $0.plain(Array(cell.utf8)) != nil } ?? (CSVCell(cell.utf8).number != nil)
      #expect(evidence.fits(form) == (number || evidence.numbers == 0), "\(form)")
    }
  }

  @Test(arguments: [
    ("3%", "%", true), ("3.5 %", "%", true), ("-12kg", "kg", true), ("$5", "$", false),
    ("1,200 €", "€", true), ("5 km/h", "km/h", true),
  ])
  func signs(_ cell: String, _ text: String, _ isBehind: Bool) {
    #expect(ColumnFinding.Sign(Array(cell.utf8)) == ColumnFinding.Sign(text: text, isBehind: isBehind))
  }

  @Test(arguments: ["k17", "3", "x", "", "2020-01-03", "v1", "a5b", "10.0.0.1"])
  func noSigns(_ cell: String) { #expect(ColumnFinding.Sign(Array(cell.utf8)) == nil) }
}

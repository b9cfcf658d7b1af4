import Descent
import Testing

@testable import DescentFiles

/// The fast scanner and the careful one agree, wherever the window's edges fall.
@Suite struct CSVTwinTests {
  /// What a reader makes of a text: its rows, or its error.
  private func outcome(
    _ text: String, _ form: TableForm = TableForm(), capacity: Int = 1 << 10, isCareful: Bool = false
  ) throws -> [String] {
    var result: [String] = []
    do {
      let input = try Input(bytes: Array(text.utf8), name: "x.csv")
      var options = DataOptions(header: .absent, label: .column("2"))
      options.form = form
      let reader = try CSVReader(input, options, capacity: capacity, isCareful: isCareful)
      var row = [Double](repeating: 0, count: reader.layout.features)
      while true {
        var numbers = row.mutableSpan
        guard try reader.next(&numbers) else { break }
        let text = String(decoding: reader.text(of: 1), as: UTF8.self)
        result.append("\(reader.line): \(row.map(\.bitPattern)) \(text)")
      }
    } catch {
      result.append(error.description)
    }
    return result
  }

  @Test func agreeAtEveryWindow() throws {
    let text = "1,a,-2.5e3\r\n\n+.5,\"b\"\"\n\",1e22\n\"7\", c ,0.1\n8,\"d\",9"
    let expected = try outcome(text)
    #expect(expected.count == 4)
    for capacity in 1...text.utf8.count {
      #expect(try outcome(text, capacity: capacity) == expected, "a window of \(capacity)")
    }
  }

  @Test func agreeOnRandomTables() throws {
    var generator = SplitMix(state: 7)
    let cells = [
      "1", "22", "-3.25", "1e5", "\"4\"", " 5 ", "", "x", "\"y\"", "\"a\"\"b\"", "\"l\nm\"", "nan", "1e999",
      "\"", "\0",
      "999999999999999", "1234567890123456", "12345678901234567890123", "6\t", "\r", "é",
    ]
    var errors = 0
    for _ in 0..<3000 {
      // Mostly sound, so that errors come late and rows are read at all.
      let text = (0..<8).map { _ in
        (0..<(Int.random(in: 0..<30, using: &generator) == 0 ? 2 : 3)).map { _ in
          let sound = Int.random(in: 0..<20, using: &generator) > 0
          return cells[Int.random(in: 0..<(sound ? 6 : cells.count), using: &generator)]
        }.joined(separator: ",")
      }.joined(separator: Bool.random(using: &generator) ? "\n" : "\r\n")
      let careful = try outcome(text, isCareful: true)
      #expect(try outcome(text) == careful, "\(text.debugDescription)")
      #expect(try outcome(text, capacity: 5) == careful, "\(text.debugDescription)")
      if careful.last?.hasPrefix("x.csv") ?? false { errors += 1 }
    }
    #expect((500..<2500).contains(errors), "\(errors) of 3000 tables in error: the mix tests one side only")
  }

  /// A form, the cells that rows are put together from, the first three of them sound, and what stands between and behind.
  struct Kind: Sendable {
    let form: TableForm
    let cells: [String]
    var between = [","]
    var end = ""

    static let blanks = Kind(
      form: TableForm(delimiter: .blanks),
      cells: ["1", "-2.5", "\"4\"", "\"a b\"", "x", "1e5", "1e999", "", "1x", "nan"],
      between: [" ", "  ", "\t", " \t "], end: " ")
    static let european = Kind(
      form: TableForm(delimiter: ";", decimal: .comma, thousands: .point),
      cells: [
        "1", "2,5", "-1.234,5", "\"4,5\"", " 7 ", "12.34", "0.123", "1.5", "1,5,5", "", "x", "1.234.567",
        "1234,5e-2",
      ], between: [";"])
    static let quoted = Kind(
      form: TableForm(delimiter: ",", thousands: .comma),
      cells: ["1", "2.5", "\"1,234\"", "\"12,34\"", "x", "", "3."])
    static let trailing = Kind(
      form: TableForm(delimiter: ","), cells: ["1", "2.5", "\"4\"", " 5", "x", "", "\"a\"\"b\""], end: ",")
    static let commented = Kind(
      form: TableForm(delimiter: ",", comment: "#"),
      cells: ["1", "2.5", "\"4\"", " 5 # \"so", "x#y", "#", "\"#\"", "", "3 #"], end: " # it's")
  }

  @Test(arguments: [Kind.blanks, .european, .quoted, .trailing, .commented])
  func agreeInEveryForm(_ kind: Kind) throws {
    var generator = SplitMix(state: 11)
    var (errors, rows) = (0, 0)
    for _ in 0..<1000 {
      // The first rows are sound, so that the form is what it is.
      var text = ""
      for row in 0..<8 {
        let cells: [String] = (0..<3).map { _ in
          let isSound = row < 3 || Int.random(in: 0..<12, using: &generator) > 0
          return kind.cells[Int.random(in: 0..<(isSound ? 3 : kind.cells.count), using: &generator)]
        }
        text += cells.joined(separator: kind.between.randomElement(using: &generator)!) + kind.end + "\n"
      }
      let careful = try outcome(text, kind.form, isCareful: true)
      #expect(try outcome(text, kind.form) == careful, "\(text.debugDescription)")
      if careful.last?.hasPrefix("x.csv") ?? false { errors += 1 }
      rows += careful.count
    }
    #expect((100..<900).contains(errors) && rows > 4000, "\(errors) of 1000 tables in error, \(rows) rows")
  }
}

import Testing

@testable import DescentFiles

/// The fast scanner and the careful one agree, wherever the window's edges fall.
@Suite struct CSVTwinTests {
  /// What a reader makes of a text: its rows, or its error.
  private func outcome(_ text: String, capacity: Int = 1 << 10, isCareful: Bool = false) throws -> [String] {
    var result: [String] = []
    do {
      let input = try Input(bytes: Array(text.utf8), name: "x.csv")
      let options = DataOptions(header: .absent, label: .column("2"))
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
}

import Descent
import Glibc
import LinearAlgebra
import Testing

@testable import DescentFiles

/// Tables that are read in chunks, on several threads, are what they are when they are read row by row.
@Suite struct CSVChunkTests {
  private struct Outcome: Equatable {
    var features: [UInt64] = []
    var labels: [String] = []
    var classNames: [String] = []
    var error = ""
  }

  private func rowByRow(_ text: String, _ options: DataOptions) -> Outcome {
    do {
      let reader = try CSVReader(
        Input(bytes: Array(text.utf8), name: "x.csv"), options, isCareful: true)
      var targets = CSVTargets(reader, options)
      var rows = CSVFeatures<Double>(reader, options)
      var elements: [Double] = []
      while try rows.next() {
        let most = Double(Float.greatestFiniteMagnitude)
        let numbers = rows.take()
        if let feature = numbers.firstIndex(where: { abs($0) > most }) {
          throw reader.overflow(of: feature, numbers[feature])
        }
        elements += numbers
        try targets.append(from: reader)
      }
      let (labels, names) = targets.finished()
      let storage = DenseStorage(
        rows: reader.rows, columns: reader.layout.features, elements: elements[...])
      return outcome(Dataset(features: storage, targets: labels, classNames: names))
    } catch {
      return Outcome(error: "\(error)")
    }
  }

  private func outcome(_ data: Dataset) -> Outcome {
    Outcome(
      features: features(data).map(\.bitPattern), labels: labels(data), classNames: data.classNames)
  }

  private func inChunks(_ text: String, _ options: DataOptions, chunkSize: Int, threads: Int) -> Outcome {
    var options = options
    options.threads = threads
    do {
      let input = try Input(bytes: Array(text.utf8), name: "x.csv")
      return outcome(try CSV.read(input, options, as: Float.self, chunkSize: chunkSize))
    } catch {
      return Outcome(error: "\(error)")
    }
  }

  @Test func agreeAtEveryChunkSize() {
    let text =
      "x,y,z\n1,a,-2.5e3\r\n\n+.5,\"b\"\"\n\",1e22\n\"7\", c ,0.1\n8,\"d\",9\n\"1\",\"\n\n\",2\n3,a,4"
    let options = DataOptions(label: .column("2"))
    let expected = rowByRow(text, options)
    #expect(expected.labels.count == 6)
    for chunkSize in 1...text.utf8.count {
      for threads in 1...3 {
        #expect(
          inChunks(text, options, chunkSize: chunkSize, threads: threads) == expected,
          "chunks of \(chunkSize) on \(threads) threads")
      }
    }
  }

  /// Errors too: the first in the file, whichever chunk's is found first.
  @Test func agreeOnRandomTables() {
    var generator = SplitMix(state: 11)
    let sound = ["1", "22", "-3.25", "1e5", "\"4\"", " 5 ", "0.1"]
    let labels = ["a", "bb", "\"c\"", "\"d\ne\"", "\"f\"\"g\"", " h "]
    let broken = ["", "x", "nan", "1e39", "1e999", "\"", "\0", "6\t", "\r", "\"y\"", "z\"", "\"1\"2", "1,2"]
    let options = DataOptions(header: .absent, label: .column("2"))
    var errors = 0
    for _ in 0..<600 {
      let text = (0..<12).map { _ in
        (0..<3).map { column in
          Int.random(in: 0..<60, using: &generator) == 0
            ? broken.randomElement(using: &generator)!
            : (column == 1 ? labels : sound).randomElement(using: &generator)!
        }.joined(separator: ",")
      }.joined(separator: Bool.random(using: &generator) ? "\n" : "\r\n\n")
      let expected = rowByRow(text, options)
      if !expected.error.isEmpty { errors += 1 }
      let chunkSize = Int.random(in: 1..<100, using: &generator)
      for threads in 1...3 {
        #expect(
          inChunks(text, options, chunkSize: chunkSize, threads: threads) == expected,
          "chunks of \(chunkSize) on \(threads) threads: \(text.debugDescription)")
      }
    }
    #expect((100..<500).contains(errors), "\(errors) of 600 tables in error: the mix tests one side only")
  }

  @Test func namesTheLineOfOneClassTooMany() {
    let text = (0...FoundNames.greatestCount).map { "1,\($0 / 2)\n\n1,\($0)\n" }.joined()
    let options = DataOptions(header: .absent)
    let expected = rowByRow(text, options)
    #expect(
      expected.error.hasPrefix(
        "x.csv:\(3 * FoundNames.greatestCount + 3): column 2: there are more than"))
    #expect(inChunks(text, options, chunkSize: 1000, threads: 2) == expected)
  }

  /// What is inflated before the damage is read first, and its errors come first.
  @Test(arguments: [1, 2, 3]) func namesTheErrorBeforeTheDamage(_ threads: Int) {
    let rows = String(repeating: "1,a\n2,b\n", count: 100_000)
    for (text, problem) in [("x,y\n" + rows, "the gzip data end too early"), ("x,y\n?,c\n" + rows, "'?' is")]
    {
      let error = failure {
        let cut = Array(gzipped(Array(text.utf8)).dropLast(100))
        _ = try CSV.read(Input(bytes: cut, name: "x.csv.gz"), DataOptions(threads: threads))
      }
      #expect(error.problem.hasPrefix(problem))
    }
  }

  /// Decimals next to the middle of two floats, which a double in between would round to the wrong one.
  @Test func roundsToFloatsOnce() throws {
    var generator = SplitMix(state: 5)
    var cells = [
      "1.00000017881393432617187500001", "1.000000178813934326171875", "1e-45", "7.0064923216240854e-46",
      "7.006492321624085355e-46", "16777217", "16777217.0000000000000000001",
    ]
    for _ in 0..<5000 {
      let low = Float(bitPattern: .random(in: 0..<0x7f00_0000, using: &generator))
      let middle = (Double(low) + Double(low.nextUp)) / 2
      cells.append(["\(middle)", "\(middle.nextUp)", "\(low)"].randomElement(using: &generator)!)
      var buffer = [CChar](repeating: 0, count: 256)
      withVaList([middle]) { _ = vsnprintf(&buffer, 256, "%.130e", $0) }
      let digits = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let parts = digits.split(separator: "e")
      cells.append("\(parts[0])\(["", "1"].randomElement(using: &generator)!)e\(parts[1])")
    }
    let text = cells.map { "\($0),a\n" }.joined()
    for isCareful in [false, true] {
      let reader = try CSVReader(
        Input(bytes: Array(text.utf8), name: "x.csv"), DataOptions(header: .absent), isSingle: true,
        isCareful: isCareful)
      var wrong: [String] = []
      var row: [Double] = [0]
      for cell in cells {
        var numbers = row.mutableSpan
        _ = try reader.next(&numbers)
        if Float(row[0]).bitPattern != strtof(cell, nil).bitPattern { wrong.append(cell) }
      }
      #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(3))")
    }
  }
}

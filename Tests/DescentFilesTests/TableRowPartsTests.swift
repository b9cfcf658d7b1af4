import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

@Suite("A stream of a table in parts, read ahead on several threads, is the stream row by row")
struct TableRowPartsTests {
  private struct Outcome: Equatable {
    var features: [UInt64] = []
    var targets: [Double] = []
    var weights: [Double] = []
    var kept: [[String]] = []
    var firstRows: [Int] = []
    var counts = ReadingTally.Counts()
    var error = ""
  }

  private func outcome(
    _ text: String, _ options: DataOptions, rows: Int, chunkSize: Int?, threads: Int = 1
  ) -> Outcome {
    var (options, result) = (options, Outcome())
    (options.threads, options.tally) = (threads, ReadingTally())
    do throws(FileError) {
      let input = try Input(bytes: Array(text.utf8), name: "x.csv")
      let stream = try TableRowStream<Double>(input, options, chunkSize: chunkSize)
      while let block = try stream.next(rows) {
        result.features += block.features.elements.map(\.bitPattern)
        switch block.targets {
        case .labels(let labels)?: result.targets += labels.map { Double($0) }
        case .values(let values, _)?: result.targets += values
        case nil: break
        }
        result.weights += block.weights ?? []
        result.kept += block.kept
        result.firstRows.append(block.firstRow)
        #expect(block.targets.map { $0.rows == block.rows } ?? true)
        #expect(block.weights.map { $0.count == block.rows } ?? true)
      }
    } catch { result.error = error.description }
    result.counts = options.tally!.counts
    return result
  }

  private static let head = "make,hp,id,fuel,count,class\n"
  private static func line(_ i: Int) -> String {
    let make = ["vw", "\"bmw\"", "\"fo\nrd\"", "lada"][i * i % 4]
    return
      "\(make),\(i % 7 == 3 ? "" : "\(i).25"),n\(i),\(i % 2 == 0 ? "gas" : "diesel"),\(i % 3),\(["a", "b"][i % 2])\n"
      + (i % 11 == 0 ? "\n" : "")
  }

  private func options(_ missing: DataOptions.Missing) throws -> DataOptions {
    var options = DataOptions()
    options.missing = missing
    (options.roles.categorical, options.roles.id) = (["make", "fuel"], "id")
    options.roles.weight = "count"
    let text = Self.head + (0..<12).filter { $0 * $0 % 4 != 3 }.map(Self.line).joined()
    let known = try CSV.read(Input(bytes: Array(text.utf8), name: "x.csv"), options, as: Double.self)
    var scoring = DataOptions()
    (scoring.missing, scoring.isForAll, scoring.keeps) = (missing, true, ["id"])
    scoring.model = ModelColumns(known)
    return scoring
  }

  private func agree(_ text: String, _ options: DataOptions) -> Outcome {
    let rows = outcome(text, options, rows: 1, chunkSize: nil)
    for count in [1, 7, 1000] {
      let expected = outcome(text, options, rows: count, chunkSize: nil)
      for (size, threads) in [(1, 1), (40, 2), (100, 3), (1 << 20, 2)] {
        let found = outcome(text, options, rows: count, chunkSize: size, threads: threads)
        #expect(found == expected, "\(count) rows, chunks of \(size), \(threads) threads")
      }
    }
    return rows
  }

  @Test(arguments: [DataOptions.Missing.mean, .dropped]) func inEveryCut(_ missing: DataOptions.Missing)
    throws
  {
    let options = try options(missing)
    let found = agree(Self.head + (0..<60).map(Self.line).joined(), options)
    #expect(found.error.isEmpty && found.targets.count == (missing == .mean ? 60 : 51))
    #expect(found.counts.droppedRows == (missing == .mean ? 0 : 9))
    #expect(found.counts.filledCells == (missing == .mean ? 9 : 0))
    #expect(found.kept.first == ["n0"])
  }

  /// The rows before an error come first, whatever is wrong: a number, a class, a weight, or the rows' end.
  @Test(arguments: [
    "vw,x,n,gas,1,a\n", "vw,1,n,gas,1,c\n", "vw,1,n,gas,-1,a\n", "vw,1,n,gas,1\n", "vw,1,n,gas,1,\"a\n",
  ]) func withAnError(_ line: String) throws {
    let options = try options(.mean)
    let before = (0..<9).map(Self.line).joined()
    let found = agree(Self.head + before + line + Self.line(3), options)
    #expect(found.targets.count == 9 && found.error.hasPrefix("x.csv:"), "\(found.error)")
    let lines = Self.head.count { $0 == "\n" } + before.count { $0 == "\n" } + 1
    #expect(found.error.hasPrefix("x.csv:\(lines)"), "\(found.error)")
  }

  @Test func withoutRows() throws {
    let found = agree(Self.head, try options(.mean))
    #expect(found.error.contains("there are no rows of data"))
  }
}

import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

@Suite("LIBSVM rows that are read in chunks")
struct LIBSVMChunkTests {
  /// Labels of several spellings, blank lines, comments with quotes, rows without numbers and some that are long.
  private static let text: String = {
    var generator = SeededGenerator(seed: 4)
    var lines: [String] = []
    for row in 0..<300 {
      var line = ["1", "+1", "1.0", "-2", "7", "3e0"][row % 6]
      var index = 0
      for _ in 0..<Int.random(in: 0...(row % 50 == 0 ? 200 : 9), using: &generator) {
        index += Int.random(in: 1...40, using: &generator)
        line += " \(index):\(Double.random(in: -2...2, using: &generator))"
      }
      lines.append(line)
      if row % 17 == 0 { lines.append("") }
      if row % 19 == 0 { lines.append("# it's \"a\" remark") }
    }
    return lines.joined(separator: "\n")
  }()

  private func read<Element: KernelScalar & StoredNumber>(
    _ text: String, _ options: DataOptions, chunkSize: Int, as type: Element.Type
  ) throws -> Dataset {
    try LIBSVM.read(Input(bytes: Array(text.utf8), name: "d.svm"), options, as: type, chunkSize: chunkSize)
  }

  @Test(arguments: [64, 200, 1000, 1 << 20], [1, 3])
  func giveWhatTheStreamGives(_ chunkSize: Int, _ threads: Int) throws {
    func check<Element: KernelScalar & StoredNumber>(_ type: Element.Type) throws {
      for target in [DataOptions.Target.classes, .numbers] {
        let data = try read(
          Self.text, DataOptions(target: target, threads: threads), chunkSize: chunkSize, as: type)
        let model = ModelColumns(features: data.columns, classNames: data.classNames)
        let stream = try LIBSVMRowStream<Element>(
          Input(bytes: Array(Self.text.utf8), name: "d.svm"), DataOptions(target: target, model: model))
        var rows = 0
        while let block = try stream.next(7) {
          let range = rows..<rows + block.rows
          #expect(block.targets == data.targets[range])
          var numbers = [Element](repeating: 0, count: block.rows * data.columns)
          var span = numbers.mutableSpan
          data.features.read(range, into: &span)
          #expect(Array(block.features.elements) == numbers)
          rows += block.rows
        }
        #expect(rows == 300 && data.rows == 300)
        #expect(data.classNames == (target == .classes ? ["-2", "1", "3", "7"] : []))
      }
    }
    try check(Float.self)
    try check(Double.self)
  }

  @Test(
    "The first error of the file is told, and its line",
    arguments: [
      ("0:1", "column 3: index 0, where indices count from 1; give 'zero-based'"),
      ("1:1 # \0", "column 9: there is a NUL byte; check that it is a text file"),
    ])
  func tellTheLine(_ row: String, _ message: String) throws {
    var lines = Self.text.split(separator: "\n", omittingEmptySubsequences: false)
    for line in [lines.count - 1, 200, 77] {
      lines[line] = "5 \(row)"
      let error = failure {
        _ = try read(lines.joined(separator: "\n"), DataOptions(threads: 2), chunkSize: 150, as: Float.self)
      }
      #expect(error.description == "d.svm:\(line + 1): \(message)")
    }
  }

  @Test func tellTheLineOfALabelThatTheModelDoesNotKnow() throws {
    let model = ModelColumns(features: 10_000, classNames: ["1", "-2", "3"])
    let error = failure {
      _ = try read(Self.text, DataOptions(model: model, threads: 2), chunkSize: 100, as: Float.self)
    }
    // The fifth row, behind a blank line and a remark.
    #expect(error.description == "d.svm:7: the model knows no class '7'; it knows '1', '-2', '3'")
  }

  @Test func tellTheLineOfOneClassTooMany() throws {
    let text = (0...FoundNames.greatestCount).map { "\($0) 1:1" }.joined(separator: "\n")
    for chunkSize in [1 << 16, 1 << 20] {
      let error = failure { _ = try read(text, DataOptions(), chunkSize: chunkSize, as: Float.self) }
      #expect(
        error.description
          == "d.svm:65537: there are more than 65536 classes; fit numbers, with 'loss' squared")
    }
  }

  /// Zeros in front of an index count for nothing.
  @Test func readIndicesOfManyDigits() throws {
    let data = try read("1 000000000000000000000000002:5\n", DataOptions(), chunkSize: 100, as: Float.self)
    #expect((data.features as? SparseStorage)?.indices == [1])
    for index in ["18446744073709551618", "100000001", "99999999999999999999999999"] {
      let error = failure { _ = try read("1 \(index):5\n", DataOptions(), chunkSize: 100, as: Float.self) }
      #expect(error.description.contains("the index is greater than 100000000"))
    }
  }

  @Test func holdRowsOfNothing() throws {
    let data = try read(String(repeating: "1\n", count: 5000), DataOptions(), chunkSize: 1000, as: Float.self)
    #expect(
      data.rows == 5000 && data.columns == 0 && data.targets == .labels(Array(repeating: 0, count: 5000)))
  }
}

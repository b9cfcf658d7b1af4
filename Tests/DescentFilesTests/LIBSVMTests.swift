import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

private func libsvm(
  _ text: String, _ options: DataOptions = DataOptions(), as type: Float.Type = Float.self
) throws(FileError) -> Dataset {
  try LIBSVM.read(Input(bytes: Array(text.utf8), name: "data.svm"), options, as: type)
}

@Suite struct LIBSVMTests {
  @Test func isKeptCompressed() throws {
    let data = try libsvm("2 1:0.5 3:-1e-1\n-1 2:4\n+2\n")
    let expected = SparseStorage(
      columns: 3, starts: [0, 2, 3, 3], indices: [0, 2, 1], values: .double([0.5, -0.1, 4]))
    #expect(data.features as? SparseStorage == expected)
    #expect(data.classNames == ["-1", "2"])
    #expect(data.targets == .labels([1, 0, 1]))
  }

  @Test(
    "Comments, blank lines, CR LF, tabs and a missing last line break",
    arguments: [
      "# head\n1 1:2 # tail 9:9\n\n0 2:3\n", "1 1:2\r\n \r\n0 2:3\r\n", "1\t1:2\n\n  0  2:3",
      "1 1:2#x\n0 2:3 #",
      "\u{feff}1 1:2\n0 2:3",
    ])
  func ignoresWhatSaysNothing(_ text: String) throws {
    let data = try libsvm(text)
    #expect(
      data.features as? SparseStorage
        == SparseStorage(columns: 2, starts: [0, 1, 2], indices: [0, 1], values: .float([2, 3])))
    #expect(data.targets == .labels([1, 0]))
  }

  @Test func countsFromZeroWhereAsked() throws {
    var options = DataOptions()
    options.isZeroBased = true
    let data = try libsvm("1 0:2 4:1\n0 3:1\n", options)
    #expect(data.columns == 5)
    #expect((data.features as? SparseStorage)?.indices == [0, 4, 3])
  }

  @Test func readsNumbersToRegressOn() throws {
    let data = try libsvm("1.5 1:2\n-2e1 2:3\n", DataOptions(target: .numbers))
    #expect(data.targets == .values([1.5, -20]))
  }

  /// The numbers are those of Python's float() and numpy.float32().
  @Test func roundsCorrectly() throws {
    let text = "0 1:0.1 2:1e-45 3:16777217.0000001 4:1e-400\n1 1:3.4028235e38\n"
    guard case .double(let values)? = (try libsvm(text).features as? SparseStorage)?.values else {
      Issue.record("no doubles")
      return
    }
    #expect(values == [0.1, 1e-45, 16777217.0000001, 3.4028235e38])
    let stream = try LIBSVMRowStream<Float>(
      Input(bytes: Array(text.utf8), name: "data.svm"),
      DataOptions(target: .ignored, model: ModelColumns(features: 4)))
    let singles = try stream.next(2)?.sparse?.dense.elements
    #expect(singles == [0.1, .leastNonzeroMagnitude, 16777218, 0, 3.4028235e38, 0, 0, 0])
  }

  @Test("What a model takes decides the columns; more are an error unless they are left out")
  func fitsTheModel() throws {
    var options = DataOptions(model: ModelColumns(features: 3, classNames: ["1", "5"]))
    #expect(try libsvm("5 1:2\n1 2:3\n", options).columns == 3)
    let error = failure { _ = try libsvm("5 1:2\n1 2:3 5:1\n", options) }
    #expect(
      error.description
        == "data.svm:2: column 7: there is a feature 5, and the model takes 3 features; "
        + "leave such features out with 'drop-extra-features', or train on data that have them")
    options.dropsExtraFeatures = true
    let data = try libsvm("5 1:2\n1 2:3 5:1\n", options)
    #expect((data.features as? SparseStorage)?.indices == [0, 1])
    #expect(data.targets == .labels([1, 0]))
  }

  @Test func streamsBlocksAndWritesThemBack() throws {
    let text = "1 1:0.5 3:-2\n0 2:4\n1\n"
    let options = DataOptions(model: ModelColumns(features: 3, classNames: ["0", "1"]))
    let stream = try LIBSVMRowStream<Float>(Input(bytes: Array(text.utf8), name: "data.svm"), options)
    var rows: [[Float]] = []
    var labels: [Int32] = []
    while let block = try stream.next(2) {
      #expect(block.firstRow == rows.count)
      for row in 0..<block.rows { rows.append(Array(block.features[row: row])) }
      if case .labels(let more)? = block.targets { labels += more }
    }
    #expect(rows == [[0.5, 0, -2], [0, 4, 0], [0, 0, 0]])
    #expect(labels == [1, 0, 1])
  }
}

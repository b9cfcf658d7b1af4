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
      columns: 3, starts: [0, 2, 3, 3], indices: [0, 2, 1], values: .float([0.5, -0.1, 4]))
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
    guard case .float(let values)? = (try libsvm(text).features as? SparseStorage)?.values else {
      Issue.record("no floats")
      return
    }
    #expect(values == [0.1, Float.leastNonzeroMagnitude, 16777218, 3.4028235e38])
  }

  @Test("What a model takes decides the columns; more are an error unless they are left out")
  func fitsTheModel() throws {
    var options = DataOptions(model: ModelColumns(features: 3, classNames: ["1", "5"]))
    #expect(try libsvm("5 1:2\n1 2:3\n", options).columns == 3)
    let error = failure { _ = try libsvm("5 1:2\n1 2:3 5:1\n", options) }
    #expect(
      error.description
        == "data.svm:2: column 7: there is a feature 5, and the model takes 3 features; "
        + "leave such features out with --drop-extra-features, or train on data that have them")
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

  @Test(arguments: [
    ("", "data.svm: has no rows; check that it is the right file"),
    ("# only this\n\n", "data.svm: has no rows; check that it is the right file"),
    (
      "1 3:1 2:1\n", "data.svm:1: column 7: index 2 comes after 3; list each feature once, by ascending index"
    ),
    (
      "0 1:1\n1 2:1 2:3\n",
      "data.svm:2: column 7: index 2 comes twice; list each feature once, by ascending index"
    ),
    ("1 0:1\n", "data.svm:1: column 3: index 0, where indices count from 1; give --zero-based"),
    (
      "1 -1:1\n",
      "data.svm:1: column 3: '-1:1' is not a feature such as '3:0.5'; write index:value, the index a whole number from 1"
    ),
    (
      "1 99999999999:1\n",
      "data.svm:1: column 3: the index is greater than 100000000, the most that is read; number the features without holes"
    ),
    (
      "1 99999999999999999999999:1\n",
      "data.svm:1: column 3: the index is greater than 100000000, the most that is read; number the features without holes"
    ),
    (
      "1 5\n",
      "data.svm:1: column 3: '5' is not a feature such as '3:0.5'; write index:value, the index a whole number from 1"
    ),
    (
      "1 1 :1\n",
      "data.svm:1: column 3: '1' is not a feature such as '3:0.5'; write index:value, the index a whole number from 1"
    ),
    (
      "1 1:\n",
      "data.svm:1: column 5: the value of '1:' is missing; write index:value without spaces, the value a decimal number"
    ),
    (
      "1 1: 2\n",
      "data.svm:1: column 5: the value of '1:' is missing; write index:value without spaces, the value a decimal number"
    ),
    (
      "1 1.5:1\n",
      "data.svm:1: column 3: '1.5:1' is not a feature such as '3:0.5'; write index:value, the index a whole number from 1"
    ),
    ("1 1:nan\n", "data.svm:1: column 5: 'nan' is not a finite number; write a number or remove the row"),
    ("1 1:-inf\n", "data.svm:1: column 5: '-inf' is not a finite number; write a number or remove the row"),
    (
      "1 1:1e400\n",
      "data.svm:1: column 5: '1e400' is too large for single precision; use double precision or scale the features down"
    ),
    (
      "1 1:1e39\n",
      "data.svm:1: column 5: '1e39' is too large for single precision; use double precision or scale the features down"
    ),
    (
      "1 1:0x10\n",
      "data.svm:1: column 5: the value of '1:0x10' is not a number; write index:value without spaces, the value a decimal number"
    ),
    (
      "1:1 2:1\n", "data.svm:1: column 1: '1:1' stands where the label belongs; begin each row with its label"
    ),
    ("cat 1:1\n", "data.svm:1: the label 'cat' is not a number; begin each row with its label, a number"),
    ("1,2 1:1\n", "data.svm:1: '1,2' are several labels; give each row one"),
    ("nan 1:1\n", "data.svm:1: the label 'nan' is not a number; begin each row with its label, a number"),
    ("1 qid:3 1:1\n", "data.svm:1: column 3: 'qid:3' is for ranking, which is not supported; leave qid out"),
    (
      "1 1:1\0\n",
      "data.svm:1: column 5: the value of '1:1\\0' is not a number; write index:value without spaces, the value a decimal number"
    ),
    (
      "1 1:1 \0\n",
      "data.svm:1: column 7: there is a NUL byte; write index:value, the index a whole number from 1"
    ),
    ("1 1:1 # \0\n", "data.svm:1: column 9: there is a NUL byte; check that it is a text file"),
    (
      "1 1:1\r2 1:1\n",
      "data.svm:1: column 5: the value of '1:1\\r2' is not a number; write index:value without spaces, the value a decimal number"
    ),
  ])
  func refusesInOneLine(_ text: String, _ message: String) {
    let error = failure { _ = try libsvm(text) }
    #expect(error.kind == .badData)
    #expect(error.description == message)
  }
}

import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

@Suite("NaN in an array is a missing number, as an empty cell of a table is")
struct NPYMissingTests {
  private static let rows: [[Double]] = [[1, .nan], [2, 10], [.nan, 20.25], [7, 60], [5, .nan]]

  private func options(_ missing: DataOptions.Missing) -> DataOptions {
    var options = DataOptions()
    options.missing = missing
    return options
  }

  private func array(_ rows: [[Double]]) throws -> Input {
    let bytes = npy(
      header: "{'descr': '<f8', 'fortran_order': False, 'shape': (\(rows.count), 2), }",
      rows.joined().flatMap { littleEndian($0.bitPattern) })
    return try Input(bytes: bytes, name: "x.npy")
  }

  private func labels(_ count: Int) throws -> Input {
    let bytes = npy(
      header: "{'descr': '|u1', 'fortran_order': False, 'shape': (\(count),), }",
      (0..<count).map { UInt8($0 % 2) })
    return try Input(bytes: bytes, name: "y.npy")
  }

  private func read(_ missing: DataOptions.Missing) throws -> Dataset {
    try NPY.read(array(Self.rows), labels: labels(5), options(missing), as: Double.self)
  }

  private func table(_ missing: DataOptions.Missing) throws -> Dataset {
    let text = Self.rows.enumerated().map { row, numbers in
      numbers.map { $0.isNaN ? "" : "\($0)" }.joined(separator: ",") + ",\(row % 2)\n"
    }
    return try csv(text.joined(), options(missing))
  }

  @Test(arguments: [DataOptions.Missing.mean, .median, .indicator, .dropped])
  func asInATable(_ missing: DataOptions.Missing) throws {
    let (found, expected) = (try read(missing), try table(missing))
    #expect(features(found) == features(expected) && found.columns == expected.columns)
    #expect(DescentFilesTests.labels(found) == DescentFilesTests.labels(expected))
    #expect(found.table == expected.table && (found.table == nil) == (missing == .dropped))
  }

  @Test func aModelFillsOtherArrays() throws {
    let trained = try read(.indicator)
    var scoring = DataOptions(target: .ignored)
    (scoring.model, scoring.tally) = (ModelColumns(trained), ReadingTally())
    let stream = try NPYRowStream<Double>(array([[3, .nan], [.nan, 1]]), scoring)
    var rows: [Double] = []
    while let block = try stream.next(1) { rows += block.features.elements }
    #expect(rows == [3, 0, 30.083333333333332, 1, 3.75, 1, 1, 0])
    #expect(scoring.tally?.counts == .init(filledCells: 2))
    scoring.target = .classes
    let measured = try NPY.read(
      array([[3, .nan], [.nan, 1]]), labels: labels(2), scoring, as: Double.self)
    #expect(features(measured) == rows)
  }

  @Test func whatIsNotMissingIsRefused() throws {
    let message = failure {
      _ = try NPY.read(
        array([[1, .infinity], [2, 3]]), labels: labels(2), options(.mean), as: Double.self)
    }.description
    #expect(message.contains("number 1 is infinity"))
    let empty = failure {
      _ = try NPY.read(
        array([[1, .nan], [2, .nan]]), labels: labels(2), options(.mean), as: Double.self)
    }.description
    #expect(empty.contains("no cell of the column holds a number in a row to train on: number 1 of the rows"))
  }

  /// A row of weight 0 is the row left out: what is filled in does not come from it.
  @Test(arguments: [DataOptions.Missing.mean, .median, .indicator])
  func rowsOfWeightZeroDoNotFill(_ missing: DataOptions.Missing) throws {
    var options = self.options(missing)
    options.roles.weight = "w"
    let text = "w,x,y\n1,1,a\n2,4,b\n0,700,a\n0,,b\n"
    let all = try csv(text + "1,,a\n", options)
    let fewer = try csv("w,x,y\n1,1,a\n2,4,b\n1,,a\n", options)
    #expect(all.table == fewer.table && all.table?.columns[0].filler == 2.5)
    let complete = try csv(text, options)
    #expect(complete.table?.columns[0].isIndicated == false)
  }
}

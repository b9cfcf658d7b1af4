import Descent
import DescentFiles
import Foundation
import LinearAlgebra
import Testing

/// A row of named cells becomes what the reader of tables makes of the same line.
@Suite struct RowEncoderTests {
  private static let path = "Data/churn/churn.csv"

  private static func columns(_ missing: DataOptions.Missing) throws -> (Dataset, ModelColumns) {
    var options = DataOptions()
    options.roles = ColumnRoles(
      ignored: ["since"], id: "customer", categorical: ["region", "contract", "payment"])
    options.missing = missing
    let data = try DataFile.read(path, options, as: Double.self)
    return (data, ModelColumns(data))
  }

  /// Cells of the features, as a program would have read them.
  private static func rows() throws -> [[String: Cell]] {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    return lines.dropFirst().map { cells in
      Dictionary(
        uniqueKeysWithValues: zip(lines[0], cells).compactMap { name, cell in
          if ["customer", "since", "churned"].contains(name) { return nil }
          if cell.isEmpty || cell == "NA" { return (name, Cell.missing) }
          return (name, Double(cell).map(Cell.number) ?? .text(cell))
        })
    }
  }

  @Test(arguments: [DataOptions.Missing.mean, .median, .indicator])
  func givesTheFeaturesOfTheFile(missing: DataOptions.Missing) throws {
    let (data, columns) = try Self.columns(missing)
    let encoder = try RowEncoder(columns)
    let rows = try Self.rows()
    #expect(rows.count == data.rows)
    for (index, row) in rows.enumerated() {
      var features = [Double](repeating: 0, count: data.columns)
      var span = features.mutableSpan
      data.features.read(index..<index + 1, into: &span)
      #expect(try encoder.encode(row) == features)
    }
  }

  @Test func namesWhatItCannotTake() throws {
    let (_, columns) = try Self.columns(.mean)
    var encoder = try RowEncoder(columns)
    var row = try Self.rows()[0]
    func error(_ name: String, _ cell: Cell?) -> RowError? {
      var changed = row
      changed[name] = cell
      do throws(RowError) {
        let _: [Double] = try encoder.encode(changed)
        return nil
      } catch { return error }
    }
    #expect(error("regoin", "north") == .unknownColumn("regoin", known: columns.columnNames))
    #expect(error("months", nil) == nil)  // the mean
    #expect(error("months", "many") == .wrongKind(column: "months", cell: "many", wanted: "a number"))
    #expect(error("months", true) == .wrongKind(column: "months", cell: true, wanted: "a number"))
    #expect(error("months", .number(.infinity)) == .notFinite(column: "months"))
    #expect(error("region", 3) == .wrongKind(column: "region", cell: 3, wanted: "a text"))
    #expect(
      error("paperless", "perhaps") == .wrongKind(column: "paperless", cell: "perhaps", wanted: "yes or no"))
    #expect(error("paperless", true) == nil)
    #expect(error("region", "moon") == nil)
    encoder.refusesUnknown = true
    let regions = ["east", "island", "north", "south", "west"]
    #expect(error("region", "moon") == .unknownCategory(column: "region", "moon", known: regions))
    row["region"] = nil
    #expect(error("months", 3) == nil)  // of no region

    let plain = try RowEncoder(ModelColumns(features: 2, featureNames: ["a", "b"]))
    #expect(try plain.encode(["b": 2, "a": 1]) == [Float(1), 2])
    #expect(throws: RowError.missing(column: "b")) { let _: [Float] = try plain.encode(["a": 1]) }
    #expect(throws: RowError.noNames) { try RowEncoder(ModelColumns(features: 2)) }
  }

  /// What spells a missing cell of the table does so here, as a number too; and what the table refuses is refused.
  @Test func takesCellsAsTheTableDoes() throws {
    var options = DataOptions()
    (options.missing, options.missingValues) = (.mean, ["-999", "?"])
    let text = "a,b,y\n1,yes,0.5\n-999,no,1.5\n3,YES,2.25\n? , yes ,3.5\n"
    let data = try CSV.read(Input(bytes: Array(text.utf8), name: "t.csv"), options, as: Double.self)
    let encoder = try RowEncoder(ModelColumns(data))
    for (row, a, b) in [
      (0, 1, "yes"), (1, -999, "no"), (2, 3, "YES"), (3, " ?", " yes "), (3, nil, 1), (3, "", true),
      (1, nil, false),
    ] as [(Int, Cell, Cell)] {
      var features = [Double](repeating: 0, count: data.columns)
      var span = features.mutableSpan
      data.features.read(row..<row + 1, into: &span)
      #expect(try encoder.encode(["a": a, "b": b]) == features, "\(row) \(a) \(b)")
    }
    #expect(throws: RowError.wrongKind(column: "b", cell: 5, wanted: "yes or no")) {
      let _: [Double] = try encoder.encode(["a": 1, "b": 5])
    }
  }

  @Test func progressEndsWithTheFit() async throws {
    let data = Dataset(features: [[0], [1], [2], [3]] as Matrix<Double>, labels: ["a", "a", "b", "b"])
    let training = Trainer(loss: Softmax(), penalty: L2(0.1), threads: 1).start(data, as: Double.self)
    var last: Milestone?
    for await milestone in training.progress { last = milestone }
    let fit = try await training.fit
    #expect(last == fit.history.last)
    #expect(fit.certificate!.relativeGap <= 1e-4)
  }
}

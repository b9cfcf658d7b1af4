import Descent
import LinearAlgebra
import Testing

/// Columns that a program holds become features as those of a file do, and a model takes rows by their names.
@Suite struct TypedColumnTests {
  private static let data = Dataset(
    columns: [
      "age": .numbers([41, nil, 38, 20]), "region": .categories(["north", "south", nil, "east"]),
      "paperless": .truths([true, false, true, true]),
    ], labels: ["stays", "leaves", "stays", "leaves"], target: "churned")

  @Test func becomeFeatures() {
    var features = [Double](repeating: 0, count: 20)
    var span = features.mutableSpan
    Self.data.features.read(0..<4, into: &span)
    #expect(
      Self.data.featureNames == ["age", "region=east", "region=north", "region=south", "paperless"])
    #expect(features == [41, 0, 1, 0, 1, 33, 0, 0, 1, 0, 38, 0, 0, 0, 1, 20, 1, 0, 0, 1])
    #expect(Self.data.classNames == ["leaves", "stays"] && Self.data.labelColumn?.name == "churned")
  }

  /// A row by name is the row of the columns, missing cells among them.
  @Test func modelsTakeRowsByName() throws {
    let model = try Trainer(loss: Softmax(), penalty: L2(0.1)).fit(Self.data, as: Double.self).model
    let rows: [[String: Cell]] = [
      ["age": 41, "region": "north", "paperless": true], ["region": "south", "paperless": false],
      ["age": 38, "paperless": true], ["age": 20, "region": "east", "paperless": true],
    ]
    for (index, row) in rows.enumerated() {
      var features = [Double](repeating: 0, count: 5)
      var span = features.mutableSpan
      Self.data.features.read(index..<index + 1, into: &span)
      #expect(try model.encode(row) == features)
    }
    #expect(throws: RowError.self) { let _: [Double] = try model.encode(["region": 3]) }
  }

  @Test func numbersToRegressOn() throws {
    let data = Dataset(columns: ["x": .numbers([1, 2, 3])], values: [2, 4, 6])
    let fit = try Trainer(loss: SquaredError(), penalty: NoPenalty()).fit(data, as: Double.self)
    #expect(abs(fit.model.scores(try fit.model.encode(["x": 5]))[0] - 10) < 1e-9)
  }
}

import Descent
import Foundation
import LinearAlgebra
import Testing

@testable import DescentFiles

/// Models that scikit-learn (by skl2onnx) and PyTorch (by both exporters) wrote, with what ONNX Runtime makes of some
/// rows: Tests/References/onnx_models.py made them.
@Suite("ONNX models of other exporters")
struct ONNXForeignTests {
  struct Case: Decodable, CustomTestStringConvertible {
    let file: String
    let kind: String
    let refused: String?
    let precision: String?
    let rows: [[Double]]?
    let values: [[Double]]?
    let classes: [String]?
    let labels: [String]?
    var testDescription: String { file }
  }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("References/onnx")
  static let cases: [Case] = try! JSONDecoder().decode(
    [Case].self, from: Data(contentsOf: folder.appendingPathComponent("cases.json")))

  @Test(arguments: cases)
  func scoreAsInTheRuntimeOrAreRefused(_ test: Case) throws {
    let path = Self.folder.appendingPathComponent(test.file).path
    if let refused = test.refused {
      let error = failure { _ = try ModelFile.read(path) }
      #expect(error.kind == .badData)
      #expect(
        refused.split(separator: "|").contains { error.problem.contains("the operator \($0) (") },
        "\(error)")
      return
    }
    switch try ModelFile.read(path) {
    case .float(let model):
      #expect(test.precision == "float")
      try check(model, test, tolerance: 1e-6)
    case .double(let model):
      #expect(test.precision == "double")
      try check(model, test, tolerance: 1e-12)
    }
  }

  private func check<Element: KernelScalar>(_ model: TrainedModel<Element>, _ test: Case, tolerance: Double)
    throws
  {
    let (rows, values) = (test.rows!, test.values!)
    let batch = Matrix(
      rows: rows.count, columns: rows[0].count, elements: rows.flatMap { $0.map { Element($0) } })
    let scores = model.scores(batch)
    let found = test.kind == "scores" ? scores : try #require(model.probabilities(scores))
    let expected = test.kind == "log-probabilities" ? values.map { $0.map(exp) } : values
    let scale = expected.joined().map(abs).max()!
    for (row, numbers) in expected.enumerated() {
      // One number for two classes is that of the second.
      let given = found[row: row].suffix(numbers.count).map { Double($0) }
      for (a, b) in zip(given, numbers) {
        #expect(abs(a - b) <= tolerance * scale, "row \(row): \(a) and not \(b)")
      }
    }
    if let classes = test.classes { #expect(model.classNames == classes) }
    if let labels = test.labels { #expect(model.classify(batch) == labels) }
  }

  @Test func imagesKeepTheirShape() throws {
    guard case .float(let model) = try ModelFile.read(Self.folder.path + "/torch-images-dynamo.onnx") else {
      Issue.record("not a model of Floats")
      return
    }
    #expect(model.imageShape == ImageShape(height: 3, width: 4))
  }

  @Test func numbersInAnotherFileAreNeeded() throws {
    let bytes = try contents(of: Self.folder.path + "/torch-external-dynamo.onnx")
    try withTemporaryFolder { folder in
      try write(bytes, to: folder + "/model.onnx")
      let error = failure { _ = try ModelFile.read(folder + "/model.onnx") }
      #expect(
        error.problem
          == "the tensor 'weight': \(folder)/torch-external-dynamo.onnx.data: there is no such file; check the path"
      )
      try write([1, 2, 3], to: folder + "/torch-external-dynamo.onnx.data")
      let short = failure { _ = try ModelFile.read(folder + "/model.onnx") }
      #expect(short.problem.contains("has 3 bytes where 72"))
    }
    let alone = failure { _ = try ModelFile.read(bytes: bytes, name: "model") }
    #expect(alone.problem == "keeps its numbers in another file")
  }
}

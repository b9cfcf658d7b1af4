import Descent
import Foundation
import LinearAlgebra
import Testing

@testable import DescentFiles

@Suite("Calibrations in model files")
struct CalibrationFileTests {
  private static let curves: [(Calibration.Method, Int)] = [
    (.sigmoid, 1), (.sigmoid, 2), (.sigmoid, 3), (.isotonic, 1), (.isotonic, 2), (.isotonic, 3),
  ]

  /// A model of so many scores whose curves are fitted to noise.
  private static func model<Element: KernelScalar>(
    _ method: Calibration.Method, outputs: Int, as type: Element.Type
  ) -> TrainedModel<Element> {
    var generator = SeededGenerator(seed: 3)
    let classes = max(2, outputs)
    let scores = Matrix<Element>(
      rows: 60, columns: outputs,
      elements: (0..<60 * outputs).map { _ in Element(Double.random(in: -2...2, using: &generator)) })
    return TrainedModel<Element>(
      architecture: LinearModel(inputs: 2, outputs: outputs),
      parameters: (0..<3 * outputs).map { Element($0) / 4 - 1 }, classNames: (0..<classes).map { "c\($0)" },
      lossName: outputs == 1 ? "logistic" : "hinge"
    ).calibrated(
      by: Calibration(
        method, scores: scores, labels: (0..<60).map { Int32($0 * 7 % 11 % classes) }, classes: classes,
        folds: 4))
  }

  @Test(arguments: curves, ModelFile.Format.allCases)
  func comeBack(_ curves: (method: Calibration.Method, outputs: Int), _ format: ModelFile.Format) throws {
    let float = Self.model(curves.method, outputs: curves.outputs, as: Float.self)
    guard case .float(let read) = try ModelFile.read(bytes: ModelFile.bytes(of: float, as: format), name: "m")
    else { throw FileError(.badData, "m", "is double", remedy: "") }
    #expect(read.calibration == float.calibration && read.calibration != nil)
    #expect(read.parameters == float.parameters && read.classNames == float.classNames)
    let double = Self.model(curves.method, outputs: curves.outputs, as: Double.self)
    let bytes = try ModelFile.bytes(of: double, as: format)
    guard case .double(let again) = try ModelFile.read(bytes: bytes, name: "m") else { return }
    #expect(again.calibration == double.calibration)
    #expect(try ModelFile.bytes(of: again, as: format) == bytes)
  }

  /// Versions that know no calibrations are told so; all other models they read.
  @Test func bearAVersionOfTheirOwn() {
    let model = Self.model(.sigmoid, outputs: 2, as: Float.self)
    #expect(ModelFile.metadata(of: model)["format_version"] == "2")
    #expect(ModelFile.metadata(of: model.calibrated(by: nil))["format_version"] == "1")
  }

  @Test(arguments: [
    #"{}"#, #"{"curves":[],"rows":1}"#, #"{"curves":[{"sigmoid":{"slope":1,"offset":0}}],"rows":1}"#,
    #"{"curves":[{"sigmoid":{"slope":1,"offset":0}},{"sigmoid":{"slope":1,"offset":0}},{"isotonic":{"scores":[],"probabilities":[]}}],"rows":1}"#,
    #"{"curves":[{"sigmoid":{"slope":1,"offset":0}},{"sigmoid":{"slope":1,"offset":0}},{"isotonic":{"scores":[1,1],"probabilities":[0,1]}}],"rows":1}"#,
    #"{"curves":[{"sigmoid":{"slope":1,"offset":0}},{"sigmoid":{"slope":1,"offset":0}},{"isotonic":{"scores":[1,2],"probabilities":[0,1.5]}}],"rows":1}"#,
    #"{"curves":[{"sigmoid":{"slope":1,"offset":0}},{"sigmoid":{"slope":1,"offset":0}},{"isotonic":{"scores":[1,2],"probabilities":[0.5,0.25]}}],"rows":1}"#,
    #"{"curves":[{"sigmoid":{"slope":1,"offset":0}},{"sigmoid":{"slope":1,"offset":0}},{"isotonic":{"scores":[1,2],"probabilities":[0.5]}}],"rows":1}"#,
  ])
  func unsoundOnesAreRefused(_ json: String) throws {
    let model = Self.model(.sigmoid, outputs: 3, as: Float.self)
    var metadata = ModelFile.metadata(of: model)
    metadata["calibration"] = json
    let linear = model.architecture
    #expect(throws: FileError.self) {
      try ModelDescription(metadata, "m").model(linear, model.parameters)
    }
    metadata["calibration"] = model.calibration?.json
    #expect(
      try ModelDescription(metadata, "m").model(linear, model.parameters).calibration == model.calibration)
  }
}

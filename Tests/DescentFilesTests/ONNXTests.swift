import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

/// Models of every kind that is written.
enum ModelSamples {
  static let layers: [any Layer] = [
    Affine(4), ReLU(), Dropout(0.3), Affine(3), LeakyReLU(0.2), Affine(3), Tanh(), Affine(5), Sigmoid(),
    Affine(3),
  ]

  static func linear<Element: KernelScalar>(_: Element.Type) -> TrainedModel<Element> {
    let parameters = (0..<9).map { Element($0 % 2 == 0 ? 1 : -3) / Element($0 + 1) }
    var model = TrainedModel(
      architecture: LinearModel(inputs: 2, outputs: 3), parameters: parameters,
      columns: ModelColumns(
        features: 2, featureNames: ["x", "y,z"], classNames: ["é", "", "a\"b\n"],
        label: TableColumn(name: "kind", number: 3)),
      imageShape: ImageShape(height: 1, width: 2),
      featureScales: [0.1, 1e-300], loss: Softmax())
    model.provenance.objective = 0.25
    return model
  }

  static func network<Element: KernelScalar>(_: Element.Type) -> TrainedModel<Element> {
    let network = Network(inputs: 3, layers: layers)
    var generator = SeededGenerator(seed: 1)
    let parameters = (0..<network.layout.count).map { _ in
      Element(Double.random(in: -1...1, using: &generator))
    }
    return TrainedModel(
      architecture: network, parameters: parameters, classNames: ["0", "1", "2"], lossName: "squared-hinge",
      margin: 0.5)
  }

  static func regression<Element: KernelScalar>(_: Element.Type, loss: String = "huber") -> TrainedModel<
    Element
  > {
    TrainedModel(
      architecture: LinearModel(inputs: 1, outputs: 1), parameters: [2, -0.5],
      classNames: loss == "logistic" ? ["no", "yes"] : [], lossName: loss)
  }

  static let float: [TrainedModel<Float>] = [
    linear(Float.self), network(Float.self), regression(Float.self), regression(Float.self, loss: "logistic"),
    regression(Float.self, loss: "poisson"),
  ]
  static let double: [TrainedModel<Double>] = [
    linear(Double.self), network(Double.self), regression(Double.self),
    regression(Double.self, loss: "logistic"), regression(Double.self, loss: "poisson"),
  ]
}

@Suite("A model comes back from either format as it was")
struct ModelRoundTripTests {
  @Test(arguments: ModelFile.Format.allCases)
  func inBothPrecisions(_ format: ModelFile.Format) throws {
    for model in ModelSamples.float {
      guard case .float(let read) = try roundTrip(model, format) else {
        Issue.record("Float came back as Double")
        continue
      }
      expectEqual(read, model)
    }
    for model in ModelSamples.double {
      guard case .double(let read) = try roundTrip(model, format) else {
        Issue.record("Double came back as Float")
        continue
      }
      expectEqual(read, model)
    }
  }

  private func roundTrip<Element: KernelScalar>(
    _ model: TrainedModel<Element>, _ format: ModelFile.Format
  ) throws -> StoredModel {
    let bytes = try ModelFile.bytes(of: model, as: format)
    #expect(try ModelFile.bytes(of: model, as: format) == bytes)
    return try ModelFile.read(bytes: bytes, name: "model")
  }

  private func expectEqual<Element: KernelScalar>(
    _ read: TrainedModel<Element>, _ model: TrainedModel<Element>
  ) {
    #expect(read.parameters == model.parameters)
    #expect(read.architecture.name == model.architecture.name)
    #expect(read.architecture.layout == model.architecture.layout)
    #expect(
      (read.architecture as? Network)?.layers.map(\.text)
        == (model.architecture as? Network)?.layers.map(\.text))
    #expect(read.classNames == model.classNames)
    #expect(read.featureNames == model.featureNames)
    #expect(read.imageShape == model.imageShape)
    #expect(read.featureScales == model.featureScales)
    #expect(read.lossName == model.lossName)
    #expect(read.margin == model.margin)
    #expect(read.columns == model.columns && read.provenance == model.provenance)
  }

  /// A regression may end in a sigmoid: not every one is a probability.
  @Test func aSigmoidThatIsPartOfTheScores() throws {
    let network = Network(inputs: 1, layers: [Affine(1), Sigmoid()])
    let model = TrainedModel<Float>(
      architecture: network, parameters: [1, 2], classNames: [], lossName: "squared")
    guard case .float(let read) = try ModelFile.read(bytes: ModelFile.bytes(of: model), name: "model") else {
      Issue.record("Double")
      return
    }
    #expect((read.architecture as? Network)?.layers.map(\.text) == ["affine 1", "sigmoid"])
  }

  @Test func theFormatIsThatOfTheName() {
    #expect(ModelFile.Format(path: "a/model.safetensors") == .safetensors)
    #expect(ModelFile.Format(path: "model") == .onnx)
    #expect(ModelFile.Format(path: "safetensors.onnx") == .onnx)
  }

  @Test func aLayerThatONNXDoesNotHave() {
    struct Cube: ElementwiseLayer {
      var text: String { "cube" }
      func apply<Element: KernelScalar>(_ inputs: Span<Element>, into outputs: inout MutableSpan<Element>) {}
      func applySlope<Element: KernelScalar>(
        _ slopes: Span<Element>, outputs: Span<Element>, into inputSlopes: inout MutableSpan<Element>
      ) {}
    }
    let network = Network(inputs: 1, layers: [Affine(1), Cube()])
    let model = TrainedModel<Float>(
      architecture: network, parameters: [1, 2], classNames: [], lossName: "squared")
    let error = failure { _ = try ModelFile.bytes(of: model) }
    #expect(
      error.description == "the model: holds the layer 'cube', which has no form in ONNX; write .safetensors")
  }
}

import Descent
import LinearAlgebra
import Testing

@testable import DescentFiles

@Suite("Files of models without an intercept")
struct InterceptFileTests {
  private var model: TrainedModel<Double> {
    TrainedModel(
      architecture: LinearModel(inputs: 2, outputs: 1, hasIntercept: false), parameters: [2, -3, 0],
      classNames: [], featureNames: ["a", "b"], lossName: "squared")
  }

  private func read(_ bytes: [UInt8]) throws -> TrainedModel<Double>? {
    if case .double(let model) = try ModelFile.read(bytes: bytes, name: "model") { model } else { nil }
  }

  @Test("come back as they were", arguments: ModelFile.Format.allCases)
  func roundTrip(_ format: ModelFile.Format) throws {
    let back = try #require(try read(ModelFile.bytes(of: model, as: format)))
    #expect(back.architecture as? LinearModel == LinearModel(inputs: 2, outputs: 1, hasIntercept: false))
    #expect(back.parameters == model.parameters && back.provenance == Provenance())
    #expect(try ModelFile.bytes(of: back, as: format) == ModelFile.bytes(of: model, as: format))
  }

  @Test("with an intercept say nothing of it, as ever")
  func silent() {
    let usual = TrainedModel<Double>(
      architecture: LinearModel(inputs: 2, outputs: 1), parameters: [2, -3, 0], classNames: [],
      featureNames: [], lossName: "squared")
    #expect(ModelFile.metadata(of: usual)["intercept"] == nil)
  }

  @Test("are refused where they hold one all the same")
  func contradiction() throws {
    let file = try Safetensors(
      decoding: ModelFile.bytes(of: model, as: .safetensors), file: "model")
    var tensors = file.tensors.filter { $0.name != "biases" }
    tensors.append(Safetensors.Tensor("biases", [1], .double([0.5])))
    let bytes = Safetensors(tensors, metadata: file.metadata).encoded()
    let error = failure { _ = try read(bytes) }
    #expect(error.description.contains("biases that it says it has not"))
  }
}

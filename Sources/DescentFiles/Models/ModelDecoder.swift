internal import Descent
internal import LinearAlgebra

/// Makes a model of a safetensors file, and trusts nothing in it.
struct ModelDecoder {
  let file: Safetensors
  let description: ModelDescription

  init(_ file: Safetensors, _ name: String) throws(FileError) {
    self.file = file
    var description = ModelDescription(file.metadata, name)
    if let scales = file["feature_scales"] {
      guard case .double(let values) = scales.values, scales.shape.count == 1 else {
        throw description.damaged("has feature scales that are not one F64 a feature")
      }
      description.featureScales = values
    }
    self.description = description
  }

  func model() throws(FileError) -> StoredModel {
    try description.checkVersion()
    switch file.metadata["architecture"] ?? "" {
    case "linear": return try linearModel()
    case "network":
      switch try networkParts() {
      case .float(let network, let parameters): return .float(try description.model(network, parameters))
      case .double(let network, let parameters): return .double(try description.model(network, parameters))
      }
    case let other:
      throw description.failure(
        "holds a model of the unknown architecture \(quoted(other))", "update descent")
    }
  }

  private func linearModel() throws(FileError) -> StoredModel {
    guard let weights = file["weights"], let biases = file["biases"], weights.shape.count == 2,
      weights.shape[0] >= 1, biases.shape == [weights.shape[0]],
      file.tensors.count == (file["feature_scales"] == nil ? 2 : 3)
    else {
      throw description.damaged(
        "does not hold the weights [outputs, inputs] and biases [outputs] of a linear model")
    }
    let (outputs, inputs) = (weights.shape[0], weights.shape[1])
    switch (weights.values, biases.values) {
    case (.float(let w), .float(let b)):
      let linear = try description.linear(inputs: inputs, outputs: outputs, biases: b)
      return .float(try description.model(linear, w + b))
    case (.double(let w), .double(let b)):
      let linear = try description.linear(inputs: inputs, outputs: outputs, biases: b)
      return .double(try description.model(linear, w + b))
    default: throw description.damaged("holds weights and biases that are not both F32 or both F64")
    }
  }
}

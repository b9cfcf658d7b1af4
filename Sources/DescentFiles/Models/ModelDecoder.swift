internal import Descent
internal import Foundation
internal import LinearAlgebra

/// Makes a model of a safetensors file, and trusts nothing in it.
struct ModelDecoder {
  let file: Safetensors
  let name: String

  init(_ file: Safetensors, _ name: String) { (self.file, self.name) = (file, name) }

  func model() throws(FileError) -> StoredModel {
    guard file.metadata["format"] == "descent" else {
      throw failure("holds no model of descent", "give a file that 'descent train' wrote")
    }
    guard let version = file.metadata["format_version"].flatMap({ Int($0) }), version >= 1 else {
      throw failure("names no version of the format", "the file is damaged: train or copy it again")
    }
    guard version <= ModelFile.version else {
      throw failure(
        "was made by a newer descent (format \(version), this one reads \(ModelFile.version))",
        "update descent")
    }
    switch file.metadata["architecture"] ?? "" {
    case "linear": return try linearModel()
    case "network":
      switch try networkParts() {
      case .float(let network, let parameters): return .float(try trained(network, parameters))
      case .double(let network, let parameters): return .double(try trained(network, parameters))
      }
    case let other:
      throw failure("holds a model of the unknown architecture \(quoted(other))", "update descent")
    }
  }

  private func linearModel() throws(FileError) -> StoredModel {
    guard let weights = file["weights"], let biases = file["biases"], weights.shape.count == 2,
      weights.shape[0] >= 1, biases.shape == [weights.shape[0]],
      file.tensors.count == (file["feature_scales"] == nil ? 2 : 3)
    else {
      throw damaged("does not hold the weights [outputs, inputs] and biases [outputs] of a linear model")
    }
    let linear = LinearModel(inputs: weights.shape[1], outputs: weights.shape[0])
    switch (weights.values, biases.values) {
    case (.float(let w), .float(let b)): return .float(try trained(linear, w + b))
    case (.double(let w), .double(let b)): return .double(try trained(linear, w + b))
    default: throw damaged("holds weights and biases that are not both F32 or both F64")
    }
  }

  private func trained<Element: Scalar>(
    _ architecture: any Model, _ parameters: [Element]
  ) throws(FileError) -> TrainedModel<Element> {
    guard let lossName = file.metadata["loss"], let loss = Losses.named(lossName) else {
      throw failure("was trained with a loss that this descent does not know", "update descent")
    }
    guard let margin = Double(file.metadata["margin"] ?? "1"), margin > 0, margin.isFinite else {
      throw damaged("has a margin that is not a number above 0")
    }
    let (classes, features) = (try names("classes"), try names("features"))
    guard
      classes.isEmpty
        ? loss.task == .regression : loss.columns(classes: classes.count) == architecture.outputs
    else {
      throw damaged("names \(classes.count) classes for \(architecture.outputs) rows of weights")
    }
    guard features.isEmpty || features.count == architecture.inputs else {
      throw damaged("names \(features.count) features for \(architecture.inputs) columns of weights")
    }
    var model = TrainedModel(
      architecture: architecture, parameters: parameters, classNames: classes, featureNames: features,
      imageShape: try imageShape(architecture.inputs), featureScales: try scales(architecture.inputs),
      lossName: lossName,
      margin: margin)
    let known: Set = [
      "format", "format_version", "architecture", "layers", "loss", "margin", "classes", "features", "image",
    ]
    model.notes = file.metadata.filter { !known.contains($0.key) }
    return model
  }

  func names(_ key: String) throws(FileError) -> [String] {
    let text = file.metadata[key] ?? "[]"
    guard let names = try? JSONDecoder().decode([String].self, from: Data(text.utf8)) else {
      throw damaged("has \(key) that are not a list of names")
    }
    return names
  }

  private func scales(_ inputs: Int) throws(FileError) -> [Double] {
    guard let tensor = file["feature_scales"] else { return [] }
    guard case .double(let scales) = tensor.values, tensor.shape == [inputs] else {
      throw damaged("has feature scales that do not fit \(inputs) features")
    }
    return scales
  }

  private func imageShape(_ inputs: Int) throws(FileError) -> ImageShape? {
    guard let text = file.metadata["image"] else { return nil }
    let sizes = text.split(separator: "x").map { Int($0) ?? 0 }
    // Bounded before they are multiplied.
    guard sizes.count == 3, sizes.allSatisfy({ $0 >= 1 && $0 <= inputs }),
      sizes[0] * sizes[1] <= inputs, sizes[0] * sizes[1] * sizes[2] == inputs
    else { throw damaged("has an image shape \(quoted(text)) that does not fit \(inputs) features") }
    return ImageShape(height: sizes[0], width: sizes[1], channels: sizes[2])
  }

  func damaged(_ problem: String) -> FileError {
    failure(problem, "the file is damaged: train or copy it again")
  }

  func failure(_ problem: String, _ remedy: String) -> FileError {
    FileError(.badData, name, problem, remedy: remedy)
  }
}

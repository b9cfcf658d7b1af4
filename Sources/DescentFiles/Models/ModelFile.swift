public import Descent
public import LinearAlgebra

/// A trained model of either precision, as a file holds it.
public enum StoredModel: Sendable {
  case float(TrainedModel<Float>)
  case double(TrainedModel<Double>)
}

/// Trained models as files.
///
/// The layout is safetensors: of a linear model `weights` `[outputs, inputs]` and `biases` `[outputs]`, F32 or F64, for features as
/// they are in the data, `feature_scales` `[inputs]`, F64, where features differ in spread, and metadata of strings:
///
/// | key | value |
/// |---|---|
/// | `format` | `descent` |
/// | `format_version` | `1` |
/// | `architecture` | `linear` or `network` |
/// | `layers` | of a network: a JSON array of its layers' texts, as `["affine 128","relu","affine 10"]` |
/// | `loss`, `margin` | what it was trained with |
/// | `classes`, `features` | JSON arrays of names; empty where there are none |
/// | `image` | `height×width×channels` as `28x28x1`, where the features are pixels |
/// | anything else | a note on how the model came about |
public enum ModelFile {
  static let version = 1

  public static func bytes<Element: Scalar>(of model: TrainedModel<Element>) -> [UInt8] {
    var metadata = model.notes
    metadata["format"] = "descent"
    metadata["format_version"] = "\(version)"
    metadata["architecture"] = model.architecture.name
    if let network = model.architecture as? Network {
      metadata["layers"] = jsonArray(network.layers.map(\.text))
    }
    metadata["loss"] = model.lossName
    metadata["margin"] = "\(model.margin)"
    metadata["classes"] = jsonArray(model.classNames)
    metadata["features"] = jsonArray(model.featureNames)
    metadata["image"] = model.imageShape.map { "\($0.height)x\($0.width)x\($0.channels)" }
    var tensors = model.architecture.layout.parts.map { part in
      Safetensors.Tensor(part.name, part.shape, Safetensors.Values(model.parameters[part.range]))
    }
    if !model.featureScales.isEmpty {
      tensors.append(Safetensors.Tensor("feature_scales", [model.inputs], .double(model.featureScales)))
    }
    return Safetensors(tensors, metadata: metadata).encoded()
  }

  /// Reads the model in the file at `path`; `-` is standard input.
  ///
  /// - Throws: ``FileError``, `badData` where the file is not a whole, finite model of this version or an earlier.
  public static func read(_ path: String) throws(FileError) -> StoredModel {
    try ModelDecoder(try Safetensors.read(path), path).model()
  }
}

/// `["a","b"]`, with the escapes that JSON asks for.
private func jsonArray(_ names: [String]) -> String {
  "[" + names.map(JSONText.quoted).joined(separator: ",") + "]"
}

extension Safetensors.Values {
  /// Float or Double, whichever they are.
  fileprivate init<Element: Scalar>(_ elements: ArraySlice<Element>) {
    self =
      Element.self == Float.self ? .float(elements.map { Float($0) }) : .double(elements.map { Double($0) })
  }
}

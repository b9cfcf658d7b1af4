public import Descent
public import LinearAlgebra

/// A trained model of either precision, as a file holds it.
public enum StoredModel: Sendable {
  case float(TrainedModel<Float>)
  case double(TrainedModel<Double>)
}

/// Trained models as files.
///
/// The layout is safetensors: `weights` `[outputs, inputs]` and `biases` `[outputs]`, F32 or F64, for features as
/// they are in the data, and metadata of strings:
///
/// | key | value |
/// |---|---|
/// | `format` | `descent` |
/// | `format_version` | `1` |
/// | `architecture` | `linear` |
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
    metadata["loss"] = model.lossName
    metadata["margin"] = "\(model.margin)"
    metadata["classes"] = jsonArray(model.classNames)
    metadata["features"] = jsonArray(model.featureNames)
    metadata["image"] = model.imageShape.map { "\($0.height)x\($0.width)x\($0.channels)" }
    let tensors = model.architecture.layout.parts.map { part in
      Safetensors.Tensor(name: part.name, shape: part.shape, elements: Array(model.parameters[part.range]))
    }
    return Safetensors(tensors: tensors, metadata: metadata).encoded()
  }

  /// Reads the model in the file at `path`; `-` is standard input.
  ///
  /// - Throws: ``FileError``, `badData` where the file is not a whole, finite model of this version or an earlier.
  public static func read(_ path: String) throws(FileError) -> StoredModel {
    let input = try Input(path)
    return try decode(input.takeAll(), name: input.name)
  }

  static func decode(_ bytes: [UInt8], name: String) throws(FileError) -> StoredModel {
    let file = try Safetensors(decoding: bytes, name: name)
    return try ModelDecoder(file: file, name: name).model()
  }
}

/// `["a","b"]`, with the escapes that JSON asks for.
private func jsonArray(_ names: [String]) -> String {
  "[" + names.map(jsonString).joined(separator: ",") + "]"
}

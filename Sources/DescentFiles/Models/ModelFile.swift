public import Descent
internal import LinearAlgebra

/// A trained model of either precision, as a file holds it.
public enum StoredModel: Sendable {
  /// Of 32 bits: F32 in safetensors, and ONNX without weights in doubles.
  case float(TrainedModel<Float>)
  /// Of 64 bits: F64 in safetensors, and ONNX of which some weights are doubles.
  case double(TrainedModel<Double>)
}

/// Trained models as files: ONNX, which runs anywhere, and safetensors, which holds the numbers alone.
///
/// Both take features as they are in the data, and both hold these texts, ONNX as its model's metadata:
///
/// | key | value |
/// |---|---|
/// | `format` | `descent` |
/// | `format_version` | `1`; `2` where there is a `calibration`, which versions before it did not know |
/// | `architecture` | `linear` or `network` |
/// | `layers` | of a network: a JSON array of its layers' texts, as `["affine 128","relu","affine 10"]` |
/// | `intercept` | `none` where a linear model was fitted without: its biases are 0 |
/// | `loss`, `loss.SETTING` | what it was trained with: a loss of `Losses` by name, and each of its settings |
/// | `margin` | of files of earlier versions: the setting `margin` |
/// | `calibration` | how scores become probabilities, where that was fitted: the JSON of a `Calibration` |
/// | `classes`, `features` | JSON arrays of names; empty where there are none |
/// | `image` | `height×width×channels` as `28x28x1`, where the features are pixels |
/// | `feature_scales` | in ONNX, where features differ in spread: a JSON array of numbers |
/// | `label`, `label_column` | the name of the data's label column, and its number from 1 |
/// | `other_columns` | which columns of the table were neither features nor the label: the JSON of `OtherColumns` |
/// | `table` | how columns of a table become the features, where some hold categories or lack numbers: the JSON of a `TableSchema` |
/// | `delimiter`, `decimal`, `thousands`, `comment_mark`, `skipped_lines`, `header`, `zero_based` | what was said of the data's file: see `FileReading` |
/// | `objective`, `solver`, `solver.SETTING`, `seed` ... | how the model came about: see `Provenance` |
/// | anything else | one of its remarks |
///
/// safetensors: of a linear model `weights` `[outputs, inputs]` and `biases` `[outputs]`, of a network
/// `weights1`, `biases1` and so on, F32 or F64, and `feature_scales` `[inputs]`, F64. ONNX: see `ONNXWriter`.
public enum ModelFile {
  static let version = 2

  /// The version of Descent that files name as their maker.
  public static let producerVersion = Provenance.currentVersion

  /// The formats that models are written in. To read one, its content tells and not its name.
  public enum Format: String, Sendable, CaseIterable {
    /// `onnx` holds the whole computation, as a graph that other programs run; `safetensors` the numbers and texts alone.
    case onnx, safetensors

    /// By the name: safetensors where it ends so, else ONNX.
    public init(path: String) {
      self = path.lowercased().hasSuffix(".safetensors") ? .safetensors : .onnx
    }
  }

  /// The bytes of a file of `model`; the same for the same model.
  ///
  /// - Throws: ``FileError``, `badData`, where ONNX has no form for the model: a layer that is not one of
  ///   `Layers`, or 2 GB and more.
  public static func bytes<Element: KernelScalar>(
    of model: TrainedModel<Element>, as format: Format = .onnx
  ) throws(FileError) -> [UInt8] {
    switch format {
    case .onnx: try ONNXWriter(model).bytes()
    case .safetensors: safetensors(model).encoded()
    }
  }

  private static func safetensors<Element: KernelScalar>(_ model: TrainedModel<Element>) -> Safetensors {
    var tensors = model.architecture.layout.parts.map { part in
      Safetensors.Tensor(part.name, part.shape, Safetensors.Values(model.parameters[part.range]))
    }
    if !model.featureScales.isEmpty {
      tensors.append(Safetensors.Tensor("feature_scales", [model.inputs], .double(model.featureScales)))
    }
    return Safetensors(tensors, metadata: metadata(of: model))
  }

  /// What a file of `model` says of its columns and where it came from, in the file's words and in the order of the keys.
  public static func notes<Element: KernelScalar>(of model: TrainedModel<Element>) -> [Setting] {
    ModelNotes.texts(of: model).inOrder.map { Setting($0.key, $0.value) }
  }

  /// What both formats say in texts.
  static func metadata<Element: KernelScalar>(of model: TrainedModel<Element>) -> [String: String] {
    var metadata = ModelNotes.texts(of: model)
    metadata["format"] = "descent"
    metadata["format_version"] = model.calibration == nil ? "1" : "2"
    metadata["calibration"] = model.calibration?.json
    metadata["architecture"] = model.architecture.name
    if let network = model.architecture as? Network {
      metadata["layers"] = JSONText.array(network.layers.map(\.text))
    }
    if (model.architecture as? LinearModel)?.hasIntercept == false { metadata["intercept"] = "none" }
    metadata["loss"] = model.lossName
    for setting in model.loss.settings { metadata["loss.\(setting.name)"] = setting.text }
    metadata["classes"] = JSONText.array(model.classNames)
    metadata["features"] = JSONText.array(model.featureNames)
    metadata["image"] = model.imageShape.map { "\($0.height)x\($0.width)x\($0.channels)" }
    if model.imageShape?.isPlanar == true { metadata["image_layout"] = "CHW" }
    return metadata
  }
}

extension Safetensors.Values {
  /// Float or Double, whichever they are.
  fileprivate init<Element: KernelScalar>(_ elements: ArraySlice<Element>) {
    self =
      Element.self == Float.self ? .float(elements.map { Float($0) }) : .double(elements.map { Double($0) })
  }
}

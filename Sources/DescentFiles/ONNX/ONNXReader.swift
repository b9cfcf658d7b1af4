internal import Descent
internal import LinearAlgebra

/// Makes a model of an ONNX file: one that Descent wrote, or a chain of layers that PyTorch, skl2onnx or
/// another exporter wrote.
struct ONNXReader {
  let name: String
  let model: ONNXModel
  private let chain: ONNXChain

  /// - Parameter path: Where the file lies, if it is a file: tensors may lie in another beside it.
  init(_ bytes: [UInt8], name: String, path: String?) throws(FileError) {
    self.name = name
    do {
      model = try ONNXModel(ProtobufReader(bytes))
    } catch {
      throw FileError(
        .badData, name, at: .byte(error.offset), error.problem,
        remedy: "the file is damaged or no ONNX model: export or copy it again")
    }
    do throws(ONNXFailure) {
      guard let graph = model.graph else { throw ONNXFailure("holds no graph") }
      var folder = path.map { ExternalTensors(folder: PendingFile.folder(of: $0)) }
      // What follows the scores of a model of ours that is calibrated, or predicts by their exponentials, its metadata say.
      let hasLink = model.metadata["loss"].flatMap { Losses.named($0) }?.link == .logarithm
      let endsInScores =
        model.metadata["format"] == "descent" && (model.metadata["calibration"] != nil || hasLink)
      chain = try ONNXChain(graph, upTo: endsInScores ? "scores" : nil) { (tensor) throws(ONNXFailure) in
        guard let bytes = try folder?.bytes(of: tensor) else {
          throw .unsupported("keeps its numbers in another file")
        }
        return bytes
      }
    } catch {
      throw FileError(.badData, name, error.problem, remedy: error.remedy)
    }
  }

  func stored() throws(FileError) -> StoredModel {
    let parts: (layers: ONNXLayers, description: ModelDescription)
    do throws(ONNXFailure) {
      parts = try layersAndDescription()
    } catch {
      throw FileError(.badData, name, error.problem, remedy: error.remedy)
    }
    let description = parts.description
    try description.checkVersion()
    let architecture = try parts.layers.architecture(description)
    if chain.isDouble { return .double(try description.model(architecture, parts.layers.parameters)) }
    let parameters = parts.layers.parameters.map { Float($0) }
    guard parameters.allSatisfy(\.isFinite) else {
      throw FileError(
        .badData, name, "scales weights beyond what 32 bits hold", remedy: "export it in 64 bits")
    }
    return .float(try description.model(architecture, parameters))
  }

  private func layersAndDescription() throws(ONNXFailure) -> (ONNXLayers, ModelDescription) {
    let (steps, ending) = try split()
    let layers = try ONNXLayers(steps)
    if let features = chain.input.features, features != layers.inputs {
      throw ONNXFailure("takes \(features) features and holds weights for \(layers.inputs)")
    }
    if isOwn { return (layers, ModelDescription(model.metadata, name)) }
    return (layers, try described(layers, ending))
  }

  private var isOwn: Bool { model.metadata["format"] == "descent" }

  /// What a model of another exporter says of itself, in the words of Descent's own files.
  ///
  /// Several scores are classes, numbered where nothing names them, as PyTorch's cross-entropy takes them; one
  /// is a number. The loss is that which goes with the probabilities, else a guess: softmax, and the hinge
  /// where the graph picks the best score and gives no probabilities.
  private func described(_ layers: ONNXLayers, _ ending: Ending) throws(ONNXFailure) -> ModelDescription {
    var classes = chain.classNames ?? []
    if classes.isEmpty, layers.outputs > 1 || ending == .sigmoid {
      guard layers.outputs <= FoundNames.greatestCount else {
        throw .unsupported("gives \(layers.outputs) scores, more than there can be classes")
      }
      classes = (0..<max(2, layers.outputs)).map { "\($0)" }
    }
    let loss: String
    switch ending {
    case .softmax:
      guard layers.outputs > 1 else { throw .unsupported("takes the softmax of one score") }
      loss = "softmax"
    case .sigmoid:
      guard layers.outputs == 1 else {
        throw .unsupported(
          "ends in the operator Sigmoid of \(layers.outputs) scores, labels that do not exclude each other")
      }
      loss = "logistic"
    case .none: loss = classes.isEmpty ? "squared" : chain.isClassifier ? "hinge" : "softmax"
    }
    var metadata = [
      "format": "descent", "format_version": "1", "loss": loss, "classes": JSONText.array(classes),
      "producer": model.producerVersion.isEmpty
        ? model.producerName : "\(model.producerName) \(model.producerVersion)",
    ]
    let shape = chain.input.shape
    // Images of one channel lie in the same order wherever the channel stands.
    if shape.count == 4, shape[1] == 1, let height = shape[2], let width = shape[3] {
      metadata["image"] = "\(height)x\(width)x1"
    }
    return ModelDescription(metadata, name)
  }

  /// What makes probabilities of the scores.
  private enum Ending {
    case none, softmax, sigmoid
  }

  /// The steps up to the scores, and what follows them.
  ///
  /// Descent's own files say which output is the scores. Elsewhere a softmax, or a sigmoid of one score, that
  /// the chain ends in makes probabilities of them.
  private func split() throws(ONNXFailure) -> (ArraySlice<ONNXStep>, Ending) {
    let (steps, states) = (chain.steps, chain.states)
    var ending = Ending.none
    switch steps.last {
    case .softmax?: ending = .softmax
    case .activation(let layer)? where layer is Sigmoid && (!isOwn || hasScoresBefore):
      ending = .sigmoid
    default: break
    }
    let end = ending == .none ? steps.count : steps.count - 1
    for (output, state) in chain.outputs.inOrder
    where state != states.last && state != states[end] {
      throw .unsupported("has the output \(quoted(output)) from the midst of the layers")
    }
    return (steps[..<end], ending)
  }

  /// Whether an output is what the last step takes.
  private var hasScoresBefore: Bool { chain.outputs.values.contains(chain.states[chain.states.count - 2]) }
}

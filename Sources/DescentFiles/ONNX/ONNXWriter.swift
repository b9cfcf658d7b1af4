internal import Descent
internal import LinearAlgebra

/// Writes a model as an ONNX file: IR version 8, operator set 13, which runtimes of 2021 and later load.
///
/// The graph takes `features` `[rows, inputs]`, Float or Double as the model is, as they are in the data, any
/// number of rows. Affine layers are Gemm nodes with W `[outputs, inputs]`, transposed by Gemm. It gives
///
/// - `scores` `[rows, outputs]`, what Descent's `--scores` prints: for a regression the numbers themselves, for
///   classes as many as there are, and for the logistic loss one, above 0 for the second class;
/// - `probabilities`, where the loss gives some: for softmax `[rows, classes]`, Softmax of the scores; for the
///   logistic loss `[rows, 1]`, Sigmoid of the score, that of the second class. Where the model is calibrated, those that
///   its curves give: see `ONNXWriter+Calibration.swift`.
///
/// The names of classes and features and all else is metadata, as ``ModelFile`` lists it.
struct ONNXWriter<Element: KernelScalar> {
  let model: TrainedModel<Element>
  var graph = ONNXGraph()

  init(_ model: TrainedModel<Element>) { self.model = model }

  private var elementType: Int64 { ONNXTensor.Content.code(of: Element.self) }

  func bytes() throws(FileError) -> [UInt8] {
    guard model.parameters.count * MemoryLayout<Element>.size < ModelFile.greatestSize - (1 << 24) else {
      throw FileError(
        .badData, "the model", "is larger than the 2 GB of ONNX files", remedy: "write .safetensors")
    }
    var writer = self
    try writer.addLayers()
    writer.addOutputs()
    var file = ONNXModel()
    file.irVersion = 8
    (file.producerName, file.producerVersion) = ("descent", ModelFile.producerVersion)
    file.operatorSets = ["": 13]
    file.metadata = ModelFile.metadata(of: model)
    if !model.featureScales.isEmpty {
      file.metadata["feature_scales"] = "[\(model.featureScales.map { "\($0)" }.joined(separator: ","))]"
    }
    file.graph = writer.graph
    return file.encoded()
  }

  /// The layers; what the last one gives is `scores`.
  private mutating func addLayers() throws(FileError) {
    graph.name = "descent"
    graph.inputs = [value("features", columns: model.inputs, "Features as they are in the data")]
    let layers: [any Layer]
    if let network = model.architecture as? Network {
      layers = network.layers
    } else if model.architecture is LinearModel {
      layers = [Affine(model.architecture.outputs)]
    } else {
      throw unsupported("is of the architecture \(quoted(model.architecture.name))")
    }
    for part in model.architecture.layout.parts {
      addTensor(part.name, part.shape, model.parameters[part.range])
    }
    var parts = model.architecture.layout.parts[...]
    var name = "features"
    for (number, layer) in layers.enumerated() {
      let output = number == layers.count - 1 ? "scores" : "layer\(number + 1)"
      switch layer {
      case is Affine:
        let (weights, biases) = (parts.removeFirst().name, parts.removeFirst().name)
        add("Gemm", [name, weights, biases], output, [integer("transB", 1)])
      case is ReLU: add("Relu", [name], output)
      case is Tanh: add("Tanh", [name], output)
      case is Sigmoid: add("Sigmoid", [name], output)
      case let leaky as LeakyReLU: addLeakyReLU(leaky.leak, name, output)
      case let dropout as Dropout:
        // Does nothing where rows are scored; a training that goes on finds it here.
        addTensor(output + ".ratio", [], [dropout.probability][...])
        add("Dropout", [name, output + ".ratio"], output)
      default: throw unsupported("holds the layer \(quoted(layer.text))")
      }
      name = output
    }
  }

  /// LeakyRelu holds its leak as a Float, and runtimes have it for Float alone: in Double max(z, leak·z).
  private mutating func addLeakyReLU(_ leak: Double, _ input: String, _ output: String) {
    guard Element.self == Double.self else {
      var alpha = ONNXAttribute()
      (alpha.name, alpha.float) = ("alpha", Float(leak))
      return add("LeakyRelu", [input], output, [alpha])
    }
    addTensor(output + ".leak", [], [Element(leak)][...])
    add("Mul", [input, output + ".leak"], output + ".leaked")
    add("Max", [input, output + ".leaked"], output)
  }

  private mutating func addOutputs() {
    let outputs = model.architecture.outputs
    let what =
      model.classNames.isEmpty
      ? model.loss.link == .logarithm
        ? "The logarithms of the predictions" : "The numbers that the model predicts"
      : outputs == 1 ? "Above 0 for the second class" : "The largest is that of the class"
    graph.outputs = [value("scores", columns: outputs, what)]
    if let calibration = model.calibration { return add(calibration) }
    if model.loss.link == .logarithm {
      add("Exp", ["scores"], "predictions")
      return graph.outputs.append(
        value("predictions", columns: outputs, "The numbers that the model predicts"))
    }
    switch model.lossName {
    case Softmax().name:
      add("Softmax", ["scores"], "probabilities", [integer("axis", 1)])
      graph.outputs.append(value("probabilities", columns: outputs, "Of the classes, in their order"))
    case Logistic().name:
      add("Sigmoid", ["scores"], "probabilities")
      graph.outputs.append(value("probabilities", columns: outputs, "Of the second class"))
    default: break
    }
  }

  func value(_ name: String, columns: Int, _ documentation: String) -> ONNXValue {
    ONNXValue(
      name: name, documentation: documentation, elementType: elementType,
      shape: [.name("rows"), .size(Int64(columns))])
  }

  mutating func add(
    _ type: String, _ inputs: [String], _ output: String, _ attributes: [ONNXAttribute] = []
  ) {
    var node = ONNXNode()
    (node.type, node.inputs, node.outputs, node.name) = (type, inputs, [output], output)
    for attribute in attributes { node.attributes[attribute.name] = attribute }
    graph.nodes.append(node)
  }

  func integer(_ name: String, _ value: Int64) -> ONNXAttribute {
    var attribute = ONNXAttribute()
    (attribute.name, attribute.integer) = (name, value)
    return attribute
  }

  mutating func addTensor<Number: KernelScalar>(
    _ name: String, _ shape: [Int], _ numbers: ArraySlice<Number>
  ) {
    var tensor = ONNXTensor()
    tensor.name = name
    tensor.dims = shape.map { Int64($0) }
    tensor.type = ONNXTensor.Content.code(of: Number.self)
    tensor.raw = numbers.littleEndianBytes[...]
    graph.initializers.append(tensor)
  }

  private func unsupported(_ problem: String) -> FileError {
    FileError(.badData, "the model", "\(problem), which has no form in ONNX", remedy: "write .safetensors")
  }
}

internal import Descent

/// The layers that a chain's steps amount to: scaling is folded into the affine layers beside it.
struct ONNXLayers {
  enum Layer {
    case affine(ONNXAffine)
    case activation(any Descent.Layer)
  }

  private(set) var layers: [Layer] = []
  /// Scaling that waits for the affine layer it goes into.
  private var waiting: (scale: [Double], shift: [Double])?

  init(_ steps: some Sequence<ONNXStep>) throws(ONNXFailure) {
    for step in steps { try add(step) }
    if waiting != nil { throw .unsupported("ends in scaling that no affine layer is beside") }
    guard case .affine? = layers.first else {
      throw .unsupported(layers.isEmpty ? "holds no layer" : "begins with what is no affine layer")
    }
  }

  private mutating func add(_ step: ONNXStep) throws(ONNXFailure) {
    switch step {
    case .affine(var affine):
      if let outputs = lastOutputs, outputs != affine.inputs {
        throw ONNXFailure("an affine layer of \(affine.inputs) inputs follows one of \(outputs) outputs")
      }
      if let (scale, shift) = waiting {
        try check(scale, fits: affine.inputs)
        affine = affine.following(scale: scale, shift: shift)
        waiting = nil
      }
      layers.append(.affine(affine))
    case .diagonal(let scale, let shift):
      if case .affine(let affine)? = layers.last {
        try check(scale, fits: affine.outputs)
        layers[layers.count - 1] = .affine(affine.followed(scale: scale, shift: shift))
      } else {
        waiting = try combined(waiting, scale, shift)
      }
    case .mirror:
      guard case .affine(let affine)? = layers.last, affine.outputs == 1 else {
        throw .unsupported("mirrors what is not one score")
      }
      layers[layers.count - 1] = .affine(affine.mirrored)
    case .activation(let layer):
      if waiting != nil { throw .unsupported("scales numbers that no affine layer is beside") }
      layers.append(.activation(layer))
    case .softmax: throw .unsupported("holds a softmax that is not at the end")
    }
  }

  /// One scaling after another.
  private func combined(
    _ first: (scale: [Double], shift: [Double])?, _ scale: [Double], _ shift: [Double]
  ) throws(ONNXFailure) -> (scale: [Double], shift: [Double]) {
    guard let first else { return (scale, shift) }
    let width = max(first.scale.count, scale.count)
    if first.scale.count != 1 { try check(scale, fits: first.scale.count) }
    func at(_ values: [Double], _ j: Int) -> Double { values[values.count == 1 ? 0 : j] }
    return (
      (0..<width).map { at(first.scale, $0) * at(scale, $0) },
      (0..<width).map { at(first.shift, $0) * at(scale, $0) + at(shift, $0) }
    )
  }

  private func check(_ scale: [Double], fits width: Int) throws(ONNXFailure) {
    guard scale.count == 1 || scale.count == width else {
      throw ONNXFailure("\(scale.count) factors scale rows of \(width) numbers")
    }
  }

  private var lastOutputs: Int? {
    for case .affine(let affine) in layers.reversed() { return affine.outputs }
    return nil
  }

  var inputs: Int {
    if case .affine(let affine)? = layers.first { affine.inputs } else { 0 }
  }

  var outputs: Int { lastOutputs ?? 0 }

  /// The architecture: linear where it is one affine layer, unless a network is asked for.
  func architecture(_ description: ModelDescription) throws(FileError) -> any Model {
    if layers.count == 1, description.metadata["architecture"] != "network" {
      return try description.linear(
        inputs: inputs, outputs: outputs, biases: parameters[(inputs * outputs)...])
    }
    return Network(
      inputs: inputs,
      layers: layers.map {
        switch $0 {
        case .affine(let affine): Affine(affine.outputs)
        case .activation(let layer): layer
        }
      })
  }

  /// The parameters, as the architecture lays them out.
  var parameters: [Double] {
    layers.flatMap { layer -> [Double] in
      if case .affine(let affine) = layer { affine.weights + affine.biases } else { [] }
    }
  }
}

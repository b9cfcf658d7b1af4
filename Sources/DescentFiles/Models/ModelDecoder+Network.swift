internal import Descent
internal import LinearAlgebra

extension ModelDecoder {
  /// A network with its parameters.
  enum NetworkParts {
    case float(Network, [Float])
    case double(Network, [Double])
  }

  /// The network that the metadata describe, once all its tensors are seen to be there in the right shape.
  func networkParts() throws(FileError) -> NetworkParts {
    let texts = try description.names("layers", most: file.tensors.count * 2)
    let layers = texts.compactMap(Layers.named)
    guard layers.count == texts.count else {
      let unknown = texts.first { Layers.named($0) == nil } ?? ""
      throw description.failure("holds a network with the unknown layer \(quoted(unknown))", "update descent")
    }
    guard layers.first is Affine, let inputs = file["weights1"]?.shape.last else {
      throw description.damaged("holds a network that does not begin with an affine layer")
    }
    // Its shapes are compared with the file's before anything of their size is made.
    try checkShapes(layers, inputs: inputs)
    let network = Network(inputs: inputs, layers: layers)
    var (floats, doubles) = ([Float](), [Double]())
    for part in network.layout.parts {
      switch file[part.name]?.values {
      case .float(let values)?: floats += values
      case .double(let values)?: doubles += values
      default: throw description.damaged("lacks the numbers of \(part.name)")
      }
    }
    if floats.count == network.layout.count { return .float(network, floats) }
    if doubles.count == network.layout.count { return .double(network, doubles) }
    throw description.damaged("holds parts of a network that are not all F32 or all F64")
  }

  private func checkShapes(_ layers: [any Layer], inputs: Int) throws(FileError) {
    var (width, number) = (inputs, 0)
    for case let layer as Affine in layers {
      number += 1
      let (weights, biases) = ("weights\(number)", "biases\(number)")
      guard file[weights]?.shape == [layer.outputs, width], file[biases]?.shape == [layer.outputs] else {
        throw description.damaged(
          "does not hold \(weights) [\(layer.outputs), \(width)] and \(biases) [\(layer.outputs)], as its layers ask"
        )
      }
      width = layer.outputs
    }
    guard file.tensors.count == 2 * number + (file["feature_scales"] == nil ? 0 : 1) else {
      throw description.damaged("holds other tensors than those of its \(number) affine layers")
    }
  }
}

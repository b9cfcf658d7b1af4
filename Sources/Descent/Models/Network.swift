internal import LinearAlgebra

/// Layers one after the other: a model of any depth.
///
/// ```swift
/// let network = Network(inputs: 784, hidden: [128], outputs: 10)  // s = W₂·max(0, W₁·x + b₁) + b₂
/// ```
///
/// The parameter vector holds each layer's in turn: weights1, biases1, weights2, and so on. The first layer is
/// ``Affine``: it reads the data in the type they are stored in, and takes up their scaling.
public struct Network: Model {
  public let inputs: Int
  /// From the features to the scores; the first is ``Affine``.
  public let layers: [any Layer]
  public let layout: ParameterLayout
  let first: Affine
  /// Numbers a row before each layer, and after the last.
  let widths: [Int]
  /// Each layer's share of the parameter vector.
  let ranges: [Range<Int>]

  public var name: String { "network" }
  public var outputs: Int { widths[layers.count] }
  public var featureOutputs: Int { first.outputs }

  /// Traps where the first layer is not ``Affine``, or `inputs` is below 0. Each layer takes what the one before puts out.
  public init(inputs: Int, layers: [any Layer]) {
    require(inputs >= 0, "a network of \(inputs) inputs")
    guard let first = layers.first as? Affine else {
      fatalError("the first layer of a network must be affine")
    }
    var (widths, ranges, layout) = ([inputs], [Range<Int>](), ParameterLayout())
    var learning = 0
    for layer in layers {
      let parts = layer.layout(inputs: widths.last!).parts
      let start = layout.count
      if !parts.isEmpty { learning += 1 }
      for part in parts {
        layout.append("\(part.name)\(learning)", shape: part.shape, isPenalised: part.isPenalised)
      }
      ranges.append(start..<layout.count)
      widths.append(layer.outputs(for: widths.last!))
    }
    (self.inputs, self.layers, self.layout) = (inputs, layers, layout)
    (self.first, self.widths, self.ranges) = (first, widths, ranges)
  }

  /// Hidden layers of the sizes in `hidden`, each affine with `activation` after it and then, where `dropout` is not 0,
  /// ``Dropout``; and an affine layer of scores, which starts so small that the first loss is that of no knowledge.
  public init(
    inputs: Int, hidden: [Int], outputs: Int, activation: any Layer = ReLU(), dropout: Double = 0
  ) {
    let isRectifier = activation is ReLU || activation is LeakyReLU
    let layers: [[any Layer]] = hidden.map {
      [Affine($0, initialisation: isRectifier ? .he : .glorot), activation]
        + (dropout == 0 ? [] : [Dropout(dropout)])
    }
    let last = Affine(outputs, initialisation: hidden.isEmpty ? .he : .gaussian(0.01))
    self.init(inputs: inputs, layers: layers.flatMap { $0 } + [last])
  }

  public func initialParameters<Element: KernelScalar>(
    of type: Element.Type, using generator: inout some RandomNumberGenerator
  ) -> [Element] {
    var parameters: [Element] = []
    for (layer, inputs) in zip(layers, widths) {
      parameters += layer.initialParameters(inputs: inputs, of: type, using: &generator)
    }
    return parameters
  }

  /// The first layer takes it up as ``LinearModel`` does.
  public func folding<Element: KernelScalar>(_ scaling: Scaling, into parameters: [Element]) -> [Element] {
    require(parameters.count == layout.count, "\(parameters.count) parameters, not \(layout.count)")
    return firstAsLinear.folding(scaling, into: Array(parameters[ranges[0]]))
      + parameters[ranges[0].upperBound...]
  }

  public var foldsTargets: Bool { layers.last is Affine }

  /// The last layer takes it up: scale·W and scale·b + centre.
  public func folding<Element: KernelScalar>(targets: TargetScaling, into parameters: [Element]) -> [Element]
  {
    require(targets.scales.count == outputs, "\(targets.scales.count) scales for \(outputs) scores")
    var folded = parameters
    let (start, inputs) = (ranges.last!.lowerBound, widths[layers.count - 1])
    for c in 0..<outputs {
      let (scale, bias) = (targets.scales[c], start + outputs * inputs + c)
      for i in start + c * inputs..<start + (c + 1) * inputs {
        folded[i] = Element(scale * Double(parameters[i]))
      }
      folded[bias] = Element(scale * Double(parameters[bias]) + targets.centres[c])
    }
    return folded
  }

  public func unfolding<Element: KernelScalar>(_ scaling: Scaling, gradient: [Element]) -> [Element] {
    require(gradient.count == layout.count, "a gradient of \(gradient.count) for \(layout.count)")
    return firstAsLinear.unfolding(scaling, gradient: Array(gradient[ranges[0]]))
      + gradient[ranges[0].upperBound...]
  }

  private var firstAsLinear: LinearModel { LinearModel(inputs: inputs, outputs: first.outputs) }
}

internal import LinearAlgebra

/// z = W·x + b, with W `[outputs, inputs]`: the layer that learns.
///
/// Forward 2·rows·inputs·outputs operations, backward twice as many; half of those for the first layer of a
/// network, whose inputs are data and want no gradient.
public struct Affine: Layer, Equatable {
  /// Rows of W, and biases.
  public let outputs: Int
  /// What W is drawn from. No part of ``text``: a layer read from a model file has ``Initialisation/he``.
  public let initialisation: Initialisation
  public var text: String { "affine \(outputs)" }

  /// With 1 output or more; fewer trap. The default suits layers before ``ReLU``.
  public init(_ outputs: Int, initialisation: Initialisation = .he) {
    require(outputs >= 1, "an affine layer of \(outputs) outputs")
    (self.outputs, self.initialisation) = (outputs, initialisation)
  }

  public func outputs(for inputs: Int) -> Int { outputs }

  public func layout(inputs: Int) -> ParameterLayout {
    var layout = ParameterLayout()
    layout.append("weights", shape: [outputs, inputs], isPenalised: true)
    layout.append("biases", shape: [outputs], isPenalised: false)
    return layout
  }

  /// Weights as the initialisation says, biases 0.
  public func initialParameters<Element: KernelScalar>(
    inputs: Int, of type: Element.Type, using generator: inout some RandomNumberGenerator
  ) -> [Element] {
    initialisation.weights(inputs: inputs, outputs: outputs, of: type, using: &generator)
      + Array(repeating: 0, count: outputs)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func forward<Element: KernelScalar>(
    _ inputs: Span<Element>, parameters: Span<Element>, into outputs: inout MutableSpan<Element>,
    at place: LayerPlace
  ) {
    let shape = ProductShape(rows: place.rows, inputs: place.inputs, outputs: self.outputs)
    multiply(
      inputs, weights: parameters.extracting(0..<shape.weights),
      biases: parameters.extracting(shape.weights..<shape.weights + self.outputs), into: &outputs, shape)
  }

  /// ∂L/∂W = (∂L/∂Z)ᵀ·X, ∂L/∂b = (∂L/∂Z)ᵀ·1, ∂L/∂X = ∂L/∂Z·W.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func backward<Element: KernelScalar>(
    slopes: inout MutableSpan<Element>, inputs: Span<Element>, outputs: Span<Element>,
    parameters: Span<Element>, into inputSlopes: inout MutableSpan<Element>, scale: Element,
    gradient: inout MutableSpan<Element>,
    at place: LayerPlace
  ) {
    let shape = ProductShape(rows: place.rows, inputs: place.inputs, outputs: self.outputs)
    // First, because what follows may overwrite the slopes.
    gemm(
      m: shape.rows, n: shape.inputs, k: shape.outputs, slopes.span,
      parameters.extracting(0..<shape.weights), into: &inputSlopes)
    addBiasGradient(slopes.span, scale: scale, to: &gradient, inputs: place.inputs)
    var weights = gradient._mutatingExtracting(0..<shape.weights)
    addTransposedProduct(&slopes, inputs, scale: scale, to: &weights, shape)
  }

  /// The same for the first layer of a network.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func forward<Element: KernelScalar>(
    _ block: FeatureBlock<Element>, parameters: Span<Element>, into outputs: inout MutableSpan<Element>
  ) {
    let weights = self.outputs * block.columns
    block.multiply(
      weights: parameters.extracting(0..<weights),
      biases: parameters.extracting(weights..<weights + self.outputs), outputs: self.outputs, into: &outputs)
  }

  /// The same for the first layer of a network: no gradient by the data.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func backward<Element: KernelScalar>(
    _ block: FeatureBlock<Element>, slopes: inout MutableSpan<Element>, scale: Element,
    gradient: inout MutableSpan<Element>
  ) {
    addBiasGradient(slopes.span, scale: scale, to: &gradient, inputs: block.columns)
    var weights = gradient._mutatingExtracting(0..<outputs * block.columns)
    block.addTransposedProduct(&slopes, outputs: outputs, scale: scale, to: &weights)
  }

  private func addBiasGradient<Element: KernelScalar>(
    _ slopes: Span<Element>, scale: Element, to gradient: inout MutableSpan<Element>, inputs: Int
  ) {
    let weights = outputs * inputs
    var biases = gradient._mutatingExtracting(weights..<weights + outputs)
    addColumnSums(slopes, columns: outputs, scale: scale, to: &biases)
  }
}

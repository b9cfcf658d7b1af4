internal import LinearAlgebra

/// A piece of a ``Network``: a map of rows of numbers to rows of numbers, with its derivative.
///
/// It is an architecture without parameters, as a ``Model`` is; what it needs between forward and backward it is
/// handed again. A layer of your own is one conformance, and one call of ``GradientCheck`` in your tests.
public protocol Layer: Sendable {
  /// How model files write it: a name, and its settings after it, as in `affine 128` and `leaky-relu 0.01`.
  var text: String { get }

  /// Numbers a row that come out, where `inputs` go in.
  func outputs(for inputs: Int) -> Int

  /// Its parameters. A network adds a number to the parts' names.
  func layout(inputs: Int) -> ParameterLayout

  /// Parameters to start from.
  func initialParameters<Element: KernelScalar>(
    inputs: Int, of type: Element.Type, using generator: inout some RandomNumberGenerator
  ) -> [Element]

  /// outputs `[rows, outputs]` ← the layer's map of inputs `[rows, inputs]`.
  func forward<Element: KernelScalar>(
    _ inputs: Span<Element>, parameters: Span<Element>, into outputs: inout MutableSpan<Element>,
    at place: LayerPlace)

  /// inputSlopes `[rows, inputs]` ← ∂L/∂inputs, and gradient ← gradient + scale · ∂L/∂parameters, where slopes
  /// `[rows, outputs]` are ∂L/∂outputs. May overwrite the slopes.
  ///
  /// `inputs` and `outputs` went forward last; the outputs are left out where ``Affine`` is a network's last layer.
  func backward<Element: KernelScalar>(
    slopes: inout MutableSpan<Element>, inputs: Span<Element>, outputs: Span<Element>,
    parameters: Span<Element>, into inputSlopes: inout MutableSpan<Element>, scale: Element,
    gradient: inout MutableSpan<Element>,
    at place: LayerPlace)
}

/// Where a layer stands in a network, and what the rows are that go through it.
public struct LayerPlace: Sendable {
  /// Rows of the block that goes through the layer.
  public var rows: Int
  /// Numbers a row that go in.
  public var inputs: Int
  /// The layer's number in its network.
  public var number: Int
  /// In training; nil when rows are scored.
  public var randomness: BatchRandomness?

  /// Rows are scored unless there is randomness; `number` tells the random layers of one network apart.
  public init(rows: Int, inputs: Int, number: Int = 0, randomness: BatchRandomness? = nil) {
    (self.rows, self.inputs, self.number, self.randomness) = (rows, inputs, number, randomness)
  }
}

/// What random layers draw from in one training step: numbers that depend on the seed, the step and the row in its
/// batch alone, so that they are the same on any number of threads, forward and backward.
public struct BatchRandomness: Sendable, Equatable {
  /// The training's, the same in all steps.
  public var seed: UInt64
  /// The step's number in its training: each step draws anew.
  public var step: Int
  /// The number in its batch of the block's first row.
  public var firstRow: Int

  /// The same three numbers draw the same. A `firstRow` of 0 is that of a batch in one block, or of its first.
  public init(seed: UInt64, step: Int, firstRow: Int = 0) {
    (self.seed, self.step, self.firstRow) = (seed, step, firstRow)
  }

  /// The generator of one row of the block in one layer.
  func generator(row: Int, layer: Int) -> SeededGenerator {
    var state = seed
    for part in [step, firstRow + row, layer] {
      var mixer = SeededGenerator(seed: state ^ UInt64(truncatingIfNeeded: part))
      state = mixer.next()
    }
    return SeededGenerator(seed: state)
  }
}

extension Layer {
  public func outputs(for inputs: Int) -> Int { inputs }
  public func layout(inputs: Int) -> ParameterLayout { ParameterLayout() }
  public func initialParameters<Element: KernelScalar>(
    inputs: Int, of type: Element.Type, using generator: inout some RandomNumberGenerator
  ) -> [Element] { [] }
}

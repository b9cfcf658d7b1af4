internal import LinearAlgebra

/// A map from rows of features to scores, with its derivative: an architecture, without its parameters.
///
/// The parameters are one flat vector, whose parts ``layout`` names; solvers move the vector and know
/// nothing else. A model of your own is one conformance; `ModelLaws` among the tests shows what must hold.
public protocol Model: Sendable {
  /// The name that the command line and model files give it.
  var name: String { get }

  /// Features a row.
  var inputs: Int { get }

  /// Scores a row.
  var outputs: Int { get }

  /// Names the parts of the parameter vector, and says which of them are penalised; its count is the length of the vector.
  var layout: ParameterLayout { get }

  /// Outputs of the part that meets the features: what decides how rows are cut into blocks. By default all.
  var featureOutputs: Int { get }

  /// Room for a block of up to `rows` rows, so that forward and backward allocate nothing.
  func workspace<Element: KernelScalar>(rows: Int, of type: Element.Type) -> Workspace<Element>

  /// `workspace.scores` ← the scores `[rows, outputs]` of a block of features `[rows, inputs]`. What
  /// ``backward(_:parameters:workspace:scale:gradient:)`` needs stays in the workspace.
  func forward<Element: KernelScalar>(
    _ block: FeatureBlock<Element>, parameters: Span<Element>, workspace: inout Workspace<Element>)

  /// scores `[rows, outputs]` ← those of the first rows of `features`: forward without a way back, so that scoring keeps
  /// no workspace. Features that follow those rows are what comes next; a model may fetch them meanwhile.
  func score<Element: KernelScalar>(
    _ features: Span<Element>, rows: Int, parameters: Span<Element>, into scores: inout MutableSpan<Element>)

  /// gradient ← gradient + scale · ∂L/∂parameters, where `workspace.scores` holds ∂L/∂S of the block that
  /// went forward last. May overwrite the workspace.
  func backward<Element: KernelScalar>(
    _ block: FeatureBlock<Element>, parameters: Span<Element>, workspace: inout Workspace<Element>,
    scale: Element, gradient: inout MutableSpan<Element>)

  /// Parameters to start from.
  func initialParameters<Element: KernelScalar>(
    of type: Element.Type, using generator: inout some RandomNumberGenerator
  ) -> [Element]

  /// The parameters that give the same scores for features as they are as `parameters` gives for scaled
  /// ones. Computed in Double.
  func folding<Element: KernelScalar>(_ scaling: Scaling, into parameters: [Element]) -> [Element]

  /// Whether ``folding(targets:into:)`` can be asked: numbers to learn are then brought to one scale.
  var foldsTargets: Bool { get }

  /// The parameters that give scale·s + centre, in each column, where `parameters` gives the score s. Computed in Double.
  func folding<Element: KernelScalar>(targets: TargetScaling, into parameters: [Element]) -> [Element]

  /// The gradient by the parameters before ``folding(_:into:)``, given that by the folded ones: the transposed
  /// map.
  func unfolding<Element: KernelScalar>(_ scaling: Scaling, gradient: [Element]) -> [Element]
}

extension Model {
  public var foldsTargets: Bool { false }

  public func folding<Element: KernelScalar>(targets: TargetScaling, into parameters: [Element]) -> [Element]
  {
    require(!foldsTargets, "a model that folds targets without saying how")
    return parameters
  }

  public var featureOutputs: Int { outputs }

  /// Forward in a workspace made for the occasion.
  public func score<Element: KernelScalar>(
    _ features: Span<Element>, rows: Int, parameters: Span<Element>, into scores: inout MutableSpan<Element>
  ) {
    let copy = features.extracting(0..<rows * inputs).withUnsafeBufferPointer { Array($0) }
    var workspace = workspace(rows: rows, of: Element.self)
    forward(
      FeatureBlock(rows: rows, columns: inputs, .elements(copy[...])), parameters: parameters,
      workspace: &workspace)
    for i in 0..<rows * outputs { scores[i] = workspace.scores[i] }
  }
}

/// The buffers of one block on its way through a model. The caller owns it and uses it again.
public struct Workspace<Element: KernelScalar>: Sendable {
  /// Rows that fit.
  public let rows: Int
  /// `[rows, outputs]`: scores after forward, ∂L/∂S before backward.
  public var scores: [Element]
  /// What the model's layers keep between forward and backward.
  public var hidden: [[Element]]
  /// What random layers draw from; nil when rows are scored.
  public var randomness: BatchRandomness?

  /// Scores `[rows, outputs]` of 0. What `hidden` holds is known to the model alone that asks for it.
  public init(rows: Int, outputs: Int, hidden: [[Element]] = []) {
    self.rows = rows
    self.scores = Array(repeating: 0, count: rows * outputs)
    self.hidden = hidden
  }
}

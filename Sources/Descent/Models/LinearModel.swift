internal import LinearAlgebra

/// The linear model s = W·x + b.
///
/// Row c of W, `[outputs, inputs]`, is the template of class c: its score is how well x matches. The
/// parameter vector is W, row after row, then b. Without an intercept b is 0 and stays so: its gradient is 0.
public struct LinearModel: Model, Equatable {
  public let inputs: Int
  public let outputs: Int
  /// Whether b is learnt.
  public let hasIntercept: Bool
  public var name: String { "linear" }

  /// Traps unless there are 0 inputs or more and 1 output or more. Without an intercept no scaling may shift features.
  public init(inputs: Int, outputs: Int, hasIntercept: Bool = true) {
    require(inputs >= 0 && outputs >= 1, "a linear model of \(inputs) inputs and \(outputs) outputs")
    (self.inputs, self.outputs, self.hasIntercept) = (inputs, outputs, hasIntercept)
  }

  public var layout: ParameterLayout {
    var layout = ParameterLayout()
    layout.append("weights", shape: [outputs, inputs], isPenalised: true)
    layout.append("biases", shape: [outputs], isPenalised: false)
    return layout
  }

  var weights: Range<Int> { 0..<outputs * inputs }
  var biases: Range<Int> { outputs * inputs..<outputs * (inputs + 1) }
  /// The biases that anything may move: none without an intercept.
  var learntBiases: Range<Int> { hasIntercept ? biases : biases.upperBound..<biases.upperBound }

  public func workspace<Element: KernelScalar>(rows: Int, of type: Element.Type) -> Workspace<Element> {
    Workspace(rows: rows, outputs: outputs)
  }

  /// S = X·Wᵀ + 1·bᵀ: 2·rows·inputs·outputs operations.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func forward<Element: KernelScalar>(
    _ block: FeatureBlock<Element>, parameters: Span<Element>, workspace: inout Workspace<Element>
  ) {
    require(block.rows <= workspace.rows, "\(block.rows) rows in a workspace for \(workspace.rows)")
    var scores = workspace.scores.mutableSpan
    block.multiply(
      weights: parameters.extracting(weights), biases: parameters.extracting(biases), outputs: outputs,
      into: &scores)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func score<Element: KernelScalar>(
    _ features: Span<Element>, rows: Int, parameters: Span<Element>, into scores: inout MutableSpan<Element>
  ) {
    multiply(
      features, weights: parameters.extracting(weights), biases: parameters.extracting(biases), into: &scores,
      ProductShape(rows: rows, inputs: inputs, outputs: outputs))
  }

  /// ∂L/∂W = (∂L/∂S)ᵀ·X and ∂L/∂b = (∂L/∂S)ᵀ·1: the transposed product.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func backward<Element: KernelScalar>(
    _ block: FeatureBlock<Element>, parameters: Span<Element>, workspace: inout Workspace<Element>,
    scale: Element,
    gradient: inout MutableSpan<Element>
  ) {
    require(gradient.count == biases.upperBound, "a gradient of \(gradient.count) for \(biases.upperBound)")
    var all = workspace.scores.mutableSpan
    var slopes = all._mutatingExtracting(0..<block.rows * outputs)
    if !learntBiases.isEmpty {
      var b = gradient._mutatingExtracting(learntBiases)
      addColumnSums(slopes.span, columns: outputs, scale: scale, to: &b)
    }
    var w = gradient._mutatingExtracting(weights)
    block.addTransposedProduct(&slopes, outputs: outputs, scale: scale, to: &w)
  }

  /// Zeros: the objective is convex, and at 0 its value is known beforehand.
  public func initialParameters<Element: KernelScalar>(
    of type: Element.Type, using generator: inout some RandomNumberGenerator
  ) -> [Element] {
    Array(repeating: 0, count: outputs * (inputs + 1))
  }

  /// W·diag(factor) and b − W·diag(factor)·shift.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func folding<Element: KernelScalar>(_ scaling: Scaling, into parameters: [Element]) -> [Element] {
    require(parameters.count == layout.count, "\(parameters.count) parameters, not \(layout.count)")
    require(hasIntercept || !scaling.shifts, "features that are shifted, in a model without an intercept")
    if scaling == .none { return parameters }
    var folded = parameters
    for c in 0..<outputs {
      var bias = Double(parameters[biases.lowerBound + c])
      for j in 0..<inputs {
        let weight = Double(parameters[c * inputs + j]) * scaling.factor(j)
        folded[c * inputs + j] = Element(weight)
        bias -= weight * scaling.shift(j)
      }
      folded[biases.lowerBound + c] = Element(bias)
    }
    return folded
  }

  /// ∂/∂W' = (∂/∂W − ∂/∂b·shiftᵀ)·diag(factor), ∂/∂b' = ∂/∂b.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func unfolding<Element: KernelScalar>(_ scaling: Scaling, gradient: [Element]) -> [Element] {
    require(gradient.count == biases.upperBound, "a gradient of \(gradient.count) for \(biases.upperBound)")
    if scaling == .none { return gradient }
    var result = gradient
    for c in 0..<outputs {
      let bias = Double(gradient[biases.lowerBound + c])
      for j in 0..<inputs {
        let slope = Double(gradient[c * inputs + j]) - bias * scaling.shift(j)
        result[c * inputs + j] = Element(slope * scaling.factor(j))
      }
    }
    return result
  }
}

extension Model {
  /// Whether the scores have a part that no feature decides: all models but a ``LinearModel`` that says otherwise.
  var hasIntercept: Bool { (self as? LinearModel)?.hasIntercept ?? true }

  /// The parameters with biases that are not learnt back at 0.
  func fixing(_ parameters: [Double]) -> [Double] {
    guard let linear = self as? LinearModel, !linear.hasIntercept else { return parameters }
    return parameters[linear.weights] + Array(repeating: 0, count: outputs)
  }
}

/// sums ← sums + scale · (the column sums of a matrix `[rows, columns]`).
@specialized(where Element == Float)
@specialized(where Element == Double)
func addColumnSums<Element: KernelScalar>(
  _ matrix: Span<Element>, columns: Int, scale: Element, to sums: inout MutableSpan<Element>
) {
  precondition(sums.count == columns)
  matrix.withUnsafeBufferPointer { matrix in
    sums.withUnsafeMutableBufferPointer { sums in
      guard var row = matrix.baseAddress, let sums = sums.baseAddress else { return }
      for _ in 0..<matrix.count / max(1, columns) {
        for j in 0..<columns { sums[j] += scale * row[j] }
        row += columns
      }
    }
  }
}

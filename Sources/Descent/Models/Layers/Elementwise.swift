internal import LinearAlgebra

/// A layer that maps each number by itself: a = f(z).
///
/// Its Jacobian is diagonal and never formed: backward multiplies slopes by f′, one number by one. The
/// derivative is taken from the output, which every function here allows.
public protocol ElementwiseLayer: Layer {
  /// outputs ← f(inputs)
  func apply<Element: KernelScalar>(_ inputs: Span<Element>, into outputs: inout MutableSpan<Element>)

  /// inputSlopes ← slopes · f′, where outputs are f of the inputs.
  func applySlope<Element: KernelScalar>(
    _ slopes: Span<Element>, outputs: Span<Element>, into inputSlopes: inout MutableSpan<Element>)
}

extension ElementwiseLayer {
  public func forward<Element: KernelScalar>(
    _ inputs: Span<Element>, parameters: Span<Element>, into outputs: inout MutableSpan<Element>,
    at place: LayerPlace
  ) {
    require(inputs.count == outputs.count, "\(inputs.count) inputs, room for \(outputs.count) outputs")
    apply(inputs, into: &outputs)
  }

  public func backward<Element: KernelScalar>(
    slopes: inout MutableSpan<Element>, inputs: Span<Element>, outputs: Span<Element>,
    parameters: Span<Element>, into inputSlopes: inout MutableSpan<Element>, scale: Element,
    gradient: inout MutableSpan<Element>,
    at place: LayerPlace
  ) {
    require(
      slopes.count == outputs.count && inputSlopes.count == slopes.count,
      "\(slopes.count) slopes for \(outputs.count) outputs and \(inputSlopes.count) inputs")
    applySlope(slopes.span, outputs: outputs, into: &inputSlopes)
  }
}

internal import LinearAlgebra

/// a = 1 / (1 + exp(−z)), a′ = a·(1 − a). exp(∞) is ∞, so that it is 0 and 1 far out, never NaN.
public struct Sigmoid: ElementwiseLayer, Equatable {
  public var text: String { "sigmoid" }

  /// Nothing to set. ``Initialisation/glorot`` suits the affine layer before it.
  public init() {}

  public func apply<Element: KernelScalar>(_ inputs: Span<Element>, into outputs: inout MutableSpan<Element>)
  {
    logistic(inputs, stretch: 1, scale: 1, shift: 0, into: &outputs)
  }

  public func applySlope<Element: KernelScalar>(
    _ slopes: Span<Element>, outputs: Span<Element>, into inputSlopes: inout MutableSpan<Element>
  ) {
    multiplySlopes(slopes, outputs, into: &inputSlopes)
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func multiplySlopes<Element: KernelScalar>(
  _ slopes: Span<Element>, _ outputs: Span<Element>, into inputSlopes: inout MutableSpan<Element>
) {
  precondition(slopes.count == outputs.count && slopes.count == inputSlopes.count)
  slopes.withUnsafeBufferPointer { s in
    outputs.withUnsafeBufferPointer { a in
      inputSlopes.withUnsafeMutableBufferPointer { g in
        for i in 0..<s.count { g[i] = s[i] * (a[i] * (1 - a[i])) }
      }
    }
  }
}

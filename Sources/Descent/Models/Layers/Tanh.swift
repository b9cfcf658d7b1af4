internal import LinearAlgebra

/// a = tanh z = 2 / (1 + exp(−2z)) − 1, a′ = 1 − a². To within rounding of 1, not of a: small a lose digits.
public struct Tanh: ElementwiseLayer, Equatable {
  public var text: String { "tanh" }

  /// Nothing to set. ``Initialisation/glorot`` suits the affine layer before it.
  public init() {}

  public func apply<Element: KernelScalar>(_ inputs: Span<Element>, into outputs: inout MutableSpan<Element>)
  {
    logistic(inputs, stretch: 2, scale: 2, shift: -1, into: &outputs)
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
        for i in 0..<s.count { g[i] = s[i] * (1 - a[i] * a[i]) }
      }
    }
  }
}

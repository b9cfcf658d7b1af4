internal import LinearAlgebra

/// a = max(0, z). At the kink the derivative is taken from the flat side. NaN stays NaN.
/// (Nair and Hinton, Rectified Linear Units Improve Restricted Boltzmann Machines, ICML 2010.)
public struct ReLU: ElementwiseLayer, Equatable {
  public var text: String { "relu" }

  /// Nothing to set. ``Initialisation/he`` suits the affine layer before it.
  public init() {}

  public func apply<Element: KernelScalar>(_ inputs: Span<Element>, into outputs: inout MutableSpan<Element>)
  {
    rectify(inputs, 0, into: &outputs)
  }

  public func applySlope<Element: KernelScalar>(
    _ slopes: Span<Element>, outputs: Span<Element>, into inputSlopes: inout MutableSpan<Element>
  ) {
    rectifySlopes(slopes, outputs, 0, into: &inputSlopes)
  }
}

/// outputs ← z where z ≥ 0, leak·z where it is negative.
@specialized(where Element == Float)
@specialized(where Element == Double)
func rectify<Element: KernelScalar>(
  _ inputs: Span<Element>, _ leak: Element, into outputs: inout MutableSpan<Element>
) {
  precondition(inputs.count == outputs.count)
  inputs.withUnsafeBufferPointer { z in
    outputs.withUnsafeMutableBufferPointer { a in
      for i in 0..<z.count { a[i] = z[i] < 0 ? leak * z[i] : z[i] }
    }
  }
}

/// The derivative of ``rectify(_:_:into:)``, told by the sign of the outputs.
@specialized(where Element == Float)
@specialized(where Element == Double)
func rectifySlopes<Element: KernelScalar>(
  _ slopes: Span<Element>, _ outputs: Span<Element>, _ leak: Element,
  into inputSlopes: inout MutableSpan<Element>
) {
  precondition(slopes.count == outputs.count && slopes.count == inputSlopes.count)
  slopes.withUnsafeBufferPointer { s in
    outputs.withUnsafeBufferPointer { a in
      inputSlopes.withUnsafeMutableBufferPointer { g in
        for i in 0..<s.count { g[i] = a[i] > 0 ? s[i] : leak * s[i] }
      }
    }
  }
}

internal import DescentKernels
internal import LinearAlgebra

/// outputs ← scale / (1 + exp(−stretch·inputs)) + shift: the sigmoid, and the hyperbolic tangent.
func logistic<Element: KernelScalar>(
  _ inputs: Span<Element>, stretch: Element, scale: Element, shift: Element,
  into outputs: inout MutableSpan<Element>
) {
  let count = inputs.count
  guard count > 0 else { return }
  stretchRows(inputs, -stretch, into: &outputs)
  outputs.withStart { Element.exp($0, count: count) }
  invert(&outputs, scale, shift)
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func stretchRows<Element: KernelScalar>(
  _ inputs: Span<Element>, _ factor: Element, into outputs: inout MutableSpan<Element>
) {
  precondition(inputs.count == outputs.count)
  inputs.withUnsafeBufferPointer { z in
    outputs.withUnsafeMutableBufferPointer { a in
      for i in 0..<z.count { a[i] = factor * z[i] }
    }
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func invert<Element: KernelScalar>(
  _ values: inout MutableSpan<Element>, _ scale: Element, _ shift: Element
) {
  values.withUnsafeMutableBufferPointer { a in
    for i in 0..<a.count { a[i] = scale / (1 + a[i]) + shift }
  }
}

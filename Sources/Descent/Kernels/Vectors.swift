internal import LinearAlgebra

// Loops over vectors that solvers share.

/// s ← from + step · direction
@specialized(where Element == Float)
@specialized(where Element == Double)
func combine<Element: KernelScalar>(
  _ from: Span<Element>, _ step: Element, _ direction: Span<Element>, into s: inout MutableSpan<Element>
) {
  from.withUnsafeBufferPointer { from in
    direction.withUnsafeBufferPointer { direction in
      s.withUnsafeMutableBufferPointer { s in
        for i in 0..<s.count { s[i] = from[i] + step * direction[i] }
      }
    }
  }
}

/// s ← s + step · direction
func add<Element: KernelScalar>(_ step: Element, _ direction: Span<Element>, to s: inout MutableSpan<Element>)
{
  axpy(step, direction, into: &s)
}

func inner<Element: KernelScalar>(_ a: [Element], _ b: [Element]) -> Double { Double(dot(a.span, b.span)) }

func norm<Element: KernelScalar>(_ a: [Element]) -> Double { Double(norm2(a.span)) }

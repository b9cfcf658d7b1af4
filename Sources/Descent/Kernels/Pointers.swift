internal import LinearAlgebra

/// Calls `body` with where three vectors start; not at all where one is empty.
func withPointers<Element>(
  _ a: Span<Element>, _ b: Span<Element>, _ c: inout MutableSpan<Element>,
  _ body: (UnsafePointer<Element>, UnsafePointer<Element>, UnsafeMutablePointer<Element>) -> Void
) {
  a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      c.withUnsafeMutableBufferPointer { c in
        guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
        body(a, b, c)
      }
    }
  }
}

/// The same of two that are written and one that is read.
func withPointers<Element>(
  _ a: inout MutableSpan<Element>, _ b: inout MutableSpan<Element>, _ c: Span<Element>,
  _ body: (UnsafeMutablePointer<Element>, UnsafeMutablePointer<Element>, UnsafePointer<Element>) -> Void
) {
  a.withUnsafeMutableBufferPointer { a in
    b.withUnsafeMutableBufferPointer { b in
      c.withUnsafeBufferPointer { c in
        guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
        body(a, b, c)
      }
    }
  }
}

/// Calls `body` with where two vectors start that are written; a kernel over none is not called.
@inline(__always)
func withStarts<A, B>(
  _ a: inout MutableSpan<A>, _ b: inout MutableSpan<B>,
  _ body: (UnsafeMutablePointer<A>, UnsafeMutablePointer<B>) -> Void
) {
  a.withStart { a in b.withStart { b in body(a, b) } }
}

extension MutableSpan {
  /// Calls `body` with where the numbers start; a kernel over none is not called.
  @inline(__always)
  mutating func withStart<Result>(_ body: (UnsafeMutablePointer<Element>) -> Result) -> Result {
    withUnsafeMutableBufferPointer {
      guard let start = $0.baseAddress else { fatalError("a kernel over no elements") }
      return body(start)
    }
  }
}

extension UnsafeRawPointer {
  func of<Number>(_ type: Number.Type) -> UnsafePointer<Number> { assumingMemoryBound(to: type) }
}

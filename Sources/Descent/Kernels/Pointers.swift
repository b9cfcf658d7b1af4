internal import LinearAlgebra

/// Calls `body` with where three vectors start; not at all where they are empty.
func withPointers<Element: Scalar>(
  _ a: inout MutableSpan<Element>, _ b: inout MutableSpan<Element>, _ c: Span<Element>,
  _ body: (UnsafeMutableRawPointer, UnsafeMutableRawPointer, UnsafeRawPointer) -> Void
) {
  a.withUnsafeMutableBytes { a in
    b.withUnsafeMutableBytes { b in
      c.withUnsafeBytes { c in
        guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
        body(a, b, c)
      }
    }
  }
}

func requireSameCounts(_ parameters: Int, _ gradient: Int, _ memory: Int) {
  require(
    parameters == gradient && gradient == memory,
    "\(parameters) parameters, a gradient of \(gradient), a memory of \(memory)")
}

extension UnsafeRawPointer {
  func of<Number>(_ type: Number.Type) -> UnsafePointer<Number> { assumingMemoryBound(to: type) }
}

extension UnsafeMutableRawPointer {
  func of<Number>(_ type: Number.Type) -> UnsafeMutablePointer<Number> { assumingMemoryBound(to: type) }
}

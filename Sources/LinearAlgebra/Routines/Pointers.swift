// From spans to the pointers that BLAS and LAPACK take, with the one check that makes the step safe.

extension Span where Element: BitwiseCopyable {
  /// Calls `body` with the address of the first element; the span must not be empty.
  func withPointer<R>(_ body: (UnsafePointer<Element>) -> R) -> R {
    withUnsafeBufferPointer { buffer in
      guard let address = buffer.baseAddress else { fatalError("the address of an empty span") }
      return body(address)
    }
  }
}

extension MutableSpan where Element: BitwiseCopyable {
  /// Calls `body` with the address of the first element; the span must not be empty.
  mutating func withMutablePointer<R>(_ body: (UnsafeMutablePointer<Element>) -> R) -> R {
    withUnsafeMutableBufferPointer { buffer in
      guard let address = buffer.baseAddress else { fatalError("the address of an empty span") }
      return body(address)
    }
  }
}

extension Array where Element: BitwiseCopyable {
  /// Calls `body` with the address of the first element; the array must not be empty.
  mutating func withMutablePointer<R>(_ body: (UnsafeMutablePointer<Element>) -> R) -> R {
    var span = mutableSpan
    return span.withMutablePointer(body)
  }
}

extension Matrix {
  /// Calls `body` with the address of the first element; the matrix must not be empty.
  mutating func withMutablePointer<R>(_ body: (UnsafeMutablePointer<Element>) -> R) -> R {
    var span = elements.mutableSpan
    return span.withMutablePointer(body)
  }
}

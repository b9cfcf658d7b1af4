// Vector operations over spans.

/// y ← alpha·x + y
public func axpy<Element: Scalar>(_ alpha: Element, _ x: Span<Element>, into y: inout MutableSpan<Element>) {
  precondition(x.count == y.count, "axpy of \(x.count) and \(y.count) elements")
  guard alpha != 0, x.count > 0 else { return }
  _ = oneThread
  x.withUnsafeBufferPointer { x in
    y.withUnsafeMutableBufferPointer { Element.axpy(x.count, alpha, x.baseAddress!, $0.baseAddress!) }
  }
}

/// x ← alpha·x
public func scale<Element: Scalar>(_ x: inout MutableSpan<Element>, by alpha: Element) {
  guard x.count > 0 else { return }
  _ = oneThread
  x.withUnsafeMutableBufferPointer { Element.scal($0.count, alpha, $0.baseAddress!) }
}

/// Σ x_i·y_i, summed in the element's precision.
public func dot<Element: Scalar>(_ x: Span<Element>, _ y: Span<Element>) -> Element {
  precondition(x.count == y.count, "dot of \(x.count) and \(y.count) elements")
  guard x.count > 0 else { return 0 }
  _ = oneThread
  return x.withUnsafeBufferPointer { x in
    y.withUnsafeBufferPointer { Element.dot(x.count, x.baseAddress!, $0.baseAddress!) }
  }
}

/// The Euclidean norm, safe from overflow and underflow of the squares.
public func norm2<Element: Scalar>(_ x: Span<Element>) -> Element {
  guard x.count > 0 else { return 0 }
  _ = oneThread
  return x.withUnsafeBufferPointer { Element.nrm2($0.count, $0.baseAddress!) }
}

/// Σ |x_i|
public func norm1<Element: Scalar>(_ x: Span<Element>) -> Element {
  guard x.count > 0 else { return 0 }
  _ = oneThread
  return x.withUnsafeBufferPointer { Element.asum($0.count, $0.baseAddress!) }
}

/// The index of the element of largest magnitude, the first of several; nil where there is none.
public func indexOfLargestMagnitude<Element: Scalar>(_ x: Span<Element>) -> Int? {
  guard x.count > 0 else { return nil }
  _ = oneThread
  return x.withUnsafeBufferPointer { Element.iamax($0.count, $0.baseAddress!) }
}

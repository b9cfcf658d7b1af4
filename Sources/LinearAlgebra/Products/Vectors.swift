// Vector operations over spans: BLAS axpy, scal, dot, nrm2, asum and iamax, n to 2·n operations each. A NaN anywhere
// makes sums and norms NaN, an infinity the norms infinite; a factor of 0 reads neither.

/// y ← alpha·x + y. With `alpha` 0, x is not read.
public func axpy<Element: Scalar>(_ alpha: Element, _ x: Span<Element>, into y: inout MutableSpan<Element>) {
  require(x.count == y.count, "axpy of \(x.count) and \(y.count) elements")
  let count = x.count
  guard alpha != 0, count > 0 else { return }
  prepareBLAS()
  x.withPointer { x in
    y.withMutablePointer { y in Element.axpy(count, alpha, x, y) }
  }
}

/// x ← alpha·x. By 0, what x held is not read: even a NaN becomes 0.
@specialized(where Element == Float)
@specialized(where Element == Double)
public func scale<Element: Scalar>(_ x: inout MutableSpan<Element>, by alpha: Element) {
  // Later versions of OpenBLAS multiply the NaN by 0.
  if alpha == 0 { return x.update(repeating: 0) }
  let count = x.count
  guard count > 0 else { return }
  prepareBLAS()
  x.withMutablePointer { Element.scal(count, alpha, $0) }
}

/// Σ x_i·y_i, summed in the element's precision; 0 for none.
public func dot<Element: Scalar>(_ x: Span<Element>, _ y: Span<Element>) -> Element {
  require(x.count == y.count, "dot of \(x.count) and \(y.count) elements")
  guard x.count > 0 else { return 0 }
  prepareBLAS()
  return x.withPointer { px in
    y.withPointer { Element.dot(x.count, px, $0) }
  }
}

/// The Euclidean norm √Σ x_i², safe from overflow and underflow of the squares; 0 for none.
public func norm2<Element: Scalar>(_ x: Span<Element>) -> Element {
  guard x.count > 0 else { return 0 }
  prepareBLAS()
  return x.withPointer { Element.nrm2(x.count, $0) }
}

/// Σ |x_i|, 0 for none.
public func norm1<Element: Scalar>(_ x: Span<Element>) -> Element {
  guard x.count > 0 else { return 0 }
  prepareBLAS()
  return x.withPointer { Element.asum(x.count, $0) }
}

/// The index of the element of largest magnitude, the first of several; nil where there is none.
///
/// Among NaN the answer is some index, not a particular one.
public func indexOfLargestMagnitude<Element: Scalar>(_ x: Span<Element>) -> Int? {
  guard x.count > 0 else { return nil }
  prepareBLAS()
  return x.withPointer { Element.iamax(x.count, $0) }
}

internal import DescentKernels
internal import LinearAlgebra

/// Calls the one of two C functions that is for `Element`.
///
/// The loops of the losses are in C, where the compiler may choose vector instructions when the program
/// runs; each has a naive twin among the tests.
func withConcrete<Element: Scalar, Result>(
  _ span: inout MutableSpan<Element>, float: (UnsafeMutablePointer<Float>) -> Result,
  double: (UnsafeMutablePointer<Double>) -> Result
) -> Result {
  span.withUnsafeMutableBytes { bytes in
    guard let start = bytes.baseAddress else { fatalError("a kernel over no elements") }
    if Element.self == Float.self { return float(start.assumingMemoryBound(to: Float.self)) }
    require(Element.self == Double.self, "kernels are for Float and Double, not \(Element.self)")
    return double(start.assumingMemoryBound(to: Double.self))
  }
}

/// Traps unless there are scores for every row. The kernels check nothing.
func checkShape(scores: Int, columns: Int, rows: Int) {
  require(scores == rows * columns, "\(scores) scores for \(rows) rows of \(columns) columns")
}

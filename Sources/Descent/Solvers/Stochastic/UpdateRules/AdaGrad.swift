internal import DescentKernels
internal import LinearAlgebra

/// G ← G + g², θ ← θ − η·g / (√G + ε), elementwise: rare features keep a high rate.
/// (Duchi, Hazan and Singer, Adaptive Subgradient Methods, JMLR 12, 2011.)
public struct AdaGrad: UpdateRule {
  /// ε, added to √G and not under the root: it shortens steps where all gradients were as small.
  public var epsilon: Double
  public var name: String { "adagrad" }
  public var text: String { "AdaGrad(decay: nil, epsilon: \(epsilon))" }
  public var buffers: Int { 1 }
  public var defaultRate: Double { 0.05 }

  /// ε is wanted above 0, which is not checked: at 0 a parameter that has had no gradient becomes NaN.
  public init(epsilon: Double = 1e-8) { self.epsilon = epsilon }

  public func step<Element: KernelScalar>(
    _ parameters: inout MutableSpan<Element>, gradient: Span<Element>, rate: Double,
    state: inout UpdateState<Element>
  ) {
    state.steps += 1
    var squares = state.buffers[0].mutableSpan
    requireSameCounts(parameters.count, gradient.count, squares.count)
    let count = gradient.count
    withPointers(&parameters, &squares, gradient) { θ, squares, g in
      Element.adaGrad(θ, squares: squares, gradient: g, rate: rate, epsilon: epsilon, count: count)
    }
  }

  public func stepSizes<Element: KernelScalar>(
    _ sizes: inout MutableSpan<Element>, rate: Double, state: borrowing UpdateState<Element>
  ) {
    let squares = state.buffers[0]
    inverseRoots(squares.span, numerator: Element(rate), scale: 1, epsilon: Element(epsilon), into: &sizes)
  }
}

/// sizes_i ← numerator / (√(scale·squares_i) + ε)
@specialized(where Element == Float)
@specialized(where Element == Double)
func inverseRoots<Element: KernelScalar>(
  _ squares: Span<Element>, numerator: Element, scale: Element, epsilon: Element,
  into sizes: inout MutableSpan<Element>
) {
  require(squares.count == sizes.count, "\(squares.count) squares, \(sizes.count) step sizes")
  for i in 0..<sizes.count { sizes[i] = numerator / ((scale * squares[i]).squareRoot() + epsilon) }
}

internal import LinearAlgebra

/// G ← ρ·G + (1−ρ)·g², θ ← θ − η·g / (√G + ε), elementwise: the rate goes by the size of recent gradients.
/// (Tieleman and Hinton, Lecture 6.5 of Neural Networks for Machine Learning, 2012.)
public struct RMSProp: UpdateRule {
  /// ρ, what of the mean square G stays from step to step: 0 or more, below 1.
  public var decay: Double
  /// ε, added to √G and not under the root; at 0 a parameter that has had no gradient becomes NaN.
  public var epsilon: Double
  public var name: String { "rmsprop" }
  public var text: String { "AdaGrad(decay: Optional(\(decay)), epsilon: \(epsilon))" }
  public var buffers: Int { 1 }
  public var defaultRate: Double { 0.002 }

  /// Traps where ρ is below 0, or not below 1. ε is not checked.
  public init(decay: Double = 0.9, epsilon: Double = 1e-8) {
    require(decay >= 0 && decay < 1, "a decay of \(decay)")
    (self.decay, self.epsilon) = (decay, epsilon)
  }

  public func step<Element: KernelScalar>(
    _ parameters: inout MutableSpan<Element>, gradient: Span<Element>, rate: Double,
    state: inout UpdateState<Element>
  ) {
    state.steps += 1
    var squares = state.buffers[0].mutableSpan
    requireSameCounts(parameters.count, gradient.count, squares.count)
    let count = gradient.count
    withPointers(&parameters, &squares, gradient) { θ, squares, g in
      Element.rmsProp(
        θ, squares: squares, gradient: g, rate: rate, decay: decay, epsilon: epsilon, count: count)
    }
  }

  public func stepSizes<Element: KernelScalar>(
    _ sizes: inout MutableSpan<Element>, rate: Double, state: borrowing UpdateState<Element>
  ) {
    let squares = state.buffers[0]
    inverseRoots(squares.span, numerator: Element(rate), scale: 1, epsilon: Element(epsilon), into: &sizes)
  }
}

internal import LinearAlgebra

/// θ ← θ − η·g: stochastic gradient descent, where g is a batch's.
/// (Robbins and Monro, A Stochastic Approximation Method, Ann. Math. Statist. 22, 1951.)
public struct SGD: UpdateRule {
  public var name: String { "sgd" }
  public var text: String { "GradientDescent()" }
  public var buffers: Int { 0 }
  public var defaultRate: Double { 0.05 }

  /// Nothing is set of it: its rate is ``MiniBatch/learningRate``.
  public init() {}

  public func step<Element: KernelScalar>(
    _ parameters: inout MutableSpan<Element>, gradient: Span<Element>, rate: Double,
    state: inout UpdateState<Element>
  ) {
    state.steps += 1
    axpy(-Element(rate), gradient, into: &parameters)
  }
}

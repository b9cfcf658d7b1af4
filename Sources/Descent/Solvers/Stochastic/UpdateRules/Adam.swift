internal import DescentKernels
internal import Foundation
internal import LinearAlgebra

/// m ← β₁·m + (1−β₁)·g, v ← β₂·v + (1−β₂)·g², θ ← θ − η·m̂ / (√v̂ + ε), with m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ).
///
/// With `decouplesPenalty` it is AdamW: the smooth penalty shrinks the weights by themselves instead of going
/// through the averages.
/// (Kingma and Ba, Adam, ICLR 2015, algorithm 1. Loshchilov and Hutter, Decoupled Weight Decay
/// Regularization, ICLR 2019, algorithm 2.)
public struct Adam: UpdateRule {
  /// β₁, what of the mean gradient m stays from step to step: 0 or more, below 1.
  public var beta1: Double
  /// β₂, what of the mean square v stays from step to step: 0 or more, below 1.
  public var beta2: Double
  /// ε, added to √v̂ and not under the root; at 0 a parameter that has had no gradient becomes NaN.
  public var epsilon: Double
  public var decouplesPenalty: Bool
  public var name: String { decouplesPenalty ? "adamw" : "adam" }
  public var buffers: Int { 2 }
  public var defaultRate: Double { 0.002 }

  /// Traps where a β is below 0, or not below 1. ε is not checked.
  public init(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, decouplesPenalty: Bool = false
  ) {
    require(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1, "betas of \(beta1) and \(beta2)")
    (self.beta1, self.beta2, self.epsilon) = (beta1, beta2, epsilon)
    self.decouplesPenalty = decouplesPenalty
  }

  public func step<Element: KernelScalar>(
    _ parameters: inout MutableSpan<Element>, gradient: Span<Element>, rate: Double,
    state: inout UpdateState<Element>
  ) {
    state.steps += 1
    let (first, second) = corrections(state.steps)
    // Two vectors of one array cannot be borrowed at a time: the second is taken out meanwhile.
    var squares: [Element] = []
    swap(&squares, &state.buffers[1])
    var m = state.buffers[0].mutableSpan
    var v = squares.mutableSpan
    requireSameCounts(parameters.count, gradient.count, m.count)
    let count = gradient.count
    v.withUnsafeMutableBufferPointer { v in
      withPointers(&parameters, &m, gradient) { θ, m, g in
        guard let v = v.baseAddress else { return }
        Element.adam(
          θ, means: m, squares: v, gradient: g, rate: rate * first, scale: second.squareRoot(), beta1: beta1,
          beta2: beta2, epsilon: epsilon, count: count)
      }
    }
    swap(&squares, &state.buffers[1])
  }

  public func stepSizes<Element: KernelScalar>(
    _ sizes: inout MutableSpan<Element>, rate: Double, state: borrowing UpdateState<Element>
  ) {
    let (_, second) = corrections(state.steps)
    let squares = state.buffers[1]
    inverseRoots(
      squares.span, numerator: Element(rate), scale: Element(second), epsilon: Element(epsilon), into: &sizes)
  }

  /// 1/(1−β₁ᵗ) and 1/(1−β₂ᵗ)
  private func corrections(_ steps: Int) -> (first: Double, second: Double) {
    (1 / (1 - pow(beta1, Double(steps))), 1 / (1 - pow(beta2, Double(steps))))
  }
}

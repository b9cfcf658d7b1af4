internal import DescentKernels
internal import Foundation
internal import LinearAlgebra

/// v ← μ·v + g, θ ← θ − η·v: a ball with inertia.
///
/// With `isNesterov` the step looks ahead, θ ← θ − η·(g + μ·v).
/// (Polyak, Some methods of speeding up the convergence of iteration methods, 1964. Nesterov's in the form
/// of Sutskever, Martens, Dahl and Hinton, On the importance of initialization and momentum, ICML 2013.)
public struct Momentum: UpdateRule {
  /// μ, what of the velocity stays from step to step: 0 or more, below 1; at 0 it is ``SGD``.
  public var momentum: Double
  /// Whether the step looks ahead; its name is `nesterov` then.
  public var isNesterov: Bool
  public var name: String { isNesterov ? "nesterov" : "momentum" }
  public var buffers: Int { 1 }
  public var defaultRate: Double { 0.05 }

  /// Traps where μ is below 0, or not below 1.
  public init(_ momentum: Double = 0.9, isNesterov: Bool = false) {
    require(momentum >= 0 && momentum < 1, "a momentum of \(momentum)")
    (self.momentum, self.isNesterov) = (momentum, isNesterov)
  }

  public func step<Element: KernelScalar>(
    _ parameters: inout MutableSpan<Element>, gradient: Span<Element>, rate: Double,
    state: inout UpdateState<Element>
  ) {
    state.steps += 1
    var velocity = state.buffers[0].mutableSpan
    requireSameCounts(parameters.count, gradient.count, velocity.count)
    let count = gradient.count
    withPointers(&parameters, &velocity, gradient) { θ, v, g in
      Element.momentum(
        θ, velocity: v, gradient: g, rate: rate, momentum: momentum, isNesterov: isNesterov, count: count)
    }
  }

  /// What a steady gradient has moved the parameters by in the step just made, η·(1 + μ + … + μᵗ⁻¹): at η alone
  /// a penalty would act 1/(1−μ) times too weakly.
  public func stepSizes<Element: KernelScalar>(
    _ sizes: inout MutableSpan<Element>, rate: Double, state: borrowing UpdateState<Element>
  ) {
    let reach = (1 - pow(momentum, Double(state.steps))) / (1 - momentum)
    sizes.withUnsafeMutableBufferPointer { $0.update(repeating: Element(rate * reach)) }
  }
}

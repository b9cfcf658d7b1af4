public import LinearAlgebra

/// θ ← θ − η·g
public struct GradientDescent: UpdateRule {
  public var name: String { "sgd" }
  public var buffers: Int { 0 }
  public var defaultRate: Double { 0.05 }

  public init() {}

  public func step<Element: KernelScalar>(
    _ parameters: inout MutableSpan<Element>, gradient: Span<Element>, rate: Double,
    state: inout UpdateState<Element>
  ) {
    state.steps += 1
    axpy(-Element(rate), gradient, into: &parameters)
  }
}

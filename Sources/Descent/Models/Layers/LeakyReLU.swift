internal import LinearAlgebra

/// a = z where z ≥ 0, leak·z where it is negative: a unit that cannot die.
/// (Maas, Hannun and Ng, Rectifier Nonlinearities Improve Neural Network Acoustic Models, ICML 2013.)
public struct LeakyReLU: ElementwiseLayer, Equatable {
  /// The slope where z is negative, between 0 and 1.
  public let leak: Double
  public var text: String { "leaky-relu \(leak)" }

  /// - Parameter leak: above 0, so that an output tells the sign of its input.
  public init(_ leak: Double = 0.01) {
    require(leak > 0 && leak < 1, "a leak of \(leak), not between 0 and 1")
    self.leak = leak
  }

  public func apply<Element: KernelScalar>(_ inputs: Span<Element>, into outputs: inout MutableSpan<Element>)
  {
    rectify(inputs, Element(leak), into: &outputs)
  }

  public func applySlope<Element: KernelScalar>(
    _ slopes: Span<Element>, outputs: Span<Element>, into inputSlopes: inout MutableSpan<Element>
  ) {
    rectifySlopes(slopes, outputs, Element(leak), into: &inputSlopes)
  }
}

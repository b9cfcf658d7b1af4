internal import LinearAlgebra

/// A function of one flat parameter vector, with its gradient: all that a solver sees.
public protocol Objective<Element> {
  /// The precision of parameters and gradient, Float or Double; values are Double in any case.
  associatedtype Element: KernelScalar

  /// The number of parameters.
  var count: Int { get }

  /// The value at `parameters`; `gradient` is overwritten by that of the smooth part. Both have `count` elements.
  func value(at parameters: [Element], gradient: inout [Element]) -> Double

  /// Whether there is a part with kinks besides, which ``prox(_:step:)`` stands for.
  var hasKinks: Bool { get }

  /// parameters ← argmin_u ½‖u − parameters‖²/step + the part with kinks at u.
  func prox(_ parameters: inout [Element], step: Double)
}

extension Objective {
  public var hasKinks: Bool { false }
  public func prox(_ parameters: inout [Element], step: Double) {}
}

internal import LinearAlgebra

/// A price on weights: what the objective adds to the mean loss. Biases are never penalised.
///
/// A penalty is the sum of a smooth part, which solvers see through its gradient, and of a part with
/// kinks, which they see through its proximal operator. A penalty of your own is one conformance;
/// `PenaltyLaws` among the tests shows what must hold of it.
public protocol Penalty: Sendable {
  /// The name that the command line and model files give it.
  var name: String { get }

  /// The strength of ‖W‖₁ in it, for the printed objective and for certificates.
  var l1: Double { get }

  /// The strength of ½‖W‖² in it.
  var l2: Double { get }

  /// All that is set of it besides the name: with its ``name`` these make it again, see ``Penalties``.
  var settings: [Setting] { get }

  /// The penalty with such settings; those that are not given stay as they are.
  func with(_ settings: [Setting]) throws(SettingError) -> Self

  /// The penalty of the weights, summed in Double. O(weights).
  func value<Element: KernelScalar>(_ weights: Span<Element>) -> Double

  /// Adds the gradient of the smooth part to `gradient`. O(weights).
  func addGradient<Element: KernelScalar>(_ weights: Span<Element>, to gradient: inout MutableSpan<Element>)

  /// weights ← argmin_u ½‖u − weights‖²/step + penalty(u), of the penalty as a whole. O(weights).
  func prox<Element: KernelScalar>(_ weights: inout MutableSpan<Element>, step: Double)

  /// The part that ``addGradient(_:to:)`` leaves out; nil where it leaves out nothing.
  var nonsmooth: L1? { get }
}

extension Penalty {
  public var settings: [Setting] { [Setting("l1", l1), Setting("l2", l2)] }
  public func with(_ settings: [Setting]) throws(SettingError) -> Self { self }

  public var nonsmooth: L1? { l1 > 0 ? L1(l1) : nil }

  /// l1·‖W‖₁ + (l2/2)·‖W‖²
  public func value<Element: KernelScalar>(_ weights: Span<Element>) -> Double {
    let (absolute, squares) = norms(weights)
    // Spares 0 · ∞ where one of the two is switched off.
    return (l1 == 0 ? 0 : l1 * absolute) + (l2 == 0 ? 0 : l2 / 2 * squares)
  }

  public func addGradient<Element: KernelScalar>(
    _ weights: Span<Element>, to gradient: inout MutableSpan<Element>
  ) {
    axpy(Element(l2), weights, into: &gradient)
  }

  /// The minimiser a weight is sign(w)·max(0, |w| − step·l1) / (1 + step·l2).
  /// (Parikh and Boyd, Proximal Algorithms, 2014, section 6.5.2 and 6.5.3.)
  public func prox<Element: KernelScalar>(_ weights: inout MutableSpan<Element>, step: Double) {
    softThreshold(&weights, by: step * l1)
    if l2 > 0 { scale(&weights, by: Element(1 / (1 + step * l2))) }
  }
}

/// ‖w‖₁ and ‖w‖², summed in Double.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func norms<Element: KernelScalar>(_ weights: Span<Element>) -> (absolute: Double, squares: Double) {
  weights.withUnsafeBufferPointer { w in
    var (absolute, squares) = (0.0, 0.0)
    for x in w {
      absolute += Double(abs(x))
      squares += Double(x) * Double(x)
    }
    return (absolute, squares)
  }
}

func checkedStrength(_ strength: Double) -> Double {
  require(strength >= 0 && strength.isFinite, "a penalty of strength \(strength)")
  return strength
}

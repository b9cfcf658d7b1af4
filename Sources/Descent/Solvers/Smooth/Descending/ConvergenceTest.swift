internal import LinearAlgebra

/// When a descent along gradients has arrived.
///
/// Where there is a certificate, that decides. It costs some passes in Double, so it is computed only where the
/// plain bound ‖∇_W P‖²/(2·l2), which is the gap of the natural dual point once the biases are optimal, says
/// that it may be small enough, and else each time the passes have doubled. Where that bound is not to be had, because the
/// penalty has kinks or is another, it is once the subgradient has fallen by √tolerance, and each time it has fallen since
/// by what the last certificate was short of, three at most. Without a penalty the certificate wants a
/// factor of the Hessian; it is looked at once the gradient has fallen by √tolerance, and each time it has fallen
/// by three since. Where that is too dear the gradient must have fallen by the tolerance itself, and a model that is not
/// linear has no other measure than its root: nothing is proved then.
struct ConvergenceTest<Element: KernelScalar> {
  private let objective: DataObjective<Element>
  private let tolerance: Double
  private let passes: PassCount
  private let certifier: Certifier?
  private var looks: State
  var state: State {
    var state = looks
    state.lowerBound = certifier?.proved
    return state
  }

  private let unpenalised: UnpenalisedTest<Element>?
  /// Whether the objective was found to have no minimum.
  private(set) var isEndless = false
  /// Why a descent ends that has met the test.
  var reason: StopReason { isEndless ? .noMinimum : .converged }

  /// What a later test depends on.
  struct State: Codable {
    var firstNorm: Double
    var promising = Double.infinity
    var nextLook = 100.0
    /// The best that was proved.
    var lowerBound: Double?
  }

  /// The certificate of the parameters that were certified last.
  private(set) var certificate: Certificate?

  init(
    _ objective: DataObjective<Element>, tolerance: Double, start gradient: [Element], passes: PassCount
  ) {
    (self.objective, self.tolerance, self.passes) = (objective, tolerance, passes)
    certifier = Certifier(objective)
    unpenalised = UnpenalisedTest(objective)
    looks = State(firstNorm: norm(gradient))
  }

  init(
    _ objective: DataObjective<Element>, tolerance: Double, resuming state: State, passes: PassCount
  ) {
    (self.objective, self.tolerance, looks, self.passes) = (objective, tolerance, state, passes)
    certifier = Certifier(objective)
    if let bound = state.lowerBound { certifier?.raise(to: bound) }
    unpenalised = UnpenalisedTest(objective)
  }

  /// Whether the point looked at last is good enough.
  mutating func isMet(_ ray: Ray<Element>) -> Bool {
    certificate = nil
    let gradient = ray.subgradient
    let length = norm(gradient)
    guard certifier != nil else { return isFlat(ray.parameters, length) }
    let bound = plainBound(gradient)
    let isPromising =
      bound.map { $0 <= min(tolerance * abs(ray.point.value), looks.promising) }
      ?? (length <= min(tolerance.squareRoot() * looks.firstNorm, looks.promising))
    guard isPromising || passes.made >= looks.nextLook else { return false }
    if passes.made >= looks.nextLook { looks.nextLook = 2 * passes.made }
    let isMet = isProven(ray.parameters)
    if isPromising { looks.promising = bound.map { $0 / 2 } ?? length * fallToCome }
    return isMet
  }

  /// By how much the subgradient is to fall before the next look: the gap falls with it.
  private var fallToCome: Double {
    certificate.map { min(0.9, max(1.0 / 3, tolerance / $0.relativeGap)) } ?? 1.0 / 3
  }

  /// Nil where the penalty has kinks, or is no l2.
  private func plainBound(_ gradient: [Element]) -> Double? {
    guard let (l1, l2) = objective.penalty.elasticNet, l1 == 0, l2 > 0 else { return nil }
    let square = objective.layout.parts.filter(\.isPenalised).reduce(0.0) {
      let length = Double(norm2(gradient.span.extracting($1.range)))
      return $0 + length * length
    }
    return square / (2 * l2)
  }

  /// The test of an objective without a certifier.
  private mutating func isFlat(_ parameters: [Element], _ length: Double) -> Bool {
    guard length <= tolerance.squareRoot() * looks.firstNorm else { return false }
    guard let unpenalised else { return true }
    guard length <= looks.promising || passes.made >= looks.nextLook else { return false }
    looks.promising = length / 3
    if passes.made >= looks.nextLook { looks.nextLook = 2 * passes.made }
    return isProven(parameters) || !unpenalised.canProve && length <= tolerance * looks.firstNorm
  }

  /// Whether a certificate of the parameters, computed now, is good enough, or there is no minimum.
  mutating func isProven(_ parameters: [Element]) -> Bool {
    if let unpenalised {
      (certificate, isEndless) = unpenalised.judge(parameters)
      // What rounding the sums costs is above the smallest tolerances.
      return isEndless || certificate.map { $0.relativeGap <= max(tolerance, 1e-13) } ?? false
    }
    certificate = certifier?.certify(parameters)
    return certificate.map { $0.relativeGap <= tolerance } ?? false
  }
}

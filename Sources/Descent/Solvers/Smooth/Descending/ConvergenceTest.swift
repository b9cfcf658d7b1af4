internal import LinearAlgebra

/// When a descent along gradients has arrived.
///
/// Where there is a certificate, that decides. It costs some passes in Double, so it is computed only where the
/// plain bound ‖∇_W P‖²/(2·l2), which is the gap of the natural dual point once the biases are optimal, says
/// that it may be small enough, and else each time the passes have doubled. Where there is none the gradient's
/// norm decides: it must have fallen by √tolerance, as the gap falls with its square.
struct ConvergenceTest<Element: KernelScalar> {
  private let objective: DataObjective<Element>
  private let tolerance: Double
  private let certifier: Certifier?
  private(set) var state: State

  /// What a later test depends on.
  struct State: Codable {
    var firstNorm: Double
    var promising = Double.infinity
    var nextLook = 100.0
  }

  /// The certificate of the parameters that were certified last.
  private(set) var certificate: Certificate?

  init(_ objective: DataObjective<Element>, tolerance: Double, start gradient: [Element]) {
    (self.objective, self.tolerance) = (objective, tolerance)
    certifier = Certifier(objective)
    state = State(firstNorm: norm(gradient))
  }

  init(_ objective: DataObjective<Element>, tolerance: Double, resuming state: State) {
    (self.objective, self.tolerance, self.state) = (objective, tolerance, state)
    certifier = Certifier(objective)
  }

  /// Whether the point looked at last is good enough.
  mutating func isMet(_ ray: Ray<Element>) -> Bool {
    certificate = nil
    let gradient = ray.gradient
    guard certifier != nil else { return norm(gradient) <= tolerance.squareRoot() * state.firstNorm }
    let l2 = objective.penalty.l2
    let square = objective.layout.parts.filter(\.isPenalised).reduce(0.0) {
      let length = Double(norm2(gradient.span.extracting($1.range)))
      return $0 + length * length
    }
    let bound = l2 > 0 ? square / (2 * l2) : .infinity
    let isPromising = bound <= min(tolerance * abs(ray.point.value), state.promising)
    guard isPromising || objective.pass.made >= state.nextLook else { return false }
    if isPromising { state.promising = bound / 2 }
    if objective.pass.made >= state.nextLook { state.nextLook = 2 * objective.pass.made }
    return isProven(ray.parameters)
  }

  /// Whether a certificate of the parameters, computed now, is good enough.
  mutating func isProven(_ parameters: [Element]) -> Bool {
    certificate = certifier?.certify(parameters)
    return certificate.map { $0.gap <= tolerance * abs($0.objective) } ?? false
  }
}

internal import LinearAlgebra

/// The gap of least squares without a penalty: P − P* = ½·gᵀ·H⁺·g, exactly, as P is a parabola.
struct LeastSquaresBound {
  private let objective: DataObjective<Double>
  private let factor: any RidgeFactor
  private let negligible: Double

  static var mostFeatures: Int { 4096 }

  /// Nil where the objective is another, and where no factor of its Hessian can be trusted.
  init?<Element: KernelScalar>(_ objective: DataObjective<Element>, _ monitor: Monitor) {
    guard let problem = try? LeastSquaresProblem(objective.converted(to: Double.self)), problem.isUnpenalised,
      problem.model.inputs <= Self.mostFeatures
    else { return nil }
    for make in RidgeFactors(problem).makers(monitor) {
      guard let factor = make(), factor.seesAll(rows: problem.rows) else { continue }
      (self.objective, self.factor) = (problem.objective, factor)
      negligible = problem.objective.rowLoss.negligibleGap
      return
    }
    return nil
  }

  func certify<Element: KernelScalar>(_ parameters: [Element]) -> Certificate {
    let θ = parameters.map { Double($0) }
    var slopes = [Double](repeating: 0, count: θ.count)
    let value = objective.meanLoss(at: θ, gradient: &slopes)
    let gap = factor.leastSquaresGap(slopes)
    return Certificate(
      objective: value, lowerBound: value - gap - 1e-14 * max(1e-300, abs(value)), negligible: negligible)
  }
}

extension RidgeFactor {
  /// ½·gᵀ·H⁺·g of a gradient, whose part in the biases is β: ½‖β‖² + ½·⟨R, A⁺·R⟩, with R = G − β·x̄ᵀ.
  func leastSquaresGap(_ slopes: [Double]) -> Double {
    let (outputs, features) = (weights.rows, means.count)
    var rest = Matrix(rows: outputs, columns: features, elements: slopes[..<(outputs * features)])
    let biases = Array(slopes[(outputs * features)...])
    rest.withMutableElements { ger(alpha: -1, biases.span, means.span, into: &$0) }
    let solved = solve(rest)
    let product = zip(rest.elements, solved.elements).reduce(0) { $0 + $1.0 * $1.1 }
    // The factor has fewer digits than the gradient.
    return 0.5 * norm(biases) * norm(biases) + 0.5 * max(0, product) * (1 + 1e-3)
  }

  /// Whether directions that it takes for null are so by the digits of the data, not only by those of their squares.
  func seesAll(rows: Int) -> Bool {
    rank.map { $0 == means.count || rows * means.count <= 1 << 23 } ?? true
  }
}

internal import LinearAlgebra

/// Judges the solutions of ridge factorizations, and refines them.
///
/// The gradient in Double, of the parameters before they are rounded, is the residual of the normal equations;
/// solved for again it gives the correction.
/// (Wilkinson 1963; Golub and Van Loan, Matrix Computations, section 3.5.3.)
struct RidgePolish<Element: KernelScalar> {
  private let problem: LeastSquaresProblem<Element>
  private var objective: DataObjective<Element> { problem.objective }
  private let tolerance: Double
  private let targetMeans: [Double]
  private let negligible: Double
  private lazy var exact = problem.objective.converted(to: Double.self)
  private var best = Double.infinity
  private var passes = 0.0
  /// The best so far.
  private(set) var parameters: [Element]
  private(set) var certificate: Certificate?
  private(set) var standing: Standing?

  private static var mostRefinements: Int { 3 }

  init(_ problem: LeastSquaresProblem<Element>, tolerance: Double, start: [Element]) {
    (self.problem, self.tolerance, parameters) = (problem, tolerance, start)
    negligible = problem.objective.rowLoss.negligibleGap
    targetMeans = CentredTargets(problem.rowLoss, problem.model).means
  }

  /// Takes up a factor's solution, refined as long as it is not good enough and gets better by it. Returns
  /// whether it is good enough.
  mutating func take(_ factor: any RidgeFactor, _ monitor: Monitor) -> Bool {
    passes += 1
    var w = factor.weights
    let shifts = w.multiplied(by: factor.means)
    var b = zip(targetMeans, shifts).map { $0 - $1 }
    var before = Double.infinity
    for step in 0...Self.mostRefinements {
      let (quality, isDone) = judge(w, b, factor, monitor)
      if isDone { return true }
      guard quality < before / 2, step < Self.mostRefinements, monitor.stopReason == nil else { break }
      before = quality
      refine(&w, &b, factor)
    }
    return false
  }

  /// The certified gap of the solution, or where there is none the gradient's norm, and whether it will do.
  private mutating func judge(
    _ w: Matrix<Double>, _ b: [Double], _ factor: any RidgeFactor, _ monitor: Monitor
  ) -> (quality: Double, isDone: Bool) {
    let rounded = round(w, b)
    guard rounded.allSatisfy(\.isFinite) else { return (.infinity, false) }
    let written = objective.model.written(rounded, objective.scaling)
    let (loss, value, slopes) = gradient(written)
    objective.exactValue.note(loss, exact.penaltyValue(at: written), at: written)
    let length = norm(slopes)
    guard value.isFinite, length.isFinite else { return (.infinity, false) }
    let proof = bound(value, slopes, factor)
    monitor.record(passes: passes, objective: value, gap: proof?.gap, measuring: rounded)
    let quality = proof == nil ? length : value
    if quality < best {
      (best, parameters, certificate, standing) = (
        quality, rounded, proof, Standing(loss: loss, gradientNorm: length)
      )
    }
    // Without a penalty what rounding the sums costs is above the smallest tolerances.
    let most = problem.l2 > 0 ? tolerance : max(tolerance, 1e-13)
    return proof.map { ($0.gap, $0.relativeGap <= most) } ?? (length, false)
  }

  /// The certificate that a gradient gives: P − P* ≤ ½‖β‖² + ‖G − β·x̄ᵀ‖²/(2·l2), where G and β are the slopes in the weights
  /// and in the biases. The biases cost no penalty: the best ones for the same weights are β away and lower P by ½‖β‖²,
  /// their gradient has no part in β, and P is l2-strongly convex in the weights. For the squared error this is the
  /// duality gap of the residuals less their mean.
  /// Without a penalty the gap is that of a parabola, by the factor (see ``LeastSquaresBound``).
  private func bound(_ value: Double, _ slopes: [Double], _ factor: any RidgeFactor) -> Certificate? {
    let (l2, means) = (problem.l2, factor.means)
    guard l2 > 0 else {
      guard factor.seesAll(rows: objective.rows) else { return nil }
      return certificate(value, gap: factor.leastSquaresGap(slopes))
    }
    let weights = slopes.count - targetMeans.count
    var rest = Matrix(rows: targetMeans.count, columns: means.count, elements: slopes[..<weights])
    let biases = Array(slopes[weights...])
    rest.withMutableElements { ger(alpha: -1, biases.span, means.span, into: &$0) }
    // The means were summed in the precision of the factor.
    let length = norm(Array(rest.elements)) + 1e-5 * norm(biases) * norm(means)
    let gap = norm(biases) * norm(biases) / 2 + length * length / (2 * l2)
    return certificate(value, gap: gap)
  }

  private func certificate(_ value: Double, gap: Double) -> Certificate {
    // Rounding of the sums counts against the bound too, so that no gap reads 0.
    let lowerBound = value - gap - 1e-14 * max(1e-300, abs(value))
    return Certificate(
      objective: value, lowerBound: lowerBound.isNaN ? -.infinity : lowerBound, negligible: negligible)
  }

  /// ΔW = −(∂P/∂W − ∂P/∂b·x̄ᵀ)·A⁻¹, and b such that the residuals' mean is 0 again.
  private mutating func refine(_ w: inout Matrix<Double>, _ b: inout [Double], _ factor: any RidgeFactor) {
    let slopes = gradient(Array(w.elements) + b).slopes
    var residual = Matrix(rows: w.rows, columns: w.columns, elements: slopes[..<w.elements.count])
    let biases = Array(slopes[w.elements.count...])
    residual.withMutableElements { ger(alpha: -1, biases.span, factor.means.span, into: &$0) }
    let correction = factor.solve(residual)
    w.withMutableElements { axpy(-1, correction.elements.span, into: &$0) }
    let shifts = correction.multiplied(by: factor.means)
    for c in b.indices { b[c] += shifts[c] - biases[c] }
  }

  /// The mean loss, the objective and its gradient in Double.
  private mutating func gradient(_ parameters: [Double]) -> (loss: Double, value: Double, slopes: [Double]) {
    var slopes = [Double](repeating: 0, count: parameters.count)
    let loss = exact.meanLoss(at: parameters, gradient: &slopes)
    exact.addPenaltyGradient(at: parameters, to: &slopes)
    passes += 1
    return (loss, loss + exact.penaltyValue(at: parameters), slopes)
  }

  private func round(_ w: Matrix<Double>, _ b: [Double]) -> [Element] {
    w.elements.map { Element($0) } + b.map { Element($0) }
  }
}

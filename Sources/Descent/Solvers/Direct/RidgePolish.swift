internal import LinearAlgebra

/// Judges the solutions of ridge factorizations, and refines them.
///
/// The gradient in Double, of the parameters before they are rounded, is the residual of the normal equations;
/// solved for again it gives the correction.
/// (Wilkinson 1963; Golub and Van Loan, Matrix Computations, section 3.5.3.)
struct RidgePolish<Element: Scalar> {
  private let objective: DataObjective<Element>
  private let tolerance: Double
  private let certifier: Certifier?
  private let targetMeans: [Double]
  private var pass: Pass<Double>?
  private var firstNorm: Double?
  private var bestNorm = Double.infinity
  private var passes = 0.0
  /// The best so far.
  private(set) var parameters: [Element]
  private(set) var certificate: Certificate?

  private static var mostRefinements: Int { 3 }

  init(_ objective: DataObjective<Element>, tolerance: Double, start: [Element]) {
    (self.objective, self.tolerance, parameters) = (objective, tolerance, start)
    certifier = Certifier(objective)
    targetMeans = CentredTargets(objective.targets, outputs: objective.model.outputs).means
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
      let (quality, isDone) = certifier == nil ? judgeByGradient(w, b, monitor) : judge(w, b, monitor)
      if isDone { return true }
      guard quality < before / 2, step < Self.mostRefinements, monitor.stopReason == nil else { break }
      before = quality
      refine(&w, &b, factor)
    }
    return false
  }

  /// The certified gap of the solution, and whether it will do.
  private mutating func judge(_ w: Matrix<Double>, _ b: [Double], _ monitor: Monitor) -> (Double, Bool) {
    let rounded = round(w, b)
    guard let certifier, rounded.allSatisfy(\.isFinite) else { return (.infinity, false) }
    let proof = certifier.certify(rounded)
    passes += 1
    guard proof.objective.isFinite else { return (.infinity, false) }
    monitor.record(passes: passes, objective: proof.objective, gap: proof.gap)
    if proof.objective < certificate?.objective ?? .infinity { (parameters, certificate) = (rounded, proof) }
    return (proof.gap, proof.gap <= tolerance * abs(proof.objective))
  }

  /// Without a penalty: the gradient's norm, and whether it has fallen by √tolerance.
  private mutating func judgeByGradient(
    _ w: Matrix<Double>, _ b: [Double], _ monitor: Monitor
  ) -> (Double, Bool) {
    let first = firstNorm ?? norm(gradient(Array(repeating: 0, count: objective.count)).gradient)
    firstNorm = first
    let rounded = round(w, b)
    guard rounded.allSatisfy(\.isFinite) else { return (.infinity, false) }
    let (value, slopes) = gradient(rounded.map { Double($0) })
    let length = norm(slopes)
    guard value.isFinite, length.isFinite else { return (.infinity, false) }
    monitor.record(passes: passes, objective: value)
    if length < bestNorm { (parameters, bestNorm) = (rounded, length) }
    return (length, length <= tolerance.squareRoot() * first)
  }

  /// ΔW = −(∂P/∂W − ∂P/∂b·x̄ᵀ)·A⁻¹, and b such that the residuals' mean is 0 again.
  private mutating func refine(_ w: inout Matrix<Double>, _ b: inout [Double], _ factor: any RidgeFactor) {
    let slopes = gradient(Array(w.elements) + b).gradient
    var residual = Matrix(rows: w.rows, columns: w.columns, elements: slopes[..<w.elements.count])
    let biases = Array(slopes[w.elements.count...])
    residual.withMutableElements { ger(alpha: -1, biases.span, factor.means.span, into: &$0) }
    let correction = factor.solve(residual)
    w.withMutableElements { axpy(-1, correction.elements.span, into: &$0) }
    let shifts = correction.multiplied(by: factor.means)
    for c in b.indices { b[c] += shifts[c] - biases[c] }
  }

  /// The objective and its gradient in Double.
  private mutating func gradient(_ parameters: [Double]) -> (value: Double, gradient: [Double]) {
    let pass =
      self.pass
      ?? Pass(objective.model, over: objective.source(for: Double.self), pool: objective.pool)
    self.pass = pass
    var gradient = [Double](repeating: 0, count: parameters.count)
    let columns = objective.model.outputs
    let sum = pass.run(parameters, scale: 1 / Double(objective.rows), gradient: &gradient) {
      [loss = objective.loss, targets = objective.targets] range, scores in
      loss.evaluate(&scores, columns: columns, targets: targets[range])
    }
    passes += 1
    var value = sum / Double(objective.rows)
    for part in objective.layout.parts where part.isPenalised {
      let weights = parameters.span.extracting(part.range)
      value += objective.penalty.value(weights)
      var all = gradient.mutableSpan
      var share = all._mutatingExtracting(part.range)
      objective.penalty.addGradient(weights, to: &share)
    }
    return (value, gradient)
  }

  private func round(_ w: Matrix<Double>, _ b: [Double]) -> [Element] {
    w.elements.map { Element($0) } + b.map { Element($0) }
  }
}

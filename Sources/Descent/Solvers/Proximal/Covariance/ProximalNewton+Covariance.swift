internal import LinearAlgebra

extension ProximalNewton {
  /// Minimises by a ``CovarianceDescent`` what that is for. Nil where it is not for it, or does not get there: parameters
  /// then are where it came to.
  func descendByCovariance<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], _ monitor: Monitor
  ) -> Outcome? {
    guard CovarianceDescent.suits(objective), let problem = try? LeastSquaresProblem(objective) else {
      return nil
    }
    let net = ElasticNet(l1: problem.l1, l2: problem.l2)
    let isStopped = { monitor.stopReason != nil }
    if let reason = monitor.stopReason { return Outcome(reason) }
    let descent = CovarianceDescent(problem, from: parameters)
    monitor.record(passes: descent.passes, objective: descent.first.certificate.objective, at: parameters)
    if problem.model.inputs <= 64 { descent.takeAll(isStopped: isStopped) }
    guard let solution = descent.solve([net], tolerance: tolerance, isStopped: isStopped)?[0] else {
      return monitor.stopReason.map { Outcome($0) }
    }
    let (point, certificate) = (solution.point, solution.point.certificate)
    guard certificate.objective <= descent.first.certificate.objective else { return nil }
    parameters = solution.parameters
    monitor.record(
      passes: descent.passes, objective: certificate.objective, gap: certificate.gap, at: parameters)
    guard solution.isProved else { return nil }
    var squares = point.biasSlope * point.biasSlope
    let weights = parameters[problem.model.weights]
    for (j, slope) in point.gradient.enumerated() {
      let whole = slope + point.biasSlope * descent.mean(of: j) + net.l2 * Double(weights[j])
      squares += whole * whole
    }
    return Outcome(
      .converged, certificate: certificate,
      standing: Standing(loss: point.loss, gradientNorm: squares.squareRoot()))
  }
}

internal import LinearAlgebra

/// The factorizations to try for a ridge problem, the cheapest first.
struct RidgeFactors<Element: KernelScalar> {
  private let problem: LeastSquaresProblem<Element>
  private let targets: CentredTargets
  private var l2: Double { problem.l2 }

  /// Centred rows of more numbers than this are not held in Double all at once.
  private static var mostNumbers: Int { 1 << 23 }

  /// Whether the centred rows are.
  private var isSmall: Bool { problem.rows * problem.model.inputs <= Self.mostNumbers }

  init(_ problem: LeastSquaresProblem<Element>) {
    self.problem = problem
    targets = CentredTargets(problem.rowLoss, problem.model)
  }

  /// Each returns nil where its factorization fails, loses too many digits, or was stopped.
  func makers(_ monitor: Monitor) -> [() -> (any RidgeFactor)?] {
    let isStopped = { monitor.stopReason != nil }
    var result: [() -> (any RidgeFactor)?] = []
    if l2 == 0, isSmall, problem.rows >= problem.model.inputs {
      result.append { isStopped() ? nil : try? LeastSquaresFactor(CentredRows(problem.objective), targets) }
      result.append { isStopped() ? nil : spectral(isStopped) }
      return result
    }
    // Centred rows have at most rows − 1 independent features: without l2 a Cholesky would be singular.
    if l2 > 0 || problem.rows > problem.model.inputs {
      if Element.self == Float.self { result.append { cholesky(in: Float.self, isStopped) } }
      result.append { cholesky(in: Double.self, isStopped) }
    }
    result.append { isStopped() ? nil : spectral(isStopped) }
    return result
  }

  private func cholesky<Work: KernelScalar>(in type: Work.Type, _ isStopped: () -> Bool) -> (any RidgeFactor)?
  {
    let rows = CentredRows<Work>(problem.objective)
    let factor: any RidgeFactor
    do {
      if l2 > 0, rows.rows < rows.columns {
        factor = try DualFactor(rows, targets, l2: l2, pool: problem.pool)
      } else {
        guard let equations = NormalEquations(rows, targets, pool: problem.pool, isStopped: isStopped)
        else {
          return nil
        }
        factor = try PrimalFactor(consume equations, l2: l2)
      }
    } catch { return nil }
    // With l2 refinement makes good what digits are lost, and the certificate judges; without, what is
    // singular up to rounding must not pass for regular.
    let precision = Double(Work.ulpOfOne)
    let most = l2 > 0 ? 0.02 / precision : 1 / precision.squareRoot()
    return factor.condition <= most && factor.weights.elements.allSatisfy(\.isFinite) ? factor : nil
  }

  private func spectral(_ isStopped: () -> Bool) -> (any RidgeFactor)? {
    let rows = CentredRows<Double>(problem.objective)
    if isSmall {
      return try? SpectralFactor(rows, targets, l2: l2)
    }
    guard let equations = NormalEquations(rows, targets, pool: problem.pool, isStopped: isStopped) else {
      return nil
    }
    return try? SpectralFactor(equations, l2: l2)
  }
}

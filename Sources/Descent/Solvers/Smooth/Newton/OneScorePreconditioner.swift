internal import LinearAlgebra

/// An approximate inverse of the Hessian of a linear model with one output: that of a sample of rows, factored whole.
///
/// With one row of weights there are no classes to couple, and (1/m)·Σ dᵢ·xᵢxᵢᵀ + l2·I has as many rows as there are
/// features: one Gram matrix and one Cholesky factor, where a ``PrincipalBasis`` costs three times as much and knows of
/// all directions but the first their variance alone. It is off by √(features/m). Of columns that mostly hold one value a
/// sample may know nothing; what it lacks of their second moments is added to the diagonal.
/// (Byrd, Chin, Neveitt and Nocedal, On the Use of Stochastic Hessian Information, SIAM J. Optim. 21, 2011.)
struct OneScorePreconditioner<Element: KernelScalar> {
  /// What is taken off the features, where a bias makes up for it.
  private let centre: [Element]
  private let factor: Cholesky<Element>

  private static var parts: Int { 4 }
  /// As many features as a basis couples whole, and as many as it has the eigenvectors of.
  private static var features: ClosedRange<Int> { 101...PrincipalBasis<Element>.mostFeatures }
  /// What is added to the diagonal, relative to its mean, until there is a factor.
  private static var ridges: [Double] { [1e-7, 1e-5, 1e-3] }

  static func applies(outputs: Int, features: Int) -> Bool {
    outputs == 1 && self.features.contains(features)
  }

  /// Rows for a sample: as many as some passes' time allows, and not too few for a Hessian.
  static func rows(features: Int) -> Int { max(4 * features, Int(5e9 / Double(features * features))) }

  /// - Parameters:
  ///   - indices: the rows of the sample.
  ///   - curvature: d, the second derivative of each of these rows' loss, times its weight.
  ///   - total: what they count for.
  init?(_ problem: CurvedProblem<Element>, at indices: [Int], curvature: [Element], total: Double) {
    let (features, model) = (problem.scaledRows.features, problem.model)
    let centre =
      model.hasIntercept
      ? meanRow(of: features, indices.prefix(256)) : [Element](repeating: 0, count: features.columns)
    // A fixed cut, so that the bits do not depend on the threads.
    let parts = (0..<Self.parts).map {
      HessianPart(
        indices.count * $0 / Self.parts..<indices.count * ($0 + 1) / Self.parts, hasBias: model.hasIntercept,
        centre: centre)
    }
    let shares = problem.ranks?.shares(of: parts.count) ?? [parts.indices]
    let own = shares[problem.ranks?.rank ?? 0]
    problem.pool.run(own.count) { part, _ in
      parts[own.lowerBound + part].compute(features, indices, curvature)
    }
    if let ranks = problem.ranks {
      for (rank, share) in shares.enumerated() {
        for part in share { parts[part].take(from: rank, among: ranks) }
      }
    }
    for part in parts.dropFirst() { parts[0].add(part) }
    let mean = curvature.reduce(0) { $0 + Double($1) } / total
    let lacking = parts[0].lacking(
      of: features.meanSquares(about: centre.map { Double($0) }), rows: indices.count)
    for ridge in Self.ridges {
      let matrix = parts[0].hessian(of: total, ridge: ridge) { problem.l2 + mean * lacking[$0] }
      guard let factor = try? Cholesky(matrix) else { continue }
      (self.centre, self.factor) = (centre, factor)
      return
    }
    return nil
  }

  /// An approximation of H⁻¹·gradient; both are parameter vectors of a ``LinearModel``.
  func callAsFunction(_ gradient: [Element]) -> [Element] {
    let width = centre.count
    var solution = gradient
    for j in 0..<width { solution[j] -= centre[j] * gradient[width] }
    var span = solution.mutableSpan
    factor.solve(into: &span)
    for j in 0..<width { solution[width] -= centre[j] * solution[j] }
    return solution
  }
}

/// The mean of some rows, `[features]`.
private func meanRow<Element: KernelScalar>(of features: any FeatureStorage, _ indices: ArraySlice<Int>)
  -> [Element]
{
  var rows = Matrix<Double>(rows: indices.count, columns: features.columns)
  rows.withMutableElements { features.gather(Array(indices).span, into: &$0) }
  return rows.multiplied(
    by: [Double](repeating: 1 / Double(indices.count), count: indices.count), .transposed
  ).map {
    Element($0)
  }
}

internal import Foundation
internal import LinearAlgebra

/// The optimum of a sum, and what follows from it.
struct Estimate {
  let sum: EstimatedSum
  let optimum: Optimum
  /// The least sum of losses without features.
  let null: Double
  let groups: [Int32]?
  let kind: Inference.Covariance
  let l2: Double

  private var rows: Int { sum.rows.rows }

  func inference(start: [Double], level: Double) throws(InferenceError) -> Inference {
    let information = optimum.expansion.information.mirrored
    // H⁻¹·F, the identity without a penalty.
    let shrinkage = l2 > 0 ? optimum.factor.solve(information) : nil
    let parameters =
      shrinkage.map { shrinkage in (0..<sum.count).reduce(0) { $0 + shrinkage[$1, $1] } } ?? Double(sum.count)
    let free = Double(rows) - parameters
    guard free > 0 || sum.loss.noise == .given else {
      throw .tooFewRows(rows, coefficients: Int(parameters.rounded()))
    }
    let fit = fit(parameters: parameters)
    var covariance: Matrix<Double>
    var clusters: Int?
    switch kind {
    case .information:
      covariance = optimum.factor.solve(.identity(sum.count))
      if let shrinkage { covariance = shrinkage.multiplied(by: covariance) }
      covariance.scale(by: fit.dispersion ?? 1)
    case .hc0, .hc1, .clustered:
      let (factor, groups) = correction(parameters)
      clusters = groups
      covariance = optimum.factor.solve(
        sum.slopeSquares(at: optimum.β, groups: groups == nil ? nil : self.groups))
      covariance = optimum.factor.solve(covariance.transposed)
      covariance.scale(by: factor)
    }
    sum.columns.unscaleRows(&covariance)
    covariance = covariance.transposed
    sum.columns.unscaleRows(&covariance)
    let degrees = sum.loss.noise == .normal ? clusters.map { Double($0 - 1) } ?? free : nil
    let coefficients = coefficients(covariance, degrees, level)
    return Inference(
      coefficients: coefficients, covariance: covariance, kind: kind, level: level,
      referenceClass: sum.held == 1 ? 0 : nil, references: sum.columns.references.map(\.feature).sorted(),
      rows: rows,
      clusters: clusters, degreesOfFreedom: degrees, parameters: parameters, l2: l2, fit: fit,
      distance: distance(from: start, coefficients))
  }

  /// What a sandwich is multiplied by, and the number of groups.
  private func correction(_ parameters: Double) -> (factor: Double, groups: Int?) {
    let n = Double(rows)
    switch kind {
    case .information, .hc0: return (1, nil)
    case .hc1: return (n / (n - parameters), nil)
    case .clustered:
      let count = Set(groups ?? []).count
      let groups = Double(count)
      return (groups / (groups - 1) * (n - 1) / (n - parameters), count)
    }
  }

  private func coefficients(_ covariance: Matrix<Double>, _ degrees: Double?, _ level: Double)
    -> [Inference.Coefficient]
  {
    let reach = tailsQuantile(1 - level, degrees: degrees)
    let values = original(optimum.β)
    return values.indices.map { i in
      let error = covariance[i, i].squareRoot()
      let statistic = values[i] / error
      return Inference.Coefficient(
        output: i / sum.columns.width + sum.held, feature: sum.columns.feature(of: i % sum.columns.width),
        estimate: values[i], standardError: error, statistic: statistic,
        pValue: degrees.map { studentTails(statistic, degrees: $0) } ?? normalTails(statistic),
        interval: values[i] - reach * error...values[i] + reach * error)
    }
  }

  /// Coefficients in the data's units.
  private func original(_ β: [Double]) -> [Double] {
    var matrix = Matrix(rows: sum.count, columns: 1, elements: β)
    sum.columns.unscaleRows(&matrix)
    return Array(matrix.elements)
  }

  private func distance(from start: [Double], _ coefficients: [Inference.Coefficient]) -> Double {
    zip(original(start), coefficients).reduce(0) { max($0, abs($1.0 - $1.1.estimate) / $1.1.standardError) }
  }
}

extension Matrix where Element == Double {
  /// Symmetric, from its upper triangle.
  fileprivate var mirrored: Matrix {
    var result = self
    result.mirrorUpperTriangle()
    return result
  }

  fileprivate mutating func scale(by factor: Double) {
    withMutableElements { all in for i in 0..<all.count { all[i] *= factor } }
  }
}

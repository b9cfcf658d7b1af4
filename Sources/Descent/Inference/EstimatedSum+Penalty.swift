internal import LinearAlgebra

extension EstimatedSum {
  /// Λ between two blocks, by column: of one score or a number its own strength. Of C classes with differences β to the
  /// first one's weights, whatever these are, the least (l2/2)·Σ‖W_c‖² is (l2/2)·(Σ‖β_c‖² − ‖Σβ_c‖²/C).
  private func curvature(_ k: Int, _ l: Int, column: Int) -> Double {
    guard !strengths.isEmpty, let feature = columns.feature(of: column) else { return 0 }
    // The weights are `unit` times the coefficients.
    let strength = strengths[feature] * columns.unit(of: feature) * columns.unit(of: feature)
    return strength * ((k == l ? 1 : 0) - (held == 1 ? 1 / Double(rows.columns) : 0))
  }

  func addPenalty(at β: [Double], to result: inout Expansion) {
    guard !strengths.isEmpty else { return }
    let d = columns.width
    for k in 0..<blocks {
      for l in 0..<blocks {
        for j in 0..<d {
          let slope = curvature(k, l, column: j) * β[l * d + j]
          result.gradient[k * d + j] += slope
          result.penalty += 0.5 * β[k * d + j] * slope
        }
      }
    }
  }

  /// F + Λ, its upper triangle, from F.
  func penalised(_ information: Matrix<Double>) -> Matrix<Double> {
    guard !strengths.isEmpty else { return information }
    var result = information
    let d = columns.width
    for k in 0..<blocks {
      for l in k..<blocks {
        for j in 0..<d { result[k * d + j, l * d + j] += curvature(k, l, column: j) }
      }
    }
    return result
  }
}

import Descent

/// Quantiles without a penalty and with l1, linear programmes: Tests/References/quantiles.py solved them with HiGHS.
extension Zoo {
  static let quantiles: [Problem] = quantileOptima.map { kind, quantile, l1, optimum in
    let loss = Quantile(quantile)
    return Problem(
      kind: kind, loss: loss, penalty: penalty(l1: l1, l2: 0), rows: quantileRows(kind), optimum: optimum,
      slack: 1e-8, tolerance: 1e-7)
  }

  private static func quantileRows(_ kind: String) -> Rows {
    switch kind {
    case "whole numbers":
      var rows = noisy(60, 4, classes: 3)
      rows.values = rows.values.map { ($0 + 0.5).rounded(.down) }
      return rows
    case "collinear quantiles":
      return noisy(40, 5, classes: 3) { i, j, _ in
        let (a, b) = (noise(i, 0), noise(i, 1))
        return [a, 5, a, a + b, b][j]
      }
    default: return noisy(60, 4, classes: 3)
    }
  }

  private static let quantileOptima = [
    ("quantiles", 0.1, 0, 0.1785087719298246),
    ("quantiles", 0.1, 0.02, 0.2385281385281385),
    ("quantiles", 0.5, 0, 0.4923444976076555),
    ("quantiles", 0.5, 0.02, 0.56),
    ("quantiles", 0.9, 0, 0.17551155115511552),
    ("quantiles", 0.9, 0.02, 0.22909090909090918),
    ("whole numbers", 0.1, 0, 0.1964473684210526),
    ("whole numbers", 0.1, 0.02, 0.25642547928262216),
    ("whole numbers", 0.5, 0, 0.5180851063829787),
    ("whole numbers", 0.5, 0.02, 0.5784711779448619),
    ("whole numbers", 0.9, 0, 0.18716253443526165),
    ("whole numbers", 0.9, 0.02, 0.2447058823529412),
    ("collinear quantiles", 0.1, 0, 0.17991631799163185),
    ("collinear quantiles", 0.1, 0.02, 0.24000000000000007),
    ("collinear quantiles", 0.5, 0, 0.5045454545454545),
    ("collinear quantiles", 0.5, 0.02, 0.5651566265060243),
    ("collinear quantiles", 0.9, 0, 0.18000000000000005),
    ("collinear quantiles", 0.9, 0.02, 0.23320954907161812),
  ]
}

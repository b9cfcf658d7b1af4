internal import Foundation

/// What two ways to an optimum of a smooth loss with l2 cost, in passes over the rows: from the shape of the problem and
/// constants that were measured once, so that the choice does not depend on a timing.
struct SmoothCost {
  /// Newton's method with exact Hessians, its first steps on a sample; nil where there are too many parameters for that.
  let newton: Double?
  /// L-BFGS from a sampled Hessian.
  let lbfgs: Double

  init(_ problem: ProblemOutline) {
    let (rows, features, outputs) = (Double(problem.rows), Double(problem.features), Double(problem.outputs))
    // A Hessian of 3000 rows is off by √(parameters/3000), and a step leaves so much of the way: 6 passes for 29 parameters. Of
    // many parameters 60, as measured on images; rare columns are not in the sample: 140 to 470 passes. Of a tenth of the l2
    // half as many again.
    let parameters = (features + 1) * outputs
    let sampled = parameters < 1000 ? min(60, log(1e6) / (0.5 * log(3000 / parameters))) : 60
    lbfgs =
      problem.hasRareColumns ? 300 : sampled * max(1, 1 + 0.5 * log10(1e-4 / max(1e-12, problem.l2)))
    guard TallProblem<Double>.suits(rows: problem.rows, features: problem.features, outputs: problem.outputs)
    else {
      newton = nil
      return
    }
    // Products of all pairs of columns and of classes, at the rate of a pass's, which has fewer operations a number read.
    let pairs = outputs * (outputs + 1) / 2
    let hessian = 1 + pairs * (features + 1) * (features + 1) / (8 * features * outputs)
    let sample = max(32_768, 64 * (features + 1) * outputs)
    let share = rows >= 4 * sample ? sample / rows : 1
    // Some seven steps on the sample, two for all that are left and what proves the bound; without one eight for all.
    newton = share < 1 ? 7 * share * (hessian + 2) + 2 * hessian * share + 12 : 8 * (hessian + 2) + 4
  }

  /// Whether exact Hessians pay.
  var prefersNewton: Bool { newton.map { $0 < lbfgs } ?? false }

  /// In words.
  var reason: String {
    let passes = newton.map { "some \(Int($0.rounded())) passes' worth" } ?? "no"
    return "a smooth loss without l1 and few parameters: exact Newton steps, \(passes) against "
      + "\(Int(lbfgs.rounded())) passes of lbfgs"
  }
}

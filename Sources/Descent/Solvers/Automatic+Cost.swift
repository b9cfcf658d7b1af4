internal import Foundation

/// What two ways to an optimum of a smooth loss with l2 cost, in passes over the rows: from the shape of the problem and
/// constants that were measured once, so that the choice does not depend on a timing.
struct SmoothCost {
  /// Newton's method.
  let newton: Double
  /// Whether its Hessians are exact, and not those of samples.
  let isExact: Bool
  /// L-BFGS from a sampled Hessian.
  let lbfgs: Double

  /// Nil where a problem has too many parameters for its rows to weigh them.
  init?(_ problem: ProblemOutline) {
    guard let plan = HessianPlan(problem) else { return nil }
    // A Hessian of 3000 rows is off by √(parameters/3000), and a step leaves so much of the way: 6 passes for 29 parameters. Of
    // many parameters 60, as measured on images. Of a tenth of the l2 half as many again.
    let parameters = Double((problem.features + 1) * problem.outputs)
    let sampled = parameters < 1000 ? min(60, log(1e6) / (0.5 * log(3000 / parameters))) : 60
    // What the sample does not hold is left to the steps: 140 to 520 passes. A Hessian that is factored whole has the squares
    // of what it lacks, which does where these do not decide.
    let hasSeldom = plan.columns.hasSeldom
    let isDecisive = plan.columns.hasDecisiveSeldom(l2: problem.l2)
    let isWhole = OneScorePreconditioner<Float>.applies(
      outputs: problem.outputs, features: problem.features)
    let weak = max(1, 1 + 0.5 * log10(1e-4 / max(1e-12, problem.l2)))
    lbfgs = hasSeldom && (isDecisive || !isWhole) ? 300 : weak * (isWhole ? 20 : sampled)
    isExact = plan.isExact
    // Of samples: conjugate gradients have what these lack, unless it decides the steps.
    guard isExact else {
      newton = hasSeldom && !isDecisive ? 45 * weak : 1.25 * lbfgs
      return
    }
    // Products of all pairs of columns and of classes, at the rate of a pass's, which has fewer operations a number read.
    let hessian = 1 + (plan.passes - 1) / 4
    let share = Double(plan.sampleRows) / Double(problem.rows)
    // Some seven steps on the sample, two for all that are left and what proves the bound; without one eight for all.
    newton = share < 1 ? 7 * share * (hessian + 2) + 2 * share * hessian + 12 : 8 * (hessian + 2) + 4
  }

  /// Whether Newton's method is the one to choose.
  var prefersNewton: Bool { newton < lbfgs }

  /// In words.
  var reason: String {
    let steps =
      isExact
      ? "a smooth loss without l1 and few parameters: exact Newton steps"
      : "a smooth loss without l1 and columns that seldom differ: Newton steps by samples"
    return
      "\(steps), some \(Int(newton.rounded())) passes' worth against \(Int(lbfgs.rounded())) passes of lbfgs"
  }
}

import Descent
import LinearAlgebra
import Testing

/// One instance of a law of solvers: a solver, and a problem that it takes.
struct SolverCase: Sendable, CustomStringConvertible {
  let solver: any Solver
  let problem: Problem
  var description: String { "\(solver.words): \(problem)" }

  /// Each problem with each solver that takes it; rows without their zeros for one that takes no others.
  static func all(
    _ problems: [Problem], by solvers: (Problem) -> [any Solver] = { Instances.solvers($0.tolerance) }
  ) -> [SolverCase] {
    problems.flatMap { problem in
      solvers(problem).compactMap { solver in
        let forms = problem.rows.isSparse ? [problem] : [problem, problem.sparse]
        return forms.first { $0.isFor(solver) }.map { SolverCase(solver: solver, problem: $0) }
      }
    }
  }

  func fit<Element: KernelScalar>(
    as type: Element.Type = Double.self, threads: Int = 1, isInterrupted: @escaping () -> Bool = { false }
  ) throws -> Fit<Element> {
    try problem.trainer(solver, threads: threads).fit(problem.data, as: type, isInterrupted: isInterrupted)
  }

  func with(_ change: (inout Problem) -> Void) -> SolverCase {
    SolverCase(solver: solver, problem: problem.with(change))
  }

  func withRows(_ change: (_ x: [Double]) -> [Double]) -> SolverCase {
    with { $0.rows = $0.rows.mapRows { change($1) } }
  }

  /// The steps of those that know no curvature grow with the condition: they are not asked for an optimum that they
  /// would take for ever to come to.
  var isWithinReach: Bool {
    switch solver {
    case is GradientDescent: problem.condition < 1e4
    case is DualCoordinateAscent: problem.dualCondition < 500
    default: true
    }
  }

  /// The certificate of a fit; there must be one of a penalty that the certifier knows.
  func certificate<Element>(of fit: Fit<Element>) throws -> Certificate? {
    guard problem.penalty.dual != nil else { return fit.certificate }
    let certificate = try #require(fit.certificate, "\(self)")
    return certificate
  }
}

extension Solver {
  /// The name, and what is set and is no number: numbers are how far it is to go.
  var words: String {
    ([name] + settings.compactMap { if case .text(let text) = $0.value { "\($0.name) \(text)" } else { nil } })
      .joined(separator: " ")
  }
}

extension Fit {
  /// Of the features as they are, `[outputs][features]`.
  var weights: [[Double]] {
    let templates = model.templates!
    return (0..<templates.rows).map { templates[row: $0].map { Double($0) } }
  }
}

internal import LinearAlgebra

/// A solver, and why an objective is none for it.
public struct SolverRefusal: Error, Equatable, Sendable, CustomStringConvertible {
  /// The solver's name.
  public let solver: String
  /// What about the objective is not for it; its words go on from the solver's name.
  public let reason: ProblemRefusal

  public var description: String {
    if case .rows = reason { return "the solver '\(solver)' \(reason)" }
    return "\(solver) \(reason)"
  }
}

extension Solver {
  /// Why the solver cannot minimise such an objective; nil where it can.
  public func refusal(of problem: ProblemOutline) -> SolverRefusal? {
    do throws(ProblemRefusal) { try check(problem) } catch {
      return SolverRefusal(solver: name, reason: error)
    }
    return nil
  }

  /// At the start of a run: the objective in the form that the run needs, or the refusal.
  func accept<Element: KernelScalar, Form>(
    _ objective: DataObjective<Element>, as form: (DataObjective<Element>) throws(ProblemRefusal) -> Form
  ) throws(SolverRefusal) -> Form {
    do throws(ProblemRefusal) {
      try check(objective.outline)
      return try form(objective)
    } catch { throw SolverRefusal(solver: name, reason: error) }
  }

  func accept<Element: KernelScalar>(_ objective: DataObjective<Element>) throws(SolverRefusal) {
    if let refusal = refusal(of: objective.outline) { throw refusal }
  }
}

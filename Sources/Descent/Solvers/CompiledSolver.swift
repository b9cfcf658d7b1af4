/// A solver that is compiled for `Float` and for `Double`, and for nothing else.
///
/// One generic `run` meets both requirements. As nobody can call it for an unknown type, no unspecialised copy of it
/// and of all that it calls is built: such copies, which nothing ever ran, were a sixth of this module's code.
protocol CompiledSolver: Solver {
  func run(
    _ objective: DataObjective<Float>, from parameters: inout [Float], seed: UInt64, monitor: Monitor
  ) throws(SolverRefusal) -> Outcome

  func run(
    _ objective: DataObjective<Double>, from parameters: inout [Double], seed: UInt64, monitor: Monitor
  ) throws(SolverRefusal) -> Outcome
}

extension CompiledSolver {
  public func minimize<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, monitor: Monitor
  ) throws(SolverRefusal) -> Outcome {
    if let objective = objective as? DataObjective<Float>, var point = parameters as? [Float] {
      defer { parameters = point as! [Element] }
      return try run(objective, from: &point, seed: seed, monitor: monitor)
    }
    if let objective = objective as? DataObjective<Double>, var point = parameters as? [Double] {
      defer { parameters = point as! [Element] }
      return try run(objective, from: &point, seed: seed, monitor: monitor)
    }
    preconditionFailure("a model of \(Element.self)")
  }
}

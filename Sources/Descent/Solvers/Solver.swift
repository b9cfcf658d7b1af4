internal import LinearAlgebra

/// A way to minimise the objective of a model on a data set.
public protocol Solver: Sendable {
  /// The name that the command line gives it.
  var name: String { get }

  /// The gap, relative to the objective, that it is to reach; for solvers that do not ask, one to judge their result by.
  var tolerance: Double { get }

  /// All that is set of it besides the name.
  var settings: [Setting] { get }

  /// Throws where the solver cannot minimise such an objective. By default it takes all.
  func check(_ problem: ProblemOutline) throws(ProblemRefusal)

  /// Whether it would stop by rows that are held out, if asked to. By default it would not.
  func stopsEarly(on problem: ProblemOutline) -> Bool

  /// Whether its run depends on the point that it begins at, in bits or in time. By default it does.
  var usesStart: Bool { get }

  /// Whether ranks can share the rows of its run, see ``Trainer/communicator``. By default each goes over all of them.
  var sharesRows: Bool { get }

  /// Moves `parameters` towards a minimum, until it is there or `monitor` says stop, and says why it ended.
  ///
  /// On return the parameters are finite and the best that were found, also where the reason is
  /// ``StopReason/diverged``.
  ///
  /// - Throws: its refusal, that of `check(_:)`.
  func minimize<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, monitor: Monitor
  ) throws(SolverRefusal) -> Outcome
}

extension Solver {
  public var tolerance: Double { 1e-4 }
  public func check(_ problem: ProblemOutline) throws(ProblemRefusal) {}
  public func stopsEarly(on problem: ProblemOutline) -> Bool { false }
  public var usesStart: Bool { true }
  public var sharesRows: Bool { false }
}

/// How a minimisation ended.
public struct Outcome: Sendable {
  /// Why the solver ended. A fit may say ``StopReason/stalled`` where this is ``StopReason/converged``: see ``Fit/stopReason``.
  public var stopReason: StopReason
  /// The proof that the solver came by, where it did.
  public var certificate: Certificate?
  /// What the solver knows of the parameters that it returns; nil where it would cost a pass to find out.
  public var standing: Standing?
  /// The condition number of the rows, where the solver asked for the coefficients and cannot tell a digit of them.
  public var hopelessCondition: Double?
  /// The mean loss of the parameters on the rows that the solver held out to stop by, where it did.
  public var heldOutLoss: Double?

  /// What else there is to tell, of the rows' condition and of rows held out, is set afterwards.
  public init(_ stopReason: StopReason, certificate: Certificate? = nil, standing: Standing? = nil) {
    (self.stopReason, self.certificate, self.standing) = (stopReason, certificate, standing)
  }
}

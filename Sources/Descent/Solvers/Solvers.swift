/// The solvers that come with the library, by name. A new one is one line here, and a rule of ``Automatic`` where it is to
/// be chosen.
public enum Solvers {
  /// Those that see all rows at each step, made to reach a tolerance.
  private static let makers: [@Sendable (_ tolerance: Double) -> any Solver] = [
    { Newton(tolerance: $0) }, { LBFGS(tolerance: $0) }, { GradientDescent(tolerance: $0) },
    { Direct(tolerance: $0) }, { ProximalNewton(tolerance: $0) }, { AugmentedLagrangian(tolerance: $0) },
    { DualCoordinateAscent(tolerance: $0) }, { InteriorPoint(tolerance: $0) },
  ]

  /// How those move that see a batch of rows at each step, see ``MiniBatch``.
  public static let rules: [any UpdateRule] = [
    SGD(), Momentum(), Momentum(isNesterov: true), AdaGrad(), RMSProp(), Adam(),
    Adam(decouplesPenalty: true),
  ]

  /// Those that see all rows at each step.
  public static func fullBatch(tolerance: Double = 1e-4) -> [any Solver] { makers.map { $0(tolerance) } }

  /// The one of that name among those that see all rows.
  public static func fullBatch(named name: String, tolerance: Double = 1e-4) -> (any Solver)? {
    fullBatch(tolerance: tolerance).first { $0.name == name }
  }
}

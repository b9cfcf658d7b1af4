import Descent

// What the law suites run over: the library's tables, with other settings than the usual ones too. A loss, a penalty, a
// solver or an update rule of these tables is under the laws by its line there.

enum Instances {
  /// Each loss as it is, and with each of its settings smaller and larger.
  static let losses: [any Loss] = Losses.all.flatMap { loss in
    [loss]
      + loss.settings.flatMap { setting in
        [0.4, 2].map { try! Losses.named(loss.name, [Setting(setting.name, $0)]) }
      }
  }

  /// Each penalty, off and on.
  static let penalties = penalties(0) + penalties(0.3)

  /// Each penalty, of a strength about that: where it has several, each has its own.
  static func penalties(_ strength: Double) -> [any Penalty] {
    Penalties.all.flatMap { penalty -> [any Penalty] in
      let settings = penalty.settings.enumerated().map { Setting($1.name, Double($0 + 1) * strength) }
      func made(_ settings: [Setting]) -> [any Penalty] {
        (try? Penalties.named(penalty.name, settings)).map { [$0] } ?? []
      }
      let whole = made(settings)
      let parts = whole.isEmpty ? settings.flatMap { made([$0]) } : whole
      return parts.isEmpty ? [penalty] : parts
    }
  }

  static let updateRules: [any UpdateRule] = [
    GradientDescent(), Momentum(), Momentum(0.8, isNesterov: true), AdaGrad(), AdaGrad.rmsProp(), Adam(),
    Adam(decouplesPenalty: true),
  ]

  /// Solvers that see all rows at each step, made to reach a certified gap: each of the library's, and those that go
  /// another way where a setting says so.
  static func solvers(_ tolerance: Double) -> [any Solver] {
    table(tolerance).map { solver -> any Solver in
      // A row at a time it does not come to the last digits.
      solver is DualCoordinateAscent ? DualCoordinateAscent(tolerance: max(1e-6, tolerance)) : solver
    } + [LBFGS(tolerance: tolerance, isPreconditioned: false)]
  }

  /// The library's.
  private static func table(_ tolerance: Double) -> [any Solver] {
    [
      Newton(tolerance: tolerance), LBFGS(tolerance: tolerance),
      GradientDescentLineSearch(tolerance: tolerance), Direct(tolerance: tolerance),
      ProximalNewton(tolerance: tolerance), AugmentedLagrangian(tolerance: tolerance),
      DualCoordinateAscent(tolerance: tolerance),
    ]
  }

  static let models: [any Model] = [
    LinearModel(inputs: 7, outputs: 4), LinearModel(inputs: 1, outputs: 1),
    LinearModel(inputs: 3, outputs: 100),
    Network(inputs: 6, hidden: [9], outputs: 3), Network(inputs: 4, hidden: [], outputs: 2),
    Network(inputs: 5, hidden: [70], outputs: 4), Network(inputs: 3, hidden: [4, 5, 6], outputs: 2),
    Network(inputs: 5, hidden: [8], outputs: 3, activation: Tanh(), dropout: 0.5),
    Network(inputs: 2, layers: [Affine(3), LeakyReLU(0.1), Affine(4), Sigmoid()]),
  ]
}

import Descent

// What the law suites run over: the library's tables, with other settings than the usual ones too. A loss, a penalty, a
// solver or an update rule of these tables is under the laws by its line there.

enum Instances {
  /// Each loss as it is, and with each of its settings smaller and larger.
  static let losses: [any Loss] = Losses.all.flatMap { loss in
    [loss]
      + loss.settings.flatMap { setting in
        (setting.name == "quantile" ? [0.1, 0.8] : [0.4, 2]).map {
          try! Losses.named(loss.name, [Setting(setting.name, $0)])
        }
      }
  }

  /// Those that come with the library, at no strength and at some, and one that it does not know.
  static let penalties: [any Penalty] = Penalties.all + penalties(0.3)

  static let kinks = penalties.compactMap(\.kinks)
  static let duals = penalties.compactMap(\.dual)

  /// Each penalty, of a strength about that: where it has several, each has its own.
  static func penalties(_ strength: Double) -> [any Penalty] {
    Penalties.all.map { penalty in
      let settings = zip(penalty.settings, [1.0, 2.3, 0.7]).map { Setting($0.name, $1 * strength) }
      guard let made = try? penalty.with(settings) else { fatalError("\(penalty.name) of \(settings)") }
      return made
    } + [GroupLasso(strength)]
  }

  static let updateRules: [any UpdateRule] = Solvers.rules + [Momentum(0.8, isNesterov: true)]

  /// Solvers that see all rows at each step, made to reach a certified gap: each of the library's, and those that go
  /// another way where a setting says so.
  static func solvers(_ tolerance: Double) -> [any Solver] {
    Solvers.fullBatch(tolerance: tolerance).map { solver -> any Solver in
      // A row at a time it does not come to the last digits.
      // Nor do steps that end where sums of products of both signs are rounded.
      solver is DualCoordinateAscent
        ? DualCoordinateAscent(tolerance: max(1e-6, tolerance))
        : solver is InteriorPoint ? InteriorPoint(tolerance: max(1e-9, tolerance)) : solver
    } + [LBFGS(tolerance: tolerance, isPreconditioned: false)]
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

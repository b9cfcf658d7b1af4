import Descent
import LinearAlgebra

// The tables that the law suites run over. A new loss, penalty or update rule is one line here.

enum Instances {
  static let losses: [any Loss] = [
    Softmax(), Hinge(), Hinge(margin: 0.3), SquaredHinge(), SquaredHinge(margin: 2), Logistic(),
    SquaredError(),
    Huber(), Huber(delta: 0.4),
  ]

  /// Those that come with the library, at no strength and at some, and one that it does not know.
  static let penalties: [any Penalty] = Penalties.all + Penalties.all.map(strong) + [GroupLasso(0.8)]

  static let kinks = penalties.compactMap(\.kinks)
  static let duals = penalties.compactMap(\.dual)

  private static func strong(_ penalty: any Penalty) -> any Penalty {
    let strengths = zip(penalty.settings, [0.3, 0.7, 0.2]).map { Setting($0.name, $1) }
    guard let made = try? penalty.with(strengths) else { fatalError("\(penalty.name) of \(strengths)") }
    return made
  }

  static let updateRules: [any UpdateRule] = [
    SGD(), Momentum(), Momentum(0.8, isNesterov: true), AdaGrad(), RMSProp(), Adam(),
    Adam(decouplesPenalty: true),
  ]

  /// Solvers that see the whole objective, with what they minimise. The tolerance is a certified gap's.
  static let solvers: [SolverCase] = [
    SolverCase {
      LBFGS(tolerance: $0)
    } supports: { loss, _ in
      loss is any CurvedLoss
    },
    SolverCase {
      LBFGS(tolerance: $0, isPreconditioned: false)
    } supports: { loss, _ in
      loss is any CurvedLoss
    },
    SolverCase {
      GradientDescent(tolerance: $0)
    } supports: { loss, l2 in
      // The method's steps grow with the condition.
      loss is any CurvedLoss && l2 > 1e-4 && l2 < 1e3
    },
    SolverCase {
      Newton(tolerance: $0)
    } supports: { loss, l2 in
      // Collinear features make the system singular without l2.
      loss is any CurvedLoss && l2 > 0
    },
    SolverCase {
      Direct(tolerance: $0)
    } supports: { loss, _ in
      loss is SquaredError
    },
  ]

  static let models: [any Model] = [
    LinearModel(inputs: 7, outputs: 4), LinearModel(inputs: 1, outputs: 1),
    LinearModel(inputs: 3, outputs: 100),
    Network(inputs: 6, hidden: [9], outputs: 3), Network(inputs: 4, hidden: [], outputs: 2),
    Network(inputs: 5, hidden: [70], outputs: 4), Network(inputs: 3, hidden: [4, 5, 6], outputs: 2),
    Network(inputs: 5, hidden: [8], outputs: 3, activation: Tanh(), dropout: 0.5),
    Network(inputs: 2, layers: [Affine(3), LeakyReLU(0.1), Affine(4), Sigmoid()]),
  ]
}

/// A full-batch solver for the law suites.
struct SolverCase: Sendable, CustomStringConvertible {
  /// The solver for a tolerance.
  let make: @Sendable (Double) -> any Solver
  /// Whether it minimises a loss with this l2.
  let supports: @Sendable (any Loss, _ l2: Double) -> Bool
  var description: String { make(1e-4).name }

  init(
    _ make: @escaping @Sendable (Double) -> any Solver,
    supports: @escaping @Sendable (any Loss, _ l2: Double) -> Bool
  ) {
    (self.make, self.supports) = (make, supports)
  }
}

/// Small problems of each kind, from a seed.
enum Zoo {
  static func numbers(_ count: Int, seed: UInt64, scale: Double = 1) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Double.random(in: -scale...scale, using: &generator) }
  }

  static func labels(_ count: Int, classes: Int, seed: UInt64) -> [Int32] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Int32.random(in: 0..<Int32(classes), using: &generator) }
  }

  /// Rows about a centre for each class, with noise, so that classes overlap.
  static func classes(rows: Int, features: Int, classes: Int, seed: UInt64, noise: Double = 1) -> Dataset {
    let centres = numbers(classes * features, seed: seed &+ 1)
    let jitter = numbers(rows * features, seed: seed &+ 2, scale: noise)
    let labels = labels(rows, classes: classes, seed: seed &+ 3)
    let x = (0..<rows * features).map { i in
      Float(centres[Int(labels[i / features]) * features + i % features] + jitter[i])
    }
    return Dataset(
      features: DenseStorage(rows: rows, columns: features, elements: x[...]), targets: .labels(labels),
      classNames: (0..<classes).map(String.init))
  }

  /// Targets that suit a loss.
  static func targets(for loss: any Loss, rows: Int, columns: Int, seed: UInt64) -> Targets {
    switch loss.task {
    case .classification:
      .labels(labels(rows, classes: loss.columns(classes: 3) == 1 ? 2 : columns, seed: seed))
    case .regression: .values(numbers(rows * columns, seed: seed, scale: 2)[...], width: columns)
    }
  }
}

/// The loss's value at scores, with its gradient.
func evaluate<Element: KernelScalar>(
  _ loss: any Loss, _ scores: [Element], columns: Int, targets: Targets
) -> (value: Double, gradient: [Element]) {
  var gradient = scores
  var span = gradient.mutableSpan
  let value = loss.evaluate(&span, columns: columns, targets: targets)
  return (value, gradient)
}

public import LinearAlgebra

/// Picks the solver that reaches a certificate soonest for the loss, the penalty and the shape at hand.
public struct Automatic: Solver {
  /// Of the certified gap, relative to the objective.
  public var tolerance: Double
  public var name: String { "auto" }

  public init(tolerance: Double = 1e-4) { self.tolerance = tolerance }

  /// A solver, and why it.
  public struct Choice: Sendable {
    public let solver: any Solver
    public let reason: String
  }

  /// What suits a model of `features` features and `outputs` scores on so many rows, which may be sparse.
  public func choice(
    loss: any Loss, penalty: any Penalty, rows: Int, features: Int, outputs: Int, isLinear: Bool = true,
    isSparse: Bool = false, hasOffsets: Bool = false
  ) -> Choice {
    guard isLinear else {
      // The slopes of numbers' losses have no bound, as those of classes have: the largest rate that momentum bears would
      // depend on the number of units. Measured on a sine, its threefold, prices and 20000 rows of 20 features: 0.01
      // fits best of 0.002 to 0.01, with 128 to 1024 units in one layer or two.
      var batches = MiniBatch.standard()
      if loss.task == .regression { (batches.rule, batches.learningRate) = (Adam(), 0.01) }
      return Choice(
        solver: batches,
        reason: "a network is not convex: steps after small batches find good minima soonest")
    }
    if penalty.elasticNet == nil, loss is any CurvedLoss {
      return Choice(
        solver: GradientDescent(tolerance: tolerance),
        reason:
          "a smooth loss with a penalty of another kind: steps along the gradient, and its proximal operator")
    }
    if loss is SquaredError, penalty.l1 == 0, features <= 4096 {
      return Choice(
        solver: Direct(tolerance: tolerance),
        reason: "the squared error without l1: the optimum in closed form")
    }
    if loss is any CurvedLoss, penalty.l1 == 0, outputs > 40 {
      return Choice(
        solver: LBFGS(tolerance: tolerance),
        reason: "a smooth loss without l1 and many classes: the cheapest steps that know of curvature")
    }
    // Measured on 11000 rows of 42000 features, 20 classes, 0.3 % of the numbers not zero: two thirds of Newton's time.
    if isSparse, loss is Softmax || loss is Logistic, penalty.l1 == 0, penalty.l2 >= 1e-6 {
      return Choice(
        solver: LBFGS(tolerance: tolerance),
        reason: "a smooth loss without l1 on sparse rows: steps of one pass over the nonzeros")
    }
    if isSparse, !hasOffsets, loss is Hinge, penalty.l1 == 0, penalty.l2 > 0 {
      return Choice(
        solver: DualCoordinateAscent(tolerance: tolerance),
        reason: "the hinge with l2 on sparse rows: a step costs one row's nonzeros, and gaps come free")
    }
    // Measured on 60000 images: a fifth less time than Newton's, whose steps are dearer. On few rows, and where
    // the curvature jumps, Newton's are the surer ones.
    if loss is Softmax || loss is Logistic, penalty.l1 == 0, penalty.l2 >= 1e-6, rows >= 20_000 {
      return Choice(
        solver: LBFGS(tolerance: tolerance),
        reason: "a smooth loss without l1 on many rows: steps of one pass, from a sampled Hessian")
    }
    if loss is any CurvedLoss, penalty.l1 == 0 {
      return Choice(
        solver: Newton(tolerance: tolerance),
        reason: "a smooth loss without l1: few Newton steps, each of which proves a bound")
    }
    if loss is any CurvedLoss, penalty.l1 > 0 {
      return Choice(
        solver: ProximalNewton(tolerance: tolerance),
        reason: "a smooth loss with l1: Newton steps on the weights that are not zero")
    }
    if loss is Hinge, penalty.l1 == 0, penalty.l2 > 0 {
      return Choice(
        solver: AugmentedLagrangian(tolerance: tolerance),
        reason: "the hinge with l2: its dual variables prove a bound at every step")
    }
    if loss is Hinge, penalty.l1 > 0 {
      return Choice(
        solver: AugmentedLagrangian(tolerance: tolerance),
        reason:
          "the hinge with l1: Newton steps on the weights that are not zero, and dual variables for a bound")
    }
    return Choice(
      solver: MiniBatch.standard(),
      reason: "no solver that sees the whole objective suits this loss and penalty")
  }

  public func minimize<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, monitor: Monitor
  ) -> Outcome {
    choice(
      loss: objective.loss, penalty: objective.penalty, rows: objective.rows,
      features: objective.model.inputs, outputs: objective.model.outputs,
      isLinear: objective.model is LinearModel, isSparse: objective.isSparse, hasOffsets: objective.hasOffsets
    ).solver.minimize(objective, from: &parameters, seed: seed, monitor: monitor)
  }
}

extension Automatic {
  /// When a solver is the one to choose, and why. The first rule whose test holds decides, of those whose solver does not
  /// refuse the problem: what a solver cannot minimise is for the solver to say.
  struct Rule: Sendable {
    let reason: @Sendable (ProblemOutline) -> String
    let test: @Sendable (ProblemOutline) -> Bool
    /// For a tolerance.
    let solver: @Sendable (Double) -> any Solver

    init(
      _ reason: String, if test: @escaping @Sendable (ProblemOutline) -> Bool = { _ in true },
      use solver: @escaping @Sendable (Double) -> any Solver
    ) {
      self.init(because: { _ in reason }, if: test, use: solver)
    }

    /// With a reason that says what was weighed.
    init(
      because reason: @escaping @Sendable (ProblemOutline) -> String,
      if test: @escaping @Sendable (ProblemOutline) -> Bool,
      use solver: @escaping @Sendable (Double) -> any Solver
    ) {
      (self.reason, self.test, self.solver) = (reason, test, solver)
    }

    static let all: [Rule] = [
      // The slopes of numbers' losses have no bound, as those of classes have: the largest rate that momentum bears would
      // depend on the number of units. Measured on a sine, its threefold, prices and 20000 rows of 20 features: 0.01
      // fits best of 0.002 to 0.01, with 128 to 1024 units in one layer or two.
      Rule("a network is not convex: steps after small batches find good minima soonest") {
        !$0.isLinear && $0.loss.task == .regression
      } use: { _ in
        var batches = MiniBatch.standard(Adam())
        batches.learningRate = 0.01
        return batches
      },
      Rule("a network is not convex: steps after small batches find good minima soonest") {
        !$0.isLinear
      } use: { _ in
        MiniBatch.standard()
      },
      Rule("the squared error without l1: the optimum in closed form") {
        $0.features <= 4096
      } use: {
        Direct(tolerance: $0)
      },
      Rule("a smooth loss without l1 and many classes: the cheapest steps that know of curvature") {
        $0.outputs > 40
      } use: {
        LBFGS(tolerance: $0)
      },
      // Measured on 11000 rows of 42000 features, 20 classes, 0.3 % of the numbers not zero: two thirds of Newton's time.
      Rule("a smooth loss without l1 on sparse rows: steps of one pass over the nonzeros") {
        $0.isSparse == true && $0.curvature == .gradual && $0.l2 >= 1e-6
      } use: {
        LBFGS(tolerance: $0)
      },
      Rule("the pinball loss: a few dozen steps inside its dual's box, each of which proves a bound") {
        $0.loss is Quantile
      } use: {
        InteriorPoint(tolerance: $0)
      },
      Rule("the hinge with l2 on sparse rows: a step costs one row's nonzeros, and gaps come free") {
        $0.isSparse == true && !$0.hasOffsets
      } use: {
        DualCoordinateAscent(tolerance: $0)
      },
      // Measured on 464809 rows of 10 numbers and 44 indicators, 7 classes: a tenth of L-BFGS's passes.
      Rule(because: { SmoothCost($0)?.reason ?? "" }) {
        $0.isSparse != true && $0.curvature == .gradual && $0.rows >= 20_000
          && SmoothCost($0)?.prefersNewton == true
      } use: {
        Newton(tolerance: $0)
      },
      // Measured on 60000 images: a fifth less time than Newton's, whose steps are dearer. On few rows, and where
      // the curvature jumps, Newton's are the surer ones.
      Rule("a smooth loss without l1 on many rows: steps of one pass, from a sampled Hessian") {
        $0.curvature == .gradual && $0.l2 >= 1e-6 && $0.rows >= 20_000
      } use: {
        LBFGS(tolerance: $0)
      },
      Rule("a smooth loss without l1: few Newton steps, the last of which proves a bound") {
        Newton(tolerance: $0)
      },
      Rule("a smooth loss with l1: Newton steps on the weights that are not zero") {
        ProximalNewton(tolerance: $0)
      },
      Rule("the hinge with l2: its dual variables prove a bound at every step") {
        $0.penalty.kinks == nil
      } use: {
        AugmentedLagrangian(tolerance: $0)
      },
      Rule(
        "the hinge with l1: Newton steps on the weights that are not zero, and dual variables for a bound"
      ) {
        AugmentedLagrangian(tolerance: $0)
      },
      Rule("a smooth loss and a smooth penalty of another kind: steps of one pass") {
        $0.isLinear && $0.penalty.kinks == nil && $0.penalty.elasticNet == nil
      } use: {
        LBFGS(tolerance: $0)
      },
      Rule(
        "a smooth loss with a penalty of another kind: steps along the gradient, and its proximal operator"
      ) {
        $0.isLinear
      } use: {
        GradientDescent(tolerance: $0)
      },
    ]
  }
}

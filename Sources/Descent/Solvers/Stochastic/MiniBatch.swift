internal import LinearAlgebra

/// Mini-batch descent: a step of an update rule after each batch of rows, the rows shuffled each epoch.
///
/// The last, short batch of an epoch is kept and weighs as much per row as the others. The kinks of a penalty
/// act through its proximal operator after each step, so that weights become exactly zero.
/// (Robbins and Monro 1951; proximal steps in the metric of the rule: Duchi, Hazan and Singer 2011, eq. 4.)
public struct MiniBatch: CompiledSolver {
  /// How a step moves the parameters against a batch's gradient; the solver has its name.
  public var rule: any UpdateRule
  /// Passes over the rows; more where ``leastSteps`` asks for them.
  public var epochs: Int
  /// Rows a step, 1 or more; the last batch of an epoch may have fewer.
  public var batchSize: Int
  /// Nil is the rule's default, and a quarter of it each time the training diverges.
  public var learningRate: Double?
  /// What the learning rate is multiplied by as the planned epochs go on.
  public var schedule: Schedule
  /// The greatest norm of a step's gradient, penalty included: a longer one is scaled down to it. Nil is no bound.
  public var clipping: Double?
  /// So many steps at least, for few rows make few steps an epoch, and what is learnt depends on steps. The training then
  /// ends before, where its objective no longer falls. Nil makes ``epochs`` epochs, whatever comes of them.
  public var leastSteps: Int?
  public var name: String { rule.name }
  public var sharesRows: Bool { true }

  public func stopsEarly(on problem: ProblemOutline) -> Bool { true }

  /// Traps where `epochs`, `batchSize` or `leastSteps` is below 1, or `clipping` is not above 0. The learning rate is not
  /// checked.
  public init(
    _ rule: any UpdateRule = Momentum(), epochs: Int = 20, batchSize: Int = 128, learningRate: Double? = nil,
    schedule: Schedule = .constant, clipping: Double? = nil,
    leastSteps: Int? = nil
  ) {
    require(leastSteps.map { $0 >= 1 } ?? true, "at least \(leastSteps ?? 0) steps")
    require(clipping.map { $0 > 0 } ?? true, "a gradient clipped to \(clipping ?? 0)")
    require(epochs >= 1 && batchSize >= 1, "\(epochs) epochs of batches of \(batchSize) rows")
    self.rule = rule
    (self.epochs, self.batchSize) = (epochs, batchSize)
    (self.learningRate, self.schedule, self.clipping) = (learningRate, schedule, clipping)
    self.leastSteps = leastSteps
  }

  /// What trains where nothing else is asked for: 30 epochs of batches of 128 rows, or 6000 steps, which is more below
  /// 25600 rows.
  public static func standard(_ rule: any UpdateRule = Momentum()) -> MiniBatch {
    MiniBatch(rule, epochs: 30, schedule: .cosine, leastSteps: 6000)
  }

  /// The epochs planned for so many rows.
  public func epochs(rows: Int) -> Int {
    let steps = max(1, (rows + batchSize - 1) / batchSize)
    return max(epochs, leastSteps.map { ($0 + steps - 1) / steps } ?? 0)
  }

  func run<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, monitor: Monitor
  ) -> Outcome {
    let worst = divergenceThreshold(objective, at: parameters)
    var descent = BatchDescent(
      self, on: objective, from: parameters, worst: worst, seed: seed,
      resuming: monitor.resumedState { $0.fits(self, rows: objective.rows, count: objective.count) })
    let reason = descent.run(monitor)
    var outcome = Outcome(reason)
    if let best = descent.state.validation, !best.parameters.isEmpty {
      (parameters, outcome.heldOutLoss) = (best.parameters, best.loss)
    } else {
      parameters = descent.state.parameters.all
    }
    return outcome
  }

  /// An epoch whose mean objective is so far above the start's has gone astray for good.
  private func divergenceThreshold<Element: KernelScalar>(
    _ objective: DataObjective<Element>, at parameters: [Element]
  ) -> Double {
    1e3 * max(1, objective.meanLoss(at: parameters) + objective.penaltyValue(at: parameters))
  }
}

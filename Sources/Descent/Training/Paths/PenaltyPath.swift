internal import Foundation
internal import LinearAlgebra

/// The models of one recipe under a series of penalties, each of which begins at the one before.
///
/// The data are looked through, scaled and laid out once, and what serves all penalties is computed once.
///
/// ```swift
/// let path = try PenaltyPath(Trainer(loss: SquaredError()), on: data)
/// for point in try path.fit(path.penalties(points: 20)) {
///   print(point.l1, point.nonzeros, point.certificate?.relativeGap ?? .nan)
/// }
/// ```
///
/// The bits of a point follow from the data, the recipe and the penalties of its series alone, whatever the number of threads.
/// Not for use by two threads at once.
public final class PenaltyPath<Element: KernelScalar> {
  /// Its penalty is what a path does not go along, see ``PathDirection``; its time limit is that of each series.
  public let trainer: Trainer
  let data: Dataset
  let objective: DataObjective<Element>
  /// The scaling that brings features to one scale: the objective's may have the penalty's units in it.
  private let spread: Scaling
  let heldOut: DataObjective<Element>?
  private let all: Dataset
  /// Those who share the rows; nil where this process goes over all of them.
  private let ranks: Ranks?

  /// Compiles the objective: some passes over the data.
  ///
  /// - Parameters:
  ///   - trainer: the recipe.
  ///   - data: the rows to learn from.
  ///   - type: the precision of parameters and arithmetic, `Float` or `Double`.
  ///   - heldOut: rows that are not learnt from, whose mean loss each point tells.
  /// - Throws: ``TrainingError`` where no model can be trained from such data, or the model is not linear.
  public init(
    _ trainer: Trainer, on data: Dataset, as type: Element.Type = Float.self,
    measuring heldOut: Dataset? = nil
  ) throws(TrainingError) {
    guard case .linear = trainer.model, trainer.earlyStopping == nil else {
      throw .unsupported("a path is one of linear models, each at its optimum: there is none of a network")
    }
    try trainer.check(data)
    let all = trainer.communicator.map { Ranks($0) }
    if let all { try trainer.agree(on: data, as: type, from: nil as TrainedModel<Element>?, nil, all) }
    let (counting, indices) = trainer.countingRows(of: data)
    try trainer.checkNumbers(counting, at: indices, as: type, among: all)
    (self.trainer, self.data, self.all) = (trainer, counting, data)
    // Points with l1 and points without may be for different solvers.
    var isShared = true
    for net in [ElasticNet(l1: 1, l2: 1), ElasticNet(l1: 0, l2: 1)] {
      var recipe = trainer
      recipe.penalty = net
      if try recipe.unsharedSolver(on: data) != nil { isShared = false }
    }
    ranks = isShared ? all : nil
    (objective, spread) = try trainer.objective(
      counting, as: type, threads: trainer.threads ?? availableCores, among: ranks)
    self.heldOut = heldOut.map { [objective] in trainer.measured($0, as: objective) }
  }

  /// The optimum under each of the penalties, in their order. Falling ones are quickest: each point is near the next.
  ///
  /// - Parameters:
  ///   - penalties: a point each.
  ///   - last: the parameters of a point to begin at, for a series that goes on; nil begins at weights of 0.
  ///   - isInterrupted: asked between steps; true ends the path with the points that are complete.
  ///   - observer: called with each point when it is complete.
  /// - Throws: ``TrainingError`` where the solver refuses a penalty, or a result is not finite.
  public func fit(
    _ penalties: [any Penalty], after last: SparseParameters<Element>? = nil,
    isInterrupted: @escaping () -> Bool = { false }, observer: ((PathPoint<Element>) -> Void)? = nil
  ) throws(TrainingError) -> [PathPoint<Element>] {
    // Of the two precisions, and by that for nothing else: see ``CompiledSolver``.
    if let path = self as? PenaltyPath<Float> {
      let last = last as! SparseParameters<Float>?
      return try path.follow(penalties, after: last, isInterrupted) { observer?($0 as! PathPoint<Element>) }
        as! [PathPoint<Element>]
    }
    let (path, last) = (self as! PenaltyPath<Double>, last as! SparseParameters<Double>?)
    return try path.follow(penalties, after: last, isInterrupted) { observer?($0 as! PathPoint<Element>) }
      as! [PathPoint<Element>]
  }

  private func follow(
    _ penalties: [any Penalty], after last: SparseParameters<Element>?,
    _ isInterrupted: @escaping () -> Bool, _ observer: (PathPoint<Element>) -> Void
  ) throws(TrainingError) -> [PathPoint<Element>] {
    let start = ContinuousClock.now
    let isOver = { [limit = trainer.timeLimit, features = all.features] in
      isInterrupted() || features.failure != nil || limit.map { ContinuousClock.now - start >= $0 } ?? false
    }
    var points: [PathPoint<Element>] = []
    let squares = ranks == nil ? squares(penalties, after: last, isOver) : nil
    // Ranks hear of it with the next sum, and stop at the same step.
    while points.count < penalties.count, ranks != nil || !isOver() {
      if let squares {
        guard let some = squares.next(penalties[points.count...], isOver) else { break }
        for one in some {
          // What it cannot prove others may.
          let proved =
            one.isProved(within: trainer.solver.tolerance)
            ? one : try point(one.penalty, after: one.parameters, isOver)
          guard let proved else { return points }
          points.append(proved)
          observer(proved)
        }
      } else {
        let last = points.last?.parameters ?? last
        guard let point = try point(penalties[points.count], after: last, isOver) else { break }
        points.append(point)
        observer(point)
      }
    }
    if let failure = all.features.failure { throw .lost(failure) }
    return points
  }

  /// All that the points depend on but the penalties along the path: the recipe, and what the data hold. Reads all of them
  /// once.
  public var facts: [TrainingFact] {
    let hash = all.contentHash(alone: trainer.threads == 1, among: ranks)
    return trainer.facts(for: all, as: Element.self, hash: hash)
  }

  /// The model of a point, which takes features as they are in the data.
  public func model(at point: PathPoint<Element>) -> TrainedModel<Element> {
    let recipe = recipe(point.penalty)
    var model = model(point.parameters.dense)
    model.provenance = recipe.provenance(
      as: Element.self, objective: point.objective, loss: point.loss, point.stopReason, point.certificate,
      isProved: point.isProved(within: recipe.solver.tolerance))
    return model
  }

  /// The model whose weights are all 0, with the biases that are best then.
  public var nullModel: TrainedModel<Element> {
    model(objective.parametersForTargets(objective.model.folding(objective.scaling, into: nullParameters)))
  }

  private func model(_ parameters: [Element]) -> TrainedModel<Element> {
    TrainedModel(
      architecture: objective.model, parameters: parameters, columns: ModelColumns(data),
      imageShape: data.imageShape, featureScales: spread.spreads, loss: trainer.loss)
  }

  /// Nil where it was interrupted.
  private func point(
    _ penalty: any Penalty, after last: SparseParameters<Element>?, _ isOver: @escaping () -> Bool
  ) throws(TrainingError) -> PathPoint<Element>? {
    let recipe = recipe(penalty)
    try recipe.checkSolver(data)
    // From the parameters as they are written, so that a path that goes on from a file makes the same bits.
    let start = last.map { objective.parameters(ofWritten: $0.dense) } ?? nullParameters
    let settled = try recipe.settled(objective.model, data, spread, as: Element.self)
    guard settled.scaling == objective.scaling else {
      throw .unsupported(
        "a path keeps the units of its features, and the penalty '\(penalty.name)' asks for others: give its trainer the "
          + "same factors")
    }
    let penalised = DataObjective(objective, penalty: settled.penalty)
    let before = penalised.pass.made
    let fit = try recipe.fit(
      penalised, from: start,
      Monitor(timeLimit: nil, isInterrupted: isOver, observer: nil, checkpoints: nil, ranks: ranks),
      of: data, spread: spread)
    guard fit.stopReason != .interrupted else { return nil }
    try recipe.checkFinite(fit, data)
    return PathPoint(
      penalty: penalty, parameters: SparseParameters(fit.model.parameters), loss: fit.loss,
      penaltyValue: fit.penalty, certificate: fit.certificate, stopReason: fit.stopReason,
      nonzeros: fit.nonzeros, passes: penalised.pass.made - before, seconds: fit.seconds,
      heldOutLoss: heldOut?.meanLoss(at: fit.parameters))
  }

  private func recipe(_ penalty: any Penalty) -> Trainer {
    var recipe = trainer
    recipe.penalty = penalty
    return recipe
  }

  /// Weights of 0, and the biases that are best then.
  var nullParameters: [Element] {
    var parameters = [Element](repeating: 0, count: objective.count)
    guard let model = objective.linearModel else { return parameters }
    for (bias, shift) in zip(model.learntBiases, null.biases) { parameters[bias] = Element(shift) }
    return parameters
  }

  /// The model of weights 0.
  private(set) lazy var null = NullModel(objective)
}

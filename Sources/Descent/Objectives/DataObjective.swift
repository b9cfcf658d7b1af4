internal import LinearAlgebra

/// The objective of a model on a data set: **mean loss over the rows + penalty of the weights**, which is
/// l1·‖W‖₁ + (l2/2)·‖W‖² unless another is set.
///
/// It joins a model, a loss and a penalty, none of which knows the others. A call goes once over all rows,
/// block by block, on all threads. Its bits do not depend on the number of threads.
/// Not for use by two threads at once: it owns the buffers.
public final class DataObjective<Element: KernelScalar>: Objective {
  /// Its ``Model/layout`` is that of the parameters.
  public let model: any Model
  /// The loss of the rows: what there is to be known of targets, weights and offsets.
  let rowLoss: RowLoss
  /// Acts on weights as they are for scaled features, never on biases.
  public let penalty: any Penalty
  /// As they lie, unscaled.
  let features: any FeatureStorage
  let scaling: Scaling
  /// How they came to their scale; nil where they are as in the data.
  let targetScaling: TargetScaling?
  /// Which of the rows each rank has; nil where all are for this process.
  let share: RowShare?
  /// Those who go over the rows together; nil where this process is alone with them.
  let ranks: Ranks?
  let layout: ParameterLayout
  let pool: ThreadPool
  let pass: Pass<Element>
  let exactValue: ExactValue
  /// For solvers that stop early.
  let heldOut: HeldOut<Element>?

  /// - Parameters:
  ///   - model: what makes scores of rows.
  ///   - threads: how many share the work.
  ///   - features: the rows, `[rows, features]`.
  ///   - loss: what is minimised of the scores.
  ///   - scaling: what is done to features before the model sees them.
  ///   - penalty: what is paid for the weights.
  ///   - targets: what is learnt, one a row.
  ///   - weights: what each row counts for; 1 where nil.
  ///   - offsets: `[rows, outputs]`, added to the scores.
  public convenience init(
    model: any Model, loss: any Loss, penalty: any Penalty, features: any FeatureStorage,
    scaling: Scaling = .none, targets: Targets, weights: [Double]? = nil, offsets: [Double]? = nil,
    threads: Int
  ) {
    self.init(
      model: model, loss: loss, penalty: penalty, features: features, scaling: scaling, targets: targets,
      weights: weights, offsets: offsets, targetScaling: nil, heldOut: nil, threads: threads)
  }

  init(
    model: any Model, loss: any Loss, penalty: any Penalty, features: any FeatureStorage, scaling: Scaling,
    targets: Targets, weights: [Double]? = nil, offsets: [Double]? = nil, targetScaling: TargetScaling?,
    heldOut: HeldOut<Element>?, threads: Int, ranks: Ranks? = nil
  ) {
    require(features.columns == model.inputs, "\(features.columns) features, a model of \(model.inputs)")
    require(features.rows == targets.rows, "\(features.rows) rows, \(targets.rows) targets")
    rowLoss = RowLoss(loss, targets, columns: model.outputs, weights: weights, offsets: offsets)
    (self.model, self.penalty) = (model, penalty)
    (self.features, self.scaling) = (features, scaling)
    (self.targetScaling, self.heldOut) = (targetScaling, heldOut)
    layout = model.layout
    exactValue = ExactValue()
    pool = ThreadPool(threads: threads)
    self.ranks = ranks
    share = ranks.map { RowShare($0, of: features, model) }
    pass = Pass(model, over: Self.source(features, scaling, share), pool: pool)
  }

  /// The same data, model and penalty under another loss, on the same threads.
  private init(_ other: DataObjective, loss: any Loss) {
    (model, rowLoss, penalty) = (other.model, other.rowLoss.with(loss), other.penalty)
    (features, scaling) = (other.features, other.scaling)
    (layout, pool, pass, share, ranks) = (other.layout, other.pool, other.pass, other.share, other.ranks)
    (targetScaling, heldOut, exactValue) = (nil, nil, ExactValue())
  }

  func with(_ loss: any Loss) -> DataObjective { DataObjective(self, loss: loss) }

  /// The same data, model and loss under another penalty, on the same threads.
  init(_ other: DataObjective, penalty: any Penalty) {
    (model, rowLoss, self.penalty) = (other.model, other.rowLoss, penalty)
    (features, scaling) = (other.features, other.scaling)
    (layout, pool, pass, share, ranks) = (other.layout, other.pool, other.pass, other.share, other.ranks)
    (targetScaling, heldOut, exactValue) = (other.targetScaling, nil, ExactValue())
  }

  /// On the rows at `indices` alone, copied in their stored type.
  private init(_ other: DataObjective, at indices: [Int], counting times: [Double]?) {
    let rows = other.rowLoss.gathered(at: indices)
    (model, rowLoss, penalty) = (other.model, times.map { rows.counting($0) } ?? rows, other.penalty)
    (features, scaling) = (other.features.selecting(indices), other.scaling)
    (layout, pool, exactValue) = (other.layout, other.pool, ExactValue())
    // So few that each rank goes over all of them.
    (targetScaling, heldOut, share, ranks) = (other.targetScaling, nil, nil, nil)
    pass = Pass(model, over: Self.source(features, scaling), pool: pool)
  }

  /// The same of some of the rows, for solving a smaller problem first.
  ///
  /// - Parameter times: what each of them counts for, beside its own weight; nil for once.
  func sampled(at indices: [Int], counting times: [Double]? = nil) -> DataObjective {
    DataObjective(self, at: indices, counting: times)
  }

  private init<Other: KernelScalar>(converting other: DataObjective<Other>) {
    (model, rowLoss, penalty) = (other.model, other.rowLoss, other.penalty)
    (features, scaling) = (other.features, other.scaling)
    (layout, pool, exactValue) = (other.layout, other.pool, other.exactValue)
    (targetScaling, heldOut, share, ranks) = (other.targetScaling, nil, other.share, other.ranks)
    pass = Pass(model, over: Self.source(features, scaling, share), pool: pool)
  }

  /// The same in another precision, on the same threads; it itself where it is in that already.
  func converted<Other: KernelScalar>(to type: Other.Type) -> DataObjective<Other> {
    self as? DataObjective<Other> ?? DataObjective<Other>(converting: self)
  }

  public var count: Int { layout.count }

  /// What the mean over the rows is of, each by its weight.
  public var loss: any Loss { rowLoss.loss }

  /// The scaled rows, for reading a few of them.
  var scaledFeatures: any FeatureStorage {
    if let sparse = features as? SparseStorage { return sparse.scaled(by: scaling) }
    return scaling == .none ? features : ScaledStorage(features, scaling: scaling)
  }

  /// All rows, or those at `indices`, in another precision or in this.
  func source<Other: KernelScalar>(for type: Other.Type, at indices: [Int]? = nil) -> RowSource {
    guard let indices else { return DataObjective<Other>.source(features, scaling, share) }
    if features is SparseStorage { return selection(indices) }
    return RowSource(scaledFeatures, at: indices)
  }

  /// The rows at `indices`, for many passes over few rows: copied in their stored type, but for bytes, which are gathered
  /// block by block.
  func selection(_ indices: [Int]) -> RowSource {
    Self.source(
      features.bytesAtHand ? SelectedStorage(features, at: indices) : features.selecting(indices), scaling)
  }

  /// Scaling is folded into the parameters, so that the data stay as they lie, unless too many bits would
  /// cancel: where a feature's mean is many times its spread, its blocks are scaled as they are read.
  private static func source(
    _ features: any FeatureStorage, _ scaling: Scaling, _ share: RowShare? = nil
  ) -> RowSource {
    if case .each(let shifts, let factors) = scaling, !(features is SparseStorage) {
      let most: Double = Element.self == Float.self ? 16 : 1e6
      let isSafe = zip(shifts, factors).allSatisfy { abs($0 * $1) <= most && $1 < 1e30 }
      if !isSafe { return RowSource(ScaledStorage(features, scaling: scaling), share: share) }
    }
    return RowSource(features, scaling: scaling, share: share)
  }

  /// All rows, those of weight 0 and those that other ranks go over included.
  public var rows: Int { rowLoss.rows }

  /// What the sum of the rows' slopes is multiplied by.
  var scale: Element { rowLoss.scale(as: Element.self) }

  public func value(at parameters: [Element], gradient: inout [Element]) -> Double {
    let loss = meanLoss(at: parameters, gradient: &gradient)
    addPenaltyGradient(at: parameters, to: &gradient)
    return loss + penaltyValue(at: parameters)
  }

  /// The mean loss of the rows and its gradient, without the penalty.
  public func meanLoss(at parameters: [Element], gradient: inout [Element]) -> Double {
    require(parameters.count == count, "\(parameters.count) parameters for \(count)")
    let sum = pass.run(parameters, scale: scale, gradient: &gradient) { [rowLoss] range, scores in
      rowLoss.evaluate(range, &scores)
    }
    return sum / rowLoss.total
  }

  /// The mean loss of the rows alone: half a pass.
  public func meanLoss(at parameters: [Element]) -> Double {
    require(parameters.count == count, "\(parameters.count) parameters for \(count)")
    let sum = pass.forward(parameters) { [rowLoss] range, scores in rowLoss.slopes(range, &scores) }
    return sum / rowLoss.total
  }

  /// The penalty's value.
  public func penaltyValue(at parameters: [Element]) -> Double {
    layout.parts.lazy.filter(\.isPenalised).reduce(0) {
      $0 + penalty.value(parameters.span.extracting($1.range), $1.weightShape)
    }
  }

  /// Adds the gradient of the penalty's smooth part.
  public func addPenaltyGradient(at parameters: [Element], to gradient: inout [Element]) {
    for part in layout.parts where part.isPenalised {
      var all = gradient.mutableSpan
      var share = all._mutatingExtracting(part.range)
      penalty.addGradient(parameters.span.extracting(part.range), part.weightShape, to: &share)
    }
  }

  public var hasKinks: Bool { penalty.kinks != nil }

  public func prox(_ parameters: inout [Element], step: Double) {
    guard let kinks = penalty.kinks else { return }
    for part in layout.parts where part.isPenalised {
      var all = parameters.mutableSpan
      var weights = all._mutatingExtracting(part.range)
      kinks.prox(&weights, part.weightShape, step: step)
    }
  }
}

extension DataObjective {
  /// The parameters whose scores are in the unit that the targets have in the data.
  func parametersForTargets(_ parameters: [Element]) -> [Element] {
    targetScaling.map { model.folding(targets: $0, into: parameters) } ?? parameters
  }

  /// The mean loss and the norm of the gradient: a pass.
  func standing(at parameters: [Element]) -> Standing {
    var gradient = [Element](repeating: 0, count: count)
    let loss = meanLoss(at: parameters, gradient: &gradient)
    addPenaltyGradient(at: parameters, to: &gradient)
    return Standing(loss: loss, gradientNorm: Double(norm2(gradient.span)))
  }

  /// The scores of all rows at `parameters`, `[rows, outputs]`: one way of a pass.
  func scores(of parameters: [Element]) -> RowBuffer<Element> {
    let result = pass.buffer(columns: model.outputs)
    _ = pass.forward(parameters) { range, s in
      result.store(range, s)
      return 0
    }
    return result
  }
}

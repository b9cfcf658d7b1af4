internal import LinearAlgebra

/// What of an objective decides which solvers can minimise it, and which does so soonest. All of it is known before
/// anything is computed.
public struct ProblemOutline: Sendable {
  /// Solvers ask what it conforms to: ``CurvedLoss``, ``HingeLoss``.
  public var loss: any Loss
  /// Solvers ask for its ``Penalty/kinks`` and its ``Penalty/elasticNet``.
  public var penalty: any Penalty
  /// Whether the model is a ``LinearModel``: some solvers take no other.
  public var isLinear: Bool
  /// Those of the data: by them and by the features the costs of solvers are weighed.
  public var rows: Int
  /// The columns of the rows, of sparse ones those without a nonzero too.
  public var features: Int
  /// Scores a row.
  public var outputs: Int
  /// Nil where it is not known: then no solver is refused for it.
  public var isSparse: Bool?
  /// Whether something is added to the scores, row by row.
  public var addsToScores = false
  private var offsets: Bool?
  private var sparse: SparseStorage?
  private var columns: Memo<UsualValues>?

  /// Whether the rows are sparse, and a column of them lies far from 0. Looked at where it is first asked: O(nonzeros).
  public var hasOffsets: Bool {
    get { offsets ?? sparse?.hasOffsets ?? false }
    set { offsets = newValue }
  }

  /// Of the scaled features, which columns mostly hold one value, as indicators do. Looked at where it is first asked:
  /// O(features), and what the scaling takes.
  var usualValues: UsualValues { columns?.value ?? UsualValues(ofFull: features) }

  /// An outline without data: no column is taken to hold mostly one value, and a `hasOffsets` of nil is false.
  public init(
    loss: any Loss, penalty: any Penalty, isLinear: Bool = true, rows: Int = 0, features: Int = 0,
    outputs: Int = 1, isSparse: Bool? = nil, hasOffsets: Bool? = nil
  ) {
    (self.loss, self.penalty, self.isLinear) = (loss, penalty, isLinear)
    (self.rows, self.features, self.outputs) = (rows, features, outputs)
    (self.isSparse, offsets) = (isSparse, hasOffsets)
  }

  /// That of a model of `outputs` scores on such rows. What is done to the features, `scaling`, is asked for where it matters.
  public init(
    _ features: any FeatureStorage, loss: any Loss, penalty: any Penalty, isLinear: Bool, outputs: Int,
    hasIntercept: Bool = true, scaling: @escaping @Sendable () -> Scaling = { .none }
  ) {
    self.init(
      loss: loss, penalty: penalty, isLinear: isLinear, rows: features.rows, features: features.columns,
      outputs: outputs, isSparse: features is SparseStorage)
    sparse = features as? SparseStorage
    columns = Memo {
      UsualValues(of: ScaledStorage(features, scaling: scaling()), isCentred: hasIntercept)
    }
  }
}

extension ProblemOutline {
  /// The loss, of those that have a second derivative.
  public func smoothLoss() throws(ProblemRefusal) -> any CurvedLoss {
    guard let loss = loss as? any CurvedLoss else { throw .kinkedLoss(loss.name) }
    return loss
  }

  /// The loss's; nil where it has no second derivative.
  public var curvature: Curvature? { (try? smoothLoss())?.curvature }

  /// The loss, of those that are a hinge.
  public func hinge() throws(ProblemRefusal) -> any HingeLoss {
    guard let loss = loss as? any HingeLoss else { throw .onlyLinear(with: "the hinge loss") }
    return loss
  }

  /// l1 and l2, of penalties that are l1·‖W‖₁ + (l2/2)·‖W‖².
  public func elasticNet() throws(ProblemRefusal) -> (l1: Double, l2: Double) {
    guard let net = penalty.elasticNet else {
      throw .penalty("knows the penalties l1 and l2, and not \(penalty.name)")
    }
    return net
  }

  /// The strength of ½‖W‖²; 0 too where the penalty is another.
  public var l2: Double { penalty.elasticNet?.l2 ?? 0 }

  /// That nothing is added to the scores.
  public func requireNoOffsets() throws(ProblemRefusal) {
    guard !addsToScores else { throw .rows("takes no offsets of the scores", remedy: "leave them out") }
  }

  /// That the model is linear.
  ///
  /// - Parameter loss: what is said of the loss beside it, as in "the hinge loss"; nil for nothing.
  /// - Throws: ``ProblemRefusal/onlyLinear(with:)`` where it is not.
  public func requireLinear(with loss: String? = nil) throws(ProblemRefusal) {
    guard isLinear else { throw .onlyLinear(with: loss) }
  }

  /// That the loss and the penalty have a gradient everywhere.
  public func requireSmooth() throws(ProblemRefusal) {
    _ = try smoothLoss()
    if penalty.kinks != nil { throw .kinkedPenalty(penalty.elasticNet == nil ? penalty.name : "l1") }
  }
}

extension DataObjective {
  var linearModel: LinearModel? { model as? LinearModel }

  var outline: ProblemOutline {
    var result = ProblemOutline(
      features, loss: loss, penalty: penalty, isLinear: linearModel != nil, outputs: model.outputs,
      hasIntercept: linearModel?.hasIntercept ?? true, scaling: { [scaling] in scaling })
    result.addsToScores = rowLoss.offsets != nil
    return result
  }
}

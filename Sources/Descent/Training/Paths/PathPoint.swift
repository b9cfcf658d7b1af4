internal import LinearAlgebra

/// One point of a ``PenaltyPath``: the model that is best under one penalty, and how good it is known to be.
public struct PathPoint<Element: KernelScalar>: Sendable {
  /// As it was given to the path: the whole of it, with what stays along the path.
  public let penalty: any Penalty
  /// In the units of the data, the scaling folded in, as ``TrainedModel/parameters`` are.
  public let parameters: SparseParameters<Element>
  /// The mean loss over the rows, and the penalty of the weights on scaled features.
  public let loss, penaltyValue: Double
  /// How far the objective can be from the optimum; nil where no proof is known.
  public let certificate: Certificate?
  /// Why the fit of this point ended; what is interrupted becomes no point.
  public let stopReason: StopReason
  /// Weights that are not exactly zero.
  public let nonzeros: Int
  /// Passes over the rows, and the seconds that they took.
  public let passes, seconds: Double
  /// The mean loss on rows that are not learnt from; nil where none are.
  public let heldOutLoss: Double?

  /// Stores what was found: nothing is checked, nor are ``nonzeros`` counted.
  public init(
    penalty: any Penalty, parameters: SparseParameters<Element>, loss: Double, penaltyValue: Double,
    certificate: Certificate?, stopReason: StopReason, nonzeros: Int, passes: Double, seconds: Double,
    heldOutLoss: Double?
  ) {
    (self.penalty, self.parameters, self.loss, self.penaltyValue) = (penalty, parameters, loss, penaltyValue)
    (self.certificate, self.stopReason, self.nonzeros) = (certificate, stopReason, nonzeros)
    (self.passes, self.seconds, self.heldOutLoss) = (passes, seconds, heldOutLoss)
  }

  /// The strength of ‖W‖₁; 0 where the penalty is no elastic net.
  public var l1: Double { penalty.elasticNet?.l1 ?? 0 }
  /// The strength of ½‖W‖²; 0 where the penalty is no elastic net.
  public var l2: Double { penalty.elasticNet?.l2 ?? 0 }

  /// Mean loss plus penalty.
  public var objective: Double { loss + penaltyValue }

  /// Whether the objective is proved to be within the tolerance of the optimum.
  public func isProved(within tolerance: Double) -> Bool {
    certificate.map { $0.relativeGap <= tolerance } ?? false
  }
}

internal import LinearAlgebra

/// One point of a ``PenaltyPath``: the model that is best under one penalty, and how good it is known to be.
public struct PathPoint<Element: KernelScalar>: Sendable {
  public let penalty: any Penalty
  /// In the units of the data, the scaling folded in, as ``TrainedModel/parameters`` are.
  public let parameters: SparseParameters<Element>
  /// The mean loss over the rows, and the penalty of the weights on scaled features.
  public let loss, penaltyValue: Double
  /// How far the objective can be from the optimum; nil where no proof is known.
  public let certificate: Certificate?
  public let stopReason: StopReason
  /// Weights that are not exactly zero.
  public let nonzeros: Int
  /// Passes over the rows, and the seconds that they took.
  public let passes, seconds: Double
  /// The mean loss on rows that are not learnt from; nil where none are.
  public let heldOutLoss: Double?

  public init(
    penalty: any Penalty, parameters: SparseParameters<Element>, loss: Double, penaltyValue: Double,
    certificate: Certificate?, stopReason: StopReason, nonzeros: Int, passes: Double, seconds: Double,
    heldOutLoss: Double?
  ) {
    (self.penalty, self.parameters, self.loss, self.penaltyValue) = (penalty, parameters, loss, penaltyValue)
    (self.certificate, self.stopReason, self.nonzeros) = (certificate, stopReason, nonzeros)
    (self.passes, self.seconds, self.heldOutLoss) = (passes, seconds, heldOutLoss)
  }

  /// The strengths of an elastic net; 0 of any other penalty.
  public var l1: Double { penalty.elasticNet?.l1 ?? 0 }
  public var l2: Double { penalty.elasticNet?.l2 ?? 0 }

  /// Mean loss plus penalty.
  public var objective: Double { loss + penaltyValue }

  /// Whether the objective is proved to be within the tolerance of the optimum.
  public func isProved(within tolerance: Double) -> Bool {
    certificate.map { $0.relativeGap <= tolerance } ?? false
  }
}

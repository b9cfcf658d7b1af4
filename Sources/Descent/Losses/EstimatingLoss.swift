/// What a loss takes the noise of its targets for, where it is the negative logarithm of a likelihood.
public enum Noise: Sendable {
  /// Its variance follows from the mean, as that of classes and counts does.
  case given
  /// Normal, of a variance that the residuals tell.
  case normal
}

/// A loss whose minimiser is an estimate of which is known how far chance moves it: what ``Inference`` asks for.
///
/// Up to constants exp(−ℓ) is the likelihood of a row, and 0 the least of ℓ; or ℓ is no likelihood, but smooth enough that its slopes and curvature tell the spread.
/// (Huber, The behavior of maximum likelihood estimates under nonstandard conditions, Fifth Berkeley Symposium, 1967.)
public protocol EstimatingLoss: CurvedLoss {
  /// Nil where the loss is no likelihood: only the residuals themselves say how far to trust its estimates.
  var noise: Noise? { get }

  /// −log of what the likelihood of a target is besides exp(−ℓ). Not asked of normal noise.
  func logNormaliser(_ target: Double) -> Double
}

extension EstimatingLoss {
  public var noise: Noise? { .given }
  public func logNormaliser(_ target: Double) -> Double { 0 }
}

extension Logistic: EstimatingLoss {}
extension Softmax: EstimatingLoss {}
extension SquaredError: EstimatingLoss { public var noise: Noise? { .normal } }
extension Huber: EstimatingLoss { public var noise: Noise? { nil } }
extension Poisson: EstimatingLoss {
  /// −log p is half the deviance + t − t·log t + log t!
  public func logNormaliser(_ target: Double) -> Double {
    target - xlogx(target) + logGamma(target + 1)
  }
}

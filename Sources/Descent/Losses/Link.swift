internal import Foundation

/// How the score of a model that predicts numbers tells the number.
public enum Link: Sendable {
  /// It is the number.
  case identity
  /// It is the number's natural logarithm: the number is exp(score), and the targets are not below 0.
  case logarithm

  /// The number that a score tells.
  public func number(_ score: Double) -> Double {
    switch self {
    case .identity: score
    case .logarithm: exp(score)
    }
  }
}

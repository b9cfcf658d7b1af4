/// Which strength of a penalty a path goes along.
public enum PathDirection: Sendable, Equatable {
  /// That of ‖W‖₁; l2 stays.
  case l1
  /// That of ½‖W‖²; l1 stays.
  case l2
  /// Both by the same factor: λ·(ratio·‖W‖₁ + (1 − ratio)/2·‖W‖²), where `l1Ratio` is glmnet's alpha.
  case mixture(l1Ratio: Double)

  /// The penalty of a strength.
  ///
  /// - Parameter fixed: what stays of it.
  func penalty(_ strength: Double, beside fixed: (l1: Double, l2: Double)) -> ElasticNet {
    switch self {
    case .l1: ElasticNet(l1: strength, l2: fixed.l2)
    case .l2: ElasticNet(l1: fixed.l1, l2: strength)
    case .mixture(let ratio): ElasticNet(l1: ratio * strength, l2: (1 - ratio) * strength)
    }
  }

  /// By what the steepest slope of the loss at weights of 0 is to be divided for the largest strength that is of interest.
  ///
  /// At that of ‖W‖₁ or of a mixture the last weight becomes zero. Half the squares make none zero: there and where a mixture
  /// has next to no ‖W‖₁ it is the thousandfold, as in glmnet, at which weights are some thousandth of those of a fit
  /// without a penalty. (Friedman, Hastie and Tibshirani, Regularization Paths for Generalized Linear Models via
  /// Coordinate Descent, J. Stat. Softw. 33, 2010, section 2.5.)
  var share: Double {
    switch self {
    case .l1: 1
    case .l2: 1e-3
    case .mixture(let ratio): max(1e-3, ratio)
    }
  }
}

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
  /// - Parameter fixed: what stays of it; of kinds other than the elastic net all but l1 and l2.
  func penalty(_ strength: Double, beside fixed: any Penalty) -> any Penalty {
    let (l1, l2) = fixed.elasticNet ?? (0, 0)
    return switch self {
    case .l1: fixed.with(l1: strength, l2: l2)
    case .l2: fixed.with(l1: l1, l2: strength)
    case .mixture(let ratio): fixed.with(l1: ratio * strength, l2: (1 - ratio) * strength)
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

extension Penalty {
  /// The same kind of penalty with these strengths; of the elastic net's kinds an ``ElasticNet``, which has both.
  func with(l1: Double, l2: Double) -> any Penalty {
    if self is any ElasticNetPenalty || self is NoPenalty { return ElasticNet(l1: l1, l2: l2) }
    let settings = [Setting("l1", l1), Setting("l2", l2)].filter { setting in
      self.settings.contains { $0.name == setting.name }
    }
    return (try? with(settings)) ?? self
  }
}

/// How a trainer scales features.
public enum ScalingChoice: Sendable, Equatable {
  /// 1/255 for the bytes of images, none for sparse rows, standard scaling for all else.
  case automatic
  /// Features as they are: for those that are of one scale already, or whose units the penalty is meant in.
  case none
  /// (x − mean)/σ; for sparse rows x/σ, so that zeros stay zeros; without an intercept x over its root mean square.
  case standard
  /// x times one number
  case factor(Double)

  /// The name that the command line gives it, `factor` for a number.
  public var name: String {
    switch self {
    case .automatic: "auto"
    case .none: "none"
    case .standard: "standard"
    case .factor: "factor"
    }
  }

  /// What is set of it besides the name.
  public var settings: [Setting] {
    if case .factor(let factor) = self { [Setting("factor", factor)] } else { [] }
  }

  /// The choice of that name with such settings.
  public static func named(_ name: String, _ settings: [Setting]) throws(SettingError) -> ScalingChoice {
    let known: [ScalingChoice] = [.automatic, .none, .standard, .factor(1)]
    guard let choice = known.first(where: { $0.name == name }) else { throw .unknownName(name) }
    try settings.check(against: choice.settings, of: name)
    return try settings.positive("factor").map { .factor($0) } ?? choice
  }

  /// Whether features are learnt from in another scale than their own.
  public func changes(_ features: some FeatureStorage) -> Bool {
    switch self {
    case .none: false
    case .factor(let factor): factor != 1
    case .standard: true
    case .automatic: !(features is SparseStorage)
    }
  }

  /// What ``automatic`` comes to for such rows; any other is itself.
  public func settled(for features: some FeatureStorage) -> ScalingChoice {
    guard self == .automatic else { return self }
    return features is SparseStorage ? .none : features.holdsBytes ? .factor(1 / 255) : .standard
  }

  /// The scaling of the rows of `data`.
  public func scaling(for data: Dataset, hasIntercept: Bool = true) -> Scaling {
    switch settled(for: data.features) {
    case .none: .none
    case .factor(let factor): .uniform(factor)
    case .standard, .automatic:
      .standard(of: data.features, weights: data.weights, hasIntercept: hasIntercept)
    }
  }
}

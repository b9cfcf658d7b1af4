/// How a trainer scales features.
public enum ScalingChoice: Sendable, Equatable {
  /// 1/255 for the bytes of images, none for sparse rows, standard scaling for all else.
  case automatic
  case none
  /// (x − mean)/σ; for sparse rows x/σ, so that zeros stay zeros; without an intercept x over its root mean square.
  case standard
  /// x times one number
  case factor(Double)

  /// The scaling of the rows of `data`.
  public func scaling(for data: Dataset, hasIntercept: Bool = true) -> Scaling {
    switch self {
    case .none: .none
    case .factor(let factor): .uniform(factor)
    case .standard: .standard(of: data.features, hasIntercept: hasIntercept)
    case .automatic where data.features is SparseStorage: .none
    case .automatic:
      data.features.holdsBytes
        ? .uniform(1 / 255) : .standard(of: data.features, hasIntercept: hasIntercept)
    }
  }
}

/// How a trainer scales features.
public enum ScalingChoice: Sendable, Equatable {
  /// 1/255 for the bytes of images, standard scaling for all else.
  case automatic
  case none
  /// (x − mean)/σ
  case standard
  /// x times one number
  case factor(Double)

  /// The scaling of the rows of `data`.
  public func scaling(for data: Dataset) -> Scaling {
    switch self {
    case .none: .none
    case .factor(let factor): .uniform(factor)
    case .standard: .standard(of: data.features)
    case .automatic: data.features.holdsBytes ? .uniform(1 / 255) : .standard(of: data.features)
    }
  }
}

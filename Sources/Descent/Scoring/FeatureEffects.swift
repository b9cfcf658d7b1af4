internal import LinearAlgebra

/// What a feature does to one thing that a linear model tells.
public struct FeatureEffect: Sendable, Equatable {
  /// The feature's number, from 0.
  public let feature: Int
  /// What one unit of the feature adds.
  public let weight: Double
  /// The feature's spread among the rows that were trained on: σ, or its root mean square where there is no intercept.
  /// Nil where the features were not scaled by it.
  public let spread: Double?

  /// What one spread of the feature adds.
  public var scaledWeight: Double? { spread.map { weight * $0 } }

  /// By which features are compared: |weight|·spread.
  fileprivate var size: Double { abs(scaledWeight ?? weight) }
}

/// The features that matter most to one thing that a linear model tells: a class, or a number.
public struct FeatureEffects: Sendable, Equatable {
  /// The class, as an index into the model's; nil of a number.
  public let classIndex: Int?
  /// The number, from 0, of those that a regressor predicts.
  public let output: Int
  /// Whether the effects are on ln(p / (1 − p)), so that exp of them multiplies the odds.
  public let areLogOdds: Bool
  /// From the greatest down, without those that do nothing.
  public let effects: [FeatureEffect]
}

extension TrainedModel {
  /// The features that matter most, by |weight|·σ, to each class or number; of two classes to the second against the first.
  /// Nil where the model is not linear.
  ///
  /// ```swift
  /// for effect in model.featureEffects(most: 10)![0].effects { print(model.featureNames[effect.feature], effect.weight) }
  /// ```
  public func featureEffects(most count: Int) -> [FeatureEffects]? {
    guard let weights = templates?.converted(to: Double.self) else { return nil }
    let isOfTwo = classNames.count == 2
    let outputs = isOfTwo ? [weights.rows - 1] : Array(0..<weights.rows)
    return outputs.map { output in
      var numbers = Array(weights[row: output])
      if isOfTwo, weights.rows == 2 { for j in numbers.indices { numbers[j] -= weights[0, j] } }
      var areLogOdds = isOfTwo && givesProbabilities
      switch calibration?.curves[0] {
      case .sigmoid(let slope, _)? where isOfTwo: numbers = numbers.map { slope * $0 }
      case nil: break
      default: areLogOdds = false
      }
      let effects = numbers.enumerated().map { feature, weight in
        FeatureEffect(
          feature: feature, weight: weight, spread: featureScales.isEmpty ? nil : featureScales[feature])
      }
      let order = effects.filter { $0.size > 0 }.sorted { ($1.size, $0.feature) < ($0.size, $1.feature) }
      return FeatureEffects(
        classIndex: isOfTwo ? 1 : classNames.isEmpty ? nil : output, output: output, areLogOdds: areLogOdds,
        effects: Array(order.prefix(count)))
    }
  }
}

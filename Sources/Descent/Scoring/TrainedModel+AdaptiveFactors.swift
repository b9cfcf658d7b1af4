internal import Foundation
internal import LinearAlgebra

extension TrainedModel {
  /// The factors of an adaptive penalty, 1/‖wⱼ‖^power of the weights of each feature over all classes: a second fit keeps
  /// what this model found large, and leaves out more of what it found small. A feature without a weight is kept out.
  ///
  /// ```swift
  /// let first = try Trainer(penalty: L2(1e-3)).fit(data).model
  /// let fit = try Trainer(penalty: FeatureElasticNet(l1: 0.01, factors: first.adaptiveFactors())).fit(data)
  /// ```
  /// The weights are those of features brought to one scale as the model's training did, where each had a scale of its own.
  /// (Zou, The adaptive lasso and its oracle properties, JASA 101, 2006.)
  ///
  /// - Returns: the factors by ``FeatureColumns/namesOfFeatures``. Empty of a model that is not linear.
  public func adaptiveFactors(power: Double = 1) -> [String: Double] {
    guard let linear = architecture as? LinearModel else { return [:] }
    let names = FeatureColumns(
      features: inputs, featureNames: featureNames, table: columns.table, label: columns.label,
      others: columns.others
    ).namesOfFeatures
    let factors = (0..<inputs).map { j in
      let scale = featureScales.isEmpty ? 1 : featureScales[j]
      let squares = (0..<linear.outputs).reduce(0.0) { sum, c in
        let w = scale * Double(parameters[c * inputs + j])
        return sum + w * w
      }
      return (names[j], 1 / pow(squares.squareRoot(), power))
    }
    return Dictionary(factors) { first, _ in first }
  }
}

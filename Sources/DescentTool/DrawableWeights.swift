import Descent
import LinearAlgebra

/// What of a model can be drawn.
extension TrainedModel {
  /// A row a picture, with its name: the templates of a linear model, or the first layer of a network, a row a unit. Of features
  /// that were scaled, the weights are those of the scaled ones, which can be compared.
  var drawableWeights: (weights: Matrix<Double>, names: [String])? {
    if let weights = comparableTemplates { return (weights, outputNames) }
    guard let part = architecture.layout.parts.first(where: { $0.isPenalised }), part.shape.count == 2,
      part.shape[1] == inputs
    else { return nil }
    let numbers = parameters[part.range].enumerated().map { index, weight in
      Double(weight) * (featureScales.isEmpty ? 1 : featureScales[index % inputs])
    }
    return (
      Matrix(rows: part.shape[0], columns: inputs, elements: numbers),
      (1...part.shape[0]).map { "unit \($0)" }
    )
  }

  /// The shape of images that the features are, where the data did not say so: as their names have it.
  var namedShape: ImageShape? { imageShape ?? ImageShape(pixelNames: featureNames) }

  /// The same, or a square where features have no names at all.
  var guessedShape: ImageShape? { namedShape ?? (featureNames.isEmpty ? ImageShape(squareOf: inputs) : nil) }
}

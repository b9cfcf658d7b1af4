internal import LinearAlgebra

/// What a ``TrainedModel`` holds, each as it is named there.
///
/// Never changed: of a model that is, another one is made.
final class ModelParts<Element: KernelScalar>: Sendable {
  let architecture: any Model
  let parameters: [Element]
  let weights: ArraySlice<Element>
  let columns: ModelColumns
  let imageShape: ImageShape?
  let featureScales: [Double]
  let loss: any Loss
  let calibration: Calibration?
  let provenance: Provenance

  init(
    _ architecture: any Model, _ parameters: [Element], _ columns: ModelColumns, _ imageShape: ImageShape?,
    _ featureScales: [Double], _ loss: any Loss, calibration: Calibration?, _ provenance: Provenance
  ) {
    (self.architecture, self.parameters) = (architecture, parameters)
    weights = .aligned(parameters)
    (self.columns, self.imageShape, self.featureScales) = (columns, imageShape, featureScales)
    (self.loss, self.calibration, self.provenance) = (loss, calibration, provenance)
  }

  /// The same with other probabilities, or from elsewhere.
  init(_ other: ModelParts, _ calibration: Calibration?, _ provenance: Provenance) {
    (architecture, parameters, weights) = (other.architecture, other.parameters, other.weights)
    (columns, imageShape, featureScales) = (other.columns, other.imageShape, other.featureScales)
    (loss, self.calibration, self.provenance) = (other.loss, calibration, provenance)
  }
}

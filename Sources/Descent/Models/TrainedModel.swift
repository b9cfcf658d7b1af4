public import LinearAlgebra

/// A model with its parameters: what scores rows. It takes features as they are in the data.
///
/// A value, immutable once made, that any number of threads may use at a time.
public struct TrainedModel<Element: Scalar>: Sendable {
  public let architecture: any Model
  /// The flat parameter vector, laid out as ``Model/layout`` says.
  public let parameters: [Element]
  public let classNames: [String]
  public let featureNames: [String]
  public let imageShape: ImageShape?
  /// The loss it was trained with, by name.
  public let lossName: String
  public let margin: Double
  /// What else is worth knowing, by name: it goes into the model file.
  public var notes: [String: String] = [:]

  public init(
    architecture: any Model, parameters: [Element], classNames: [String], featureNames: [String] = [],
    imageShape: ImageShape? = nil, lossName: String, margin: Double = 1
  ) {
    precondition(
      parameters.count == architecture.layout.count,
      "\(parameters.count) parameters for a model of \(architecture.layout.count)")
    self.architecture = architecture
    self.parameters = parameters
    (self.classNames, self.featureNames, self.imageShape) = (classNames, featureNames, imageShape)
    (self.lossName, self.margin) = (lossName, margin)
  }

  init(architecture: any Model, parameters: [Element], describing data: Dataset, loss: any Loss) {
    self.init(
      architecture: architecture, parameters: parameters, classNames: data.classNames,
      featureNames: data.featureNames, imageShape: data.imageShape, lossName: loss.name,
      margin: (loss as? Hinge)?.margin ?? 1)
  }

  /// Features a row.
  public var inputs: Int { architecture.inputs }

  /// The rows of W, `[outputs, inputs]`: the templates of the classes. Nil where the model is not linear.
  public var templates: Matrix<Element>? {
    guard let linear = architecture as? LinearModel else { return nil }
    return Matrix(rows: linear.outputs, columns: linear.inputs, elements: parameters[linear.weights])
  }

  /// The biases of a linear model, one an output.
  public var biases: [Element]? {
    (architecture as? LinearModel).map { Array(parameters[$0.biases]) }
  }
}

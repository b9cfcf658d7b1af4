public import LinearAlgebra

/// A model with its parameters: what scores rows. It takes features as they are in the data.
///
/// A value, immutable once made, that any number of threads may use at a time.
public struct TrainedModel<Element: KernelScalar>: Sendable {
  /// All of it behind one reference: who holds a model copies that, and not part by part.
  private var parts: ModelParts<Element>

  /// A model of parameters that take features as they are in the data, laid out as the architecture's ``Model/layout`` says.
  /// Traps where their count, the features of the columns, or the number of scales (one a feature, or none) is not the
  /// architecture's. It has no calibration.
  public init(
    architecture: any Model, parameters: [Element], columns: ModelColumns, imageShape: ImageShape? = nil,
    featureScales: [Double] = [], loss: any Loss, provenance: Provenance = Provenance()
  ) {
    require(
      columns.features == architecture.inputs,
      "columns of \(columns.features) features for a model of \(architecture.inputs)")
    require(
      parameters.count == architecture.layout.count,
      "\(parameters.count) parameters for a model of \(architecture.layout.count)")
    require(
      featureScales.isEmpty || featureScales.count == architecture.inputs,
      "\(featureScales.count) scales for \(architecture.inputs) features")
    parts = ModelParts(
      architecture, parameters, columns, imageShape, featureScales, loss, calibration: nil, provenance)
  }

  /// The same of features and classes that have names and nothing else.
  public init(
    architecture: any Model, parameters: [Element], classNames: [String], featureNames: [String] = [],
    imageShape: ImageShape? = nil, featureScales: [Double] = [], loss: any Loss
  ) {
    self.init(
      architecture: architecture, parameters: parameters,
      columns: ModelColumns(
        features: architecture.inputs, featureNames: featureNames, classNames: classNames),
      imageShape: imageShape, featureScales: featureScales, loss: loss)
  }

  /// The same with one of the losses that ``Losses`` names.
  public init(
    architecture: any Model, parameters: [Element], classNames: [String], featureNames: [String] = [],
    imageShape: ImageShape? = nil, featureScales: [Double] = [], lossName: String, margin: Double? = nil
  ) {
    let settings = margin.map { [Setting("margin", $0)] } ?? []
    guard let loss = try? Losses.named(lossName, settings) else {
      preconditionFailure("no loss '\(lossName)' of \(settings.map(\.text))")
    }
    self.init(
      architecture: architecture, parameters: parameters, classNames: classNames, featureNames: featureNames,
      imageShape: imageShape, featureScales: featureScales, loss: loss)
  }

  /// A model that was trained with `parameters` on scaled features of `data`.
  ///
  /// - Parameter spread: the scaling that brings features to one scale; nil where that is `scaling`.
  init(
    architecture: any Model, parameters: [Element], scaling: Scaling, spread: Scaling? = nil,
    trainedOn data: Dataset, loss: any Loss
  ) {
    self.init(
      architecture: architecture, parameters: architecture.folding(scaling, into: parameters),
      columns: ModelColumns(data), imageShape: data.imageShape, featureScales: (spread ?? scaling).spreads,
      loss: loss)
  }

  /// The same in another precision; it itself where it is in that already.
  public func converted<Other: KernelScalar>(to type: Other.Type) -> TrainedModel<Other> {
    if let same = self as? TrainedModel<Other> { return same }
    return TrainedModel<Other>(
      architecture: architecture, parameters: parameters.map { Other($0) }, columns: columns,
      imageShape: imageShape, featureScales: featureScales, loss: loss, provenance: provenance
    ).calibrated(by: calibration)
  }

  /// How features become scores, without the numbers that were learnt: these are ``parameters``.
  public var architecture: any Model { parts.architecture }
  /// The flat parameter vector, laid out as ``Model/layout`` says.
  public var parameters: [Element] { parts.parameters }
  /// The same again, in memory that suits the products.
  var weights: ArraySlice<Element> { parts.weights }
  /// What it takes and gives: the features and classes, and how a table or rows become them.
  public var columns: ModelColumns { parts.columns }
  /// What the features of a row picture, as the training data said; nil where they picture nothing.
  public var imageShape: ImageShape? { parts.imageShape }
  /// The spread of each feature among the training rows, σ of standard scaling, where the features differ in
  /// it: weights times these are comparable. Empty where they do not differ.
  public var featureScales: [Double] { parts.featureScales }
  /// The loss it was trained with, its settings included.
  public var loss: any Loss { parts.loss }

  /// How its scores become probabilities, where that was fitted: see ``calibrated(by:)``.
  public internal(set) var calibration: Calibration? {
    get { parts.calibration }
    set { parts = ModelParts(parts, newValue, provenance) }
  }

  /// Where it came from: it goes into the model file.
  public var provenance: Provenance {
    get { parts.provenance }
    set { parts = ModelParts(parts, calibration, newValue) }
  }

  /// The names of the classes, in the order of their numbers; empty for a regression.
  public var classNames: [String] { columns.classNames }
  /// The names of the features, in their order; empty where they have none.
  public var featureNames: [String] { columns.featureNames }

  /// The loss as model files name it, and as ``Losses`` finds it again.
  public var lossName: String { loss.name }
  /// 1 for losses without one.
  public var margin: Double { loss.margin ?? 1 }

  /// Features a row.
  public var inputs: Int { architecture.inputs }

  /// The rows of W, `[outputs, inputs]`: the templates of the classes. Nil where the model is not linear.
  public var templates: Matrix<Element>? {
    guard let linear = architecture as? LinearModel else { return nil }
    return Matrix(rows: linear.outputs, columns: linear.inputs, elements: parameters[linear.weights])
  }

  /// The templates in units of each feature's spread, `[outputs, inputs]`: comparable from feature to feature.
  public var comparableTemplates: Matrix<Double>? {
    guard var weights = templates?.converted(to: Double.self) else { return nil }
    guard !featureScales.isEmpty else { return weights }
    for c in 0..<weights.rows {
      for j in 0..<weights.columns { weights[c, j] *= featureScales[j] }
    }
    return weights
  }

  /// The biases of a linear model, one an output; zeros where it was fitted without an intercept.
  public var biases: [Element]? {
    (architecture as? LinearModel).map { Array(parameters[$0.biases]) }
  }
}

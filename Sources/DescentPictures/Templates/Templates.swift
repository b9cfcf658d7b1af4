public import Descent
public import LinearAlgebra

/// A linear classifier's weights as a picture: what each class looks for, and what speaks against it.
///
/// Positive weights are red, negative ones blue, zero is light grey, and one scale holds for all classes.
/// Where the features are the pixels of an image, each class gets a tile in that shape; elsewhere each has bars of the
/// features that weigh most.
///
/// ```swift
/// let shape = ImageShape(height: 8, width: 8)
/// let picture = Templates(weights: w, classNames: names, shape: shape)
/// let text = picture.svg()
/// let bytes = try SVGRenderer.png(of: text)
/// ```
///
/// Weights are comparable where the features have the same scale: of a model that was trained on scaled
/// features, draw the weights of those. What is NaN is drawn in a darker grey.
public struct Templates: Sendable {
  /// `[classes, features]`.
  public let weights: Matrix<Double>
  /// One a row, or two of a single row, which goes by the second. Without any, rows go by numbers from 0, a single one
  /// by `weights`.
  public let classNames: [String]
  /// One a column; where there are none, a feature is called by its pixel or by its number from 0.
  public let featureNames: [String]
  /// What the features of a row picture, if they picture anything.
  public let shape: ImageShape?
  let limit: Double?

  /// A picture of weights `[classes, features]`.
  ///
  /// - Parameters:
  ///   - weights: a row a picture, `[classes, features]`.
  ///   - classNames: one a row, or two where a single row tells the second class from the first, or none.
  ///   - featureNames: one a column, or none. They appear in tooltips, and beside bars.
  ///   - shape: the image whose pixels the features are, row after row, the channels of a pixel side by side
  ///     in memory. Each channel is drawn beside the other, as opposed channels would cancel in a mean.
  ///   - limit: the weight drawn in the full colour, finite and above zero, for weights of which a few
  ///     outshine the rest; if nil, the largest weight.
  public init(
    weights: Matrix<Double>, classNames: [String] = [], featureNames: [String] = [], shape: ImageShape? = nil,
    limit: Double? = nil
  ) {
    let (rows, columns) = (weights.rows, weights.columns)
    require(rows > 0 && columns > 0, "a picture of \(rows) classes and \(columns) features")
    require(
      classNames.isEmpty || classNames.count == rows || (rows == 1 && classNames.count == 2),
      "\(rows) rows of weights, \(classNames.count) class names")
    require(
      featureNames.isEmpty || featureNames.count == columns,
      "\(columns) features, \(featureNames.count) names")
    if let shape {
      require(
        shape.height > 0 && shape.width > 0 && shape.channels > 0 && shape.pixels == columns,
        "\(columns) features, an image of \(shape.height) × \(shape.width) × \(shape.channels)")
    }
    if let limit { require(limit > 0 && limit.isFinite, "a scale up to \(limit)") }
    (self.weights, self.classNames, self.featureNames) = (weights, classNames, featureNames)
    (self.shape, self.limit) = (shape, limit)
  }

  /// The picture as a PNG file without a word, for which a font would be needed: ``SVGRenderer`` has those of the system.
  public func wordlessPNG() -> [UInt8] { drawing.wordless() }

  /// The picture as an SVG file. A pointer resting on a weight is told its class, feature and value.
  public func svg() -> String { drawing.svg() }

  private var drawing: Drawing { shape.map(tiles) ?? bars() }

  /// The weight of the full colour.
  public var fullColour: Double { scale.limit }

  var scale: DivergingScale { DivergingScale(of: weights.elements, limit: limit) }
}

extension Templates {
  /// Whether a file that begins with these bytes, a thousand or so, is a picture that was drawn here.
  public static func isOwn(_ front: [UInt8]) -> Bool {
    [PNG.maker, Array(Drawing.maker.utf8)].contains { maker in
      front.indices.contains { front[$0...].starts(with: maker) }
    }
  }
}

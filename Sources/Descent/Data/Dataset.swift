public import LinearAlgebra

/// Rows of features with a target each: what models train on and are measured by.
///
/// Features stay in the type they were stored in, `[rows, features]`, and are converted block by block.
///
/// ```swift
/// let data = Dataset(features: [[0, 1], [1, 0], [1, 1]] as Matrix<Float>, labels: ["no", "yes", "yes"])
/// ```
public struct Dataset: Sendable {
  /// `[rows, columns]`. That ``targets`` are as many rows only the initialiser checks: who sets one of the two sees to it.
  public var features: any FeatureStorage
  /// One a row of ``features``; labels are places in ``classNames``, where these are given.
  public var targets: Targets
  /// The classes' names, in the order of the label numbers; empty where the targets are numbers.
  public var classNames: [String]
  /// The features' names, in the order of the columns; empty where the data names none.
  public var featureNames: [String]
  /// What the features of a row picture, where they picture something.
  public var imageShape: ImageShape?
  /// What each row counts for, wherever rows are summed up: a weight of 0 is the row left out, one of 2 the row twice. Nil
  /// where each counts for 1. What is wrong with the numbers, ``checkRowNumbers()`` says.
  public var weights: [Double]? { didSet { checkCount(weights, "weights") } }
  /// What is added to each row's score, such as the logarithm of an exposure; nil where nothing is. For models of one score
  /// a row. It is no feature, and not a part of the model: who predicts gives it again.
  public var offsets: [Double]? { didSet { checkCount(offsets, "offsets") } }
  /// Which rows belong together, such as those of one person: a number a row. It plays no part in a training, but in what
  /// is held out: see ``Holdout``. Nil where nothing says so.
  public var groups: [Int32]?
  /// Where a table had the targets: models keep it, so that they find them, or pass over them, in other tables.
  public var labelColumn: TableColumn? {
    get { origin.value.labelColumn }
    set { change { $0.labelColumn = newValue } }
  }
  /// The table's columns that are neither features nor targets.
  public var others: OtherColumns {
    get { origin.value.others }
    set { change { $0.others = newValue } }
  }
  /// How a table's columns became the features, where some hold categories or lacked numbers.
  public var table: TableSchema? {
    get { origin.value.table }
    set { change { $0.table = newValue } }
  }
  /// What was said of how its file is read.
  public var reading: FileReading {
    get { origin.value.reading }
    set { change { $0.reading = newValue } }
  }

  private struct Origin: Sendable {
    var labelColumn: TableColumn?
    var others = OtherColumns()
    var table: TableSchema?
    var reading = FileReading()
  }

  private var origin = Boxed(Origin())

  private mutating func change(_ body: (inout Origin) -> Void) {
    var changed = origin.value
    body(&changed)
    origin = Boxed(changed)
  }

  /// Features and targets as they are: nothing is copied, and no label or number looked at.
  ///
  /// Traps where targets, weights or offsets are not as many as the rows, names not as many as the features, or the numbers of
  /// an image not as many as these.
  public init(
    features: any FeatureStorage, targets: Targets, classNames: [String] = [], featureNames: [String] = [],
    imageShape: ImageShape? = nil, weights: [Double]? = nil, offsets: [Double]? = nil
  ) {
    require(targets.rows == features.rows, "\(features.rows) rows of features, \(targets.rows) targets")
    require(
      featureNames.isEmpty || featureNames.count == features.columns,
      "\(features.columns) features, \(featureNames.count) names")
    if let shape = imageShape {
      require(
        shape.pixels == features.columns, "\(features.columns) features, an image has \(shape.pixels) numbers"
      )
    }
    self.features = features
    self.targets = targets
    self.classNames = classNames
    self.featureNames = featureNames
    self.imageShape = imageShape
    (self.weights, self.offsets) = (weights, offsets)
    checkCount(weights, "weights")
    checkCount(offsets, "offsets")
  }

  private func checkCount(_ numbers: [Double]?, _ what: String) {
    require(numbers.map { $0.count == rows } ?? true, "\(rows) rows, \(numbers?.count ?? 0) \(what)")
  }

  /// A data set from a matrix and the name of each row's class. Classes are numbered in the order of
  /// their names: numerically where all are whole numbers, else alphabetically.
  public init<Element: KernelScalar & StoredNumber>(features: Matrix<Element>, labels: [String]) {
    let (targets, names) = Targets.numbering(labels)
    self.init(features: features.storage, targets: targets, classNames: names)
  }

  /// A data set from a matrix and one number a row to regress on.
  public init<Element: KernelScalar & StoredNumber>(features: Matrix<Element>, values: [Double]) {
    self.init(features: features.storage, targets: .values(values))
  }

  /// Those with a weight of 0 are among them.
  public var rows: Int { features.rows }
  /// The features of a row: of a column of categories one a category.
  public var columns: Int { features.columns }
  /// How many ``classNames`` there are: 0 of numbers, and of labels that nobody named.
  public var classes: Int { classNames.count }
}

/// The height, width and channels of an image whose pixels, row after row, are the features: all channels of a pixel
/// together (HWC), or the whole image in one channel after the other (CHW).
public struct ImageShape: Sendable, Equatable, Codable {
  /// Rows of pixels.
  public var height: Int
  /// Pixels of a row.
  public var width: Int
  /// Numbers of a pixel: 1 of grey, 3 of colour.
  public var channels: Int
  /// Whether the channels follow one another.
  public var isPlanar: Bool

  /// By default of grey. Nothing is checked here: ``Dataset`` traps where it is made with other than ``pixels`` features.
  public init(height: Int, width: Int, channels: Int = 1, isPlanar: Bool = false) {
    (self.height, self.width, self.channels, self.isPlanar) = (height, width, channels, isPlanar)
  }

  /// height·width·channels: the numbers of an image, each channel of a pixel being one.
  public var pixels: Int { height * width * channels }

  /// Which feature a channel of a pixel is; pixels are counted row after row.
  public func feature(pixel: Int, channel: Int) -> Int {
    isPlanar ? channel * height * width + pixel : pixel * channels + channel
  }

  /// The pixel and the channel that a feature is.
  public func place(of feature: Int) -> (pixel: Int, channel: Int) {
    isPlanar
      ? (feature % (height * width), feature / (height * width)) : (feature / channels, feature % channels)
  }
}

extension Matrix where Element: StoredNumber {
  /// The matrix as the features of a data set, not copied.
  public var storage: DenseStorage<Element> { DenseStorage(rows: rows, columns: columns, elements: elements) }
}

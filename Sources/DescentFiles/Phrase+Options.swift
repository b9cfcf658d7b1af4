public import Descent

extension Phrase.Option {
  // Of reading: see ``DataOptions``.
  public static let format = Self("format")
  public static let delimiter = Self("delimiter")
  public static let decimal = Self("decimal")
  public static let thousands = Self("thousands")
  public static let skip = Self("skip")
  public static let comment = Self("comment")
  public static let header = Self("header")
  public static let label = Self("label")
  public static let labels = Self("labels")
  public static let noLabels = Self("no-labels")
  public static let ignore = Self("ignore")
  public static let id = Self("id")
  public static let features = Self("features")
  public static let categorical = Self("categorical")
  public static let weight = Self("weight")
  public static let offset = Self("offset")
  public static let exposure = Self("exposure")
  public static let holdoutBy = Self("holdout-by")
  public static let cvBy = Self("cv-by")
  public static let missing = Self("missing")
  public static let missingValues = Self("missing-values")
  public static let zeroBased = Self("zero-based")
  public static let dropExtraFeatures = Self("drop-extra-features")
  public static let keep = Self("keep")
  public static let query = Self("query")

  // Of writing: see ``Conversion`` and ``CheckpointFile``.
  public static let outputFormat = Self("output-format")
  public static let labelsOutput = Self("labels-output")
  public static let type = Self("type")
  public static let checkpoint = Self("checkpoint")
}

public import Descent

extension Phrase.Option {
  // Of reading: see ``DataOptions``.
  /// The file's format, which else its name or first bytes tell: `DataOptions.format`.
  public static let format = Self("format")
  /// What separates the fields of a table: `TableForm.delimiter`.
  public static let delimiter = Self("delimiter")
  /// The decimal mark of a table's numbers, a point or a comma: `TableForm.decimal`.
  public static let decimal = Self("decimal")
  /// What stands between groups of three digits: `TableForm.thousands`.
  public static let thousands = Self("thousands")
  /// How many lines come before a table: `TableForm.skippedLines`.
  public static let skip = Self("skip")
  /// The character that begins comments in a table: `TableForm.comment`.
  public static let comment = Self("comment")
  /// Whether a table's first row names the columns: `DataOptions.header`.
  public static let header = Self("header")
  /// The column of a table's targets, by name or number from 1: `DataOptions.label`.
  public static let label = Self("label")
  /// The file that holds the labels of IDX images or of an array: `DataOptions.labelsPath`.
  public static let labels = Self("labels")
  /// That a table's columns are all features: `DataOptions.label` as `absent`.
  public static let noLabels = Self("no-labels")
  /// Columns that are not read: `ColumnRoles.ignored`.
  public static let ignore = Self("ignore")
  /// The column that tells the rows apart: `ColumnRoles.id`.
  public static let id = Self("id")
  /// The columns that are features, and no others: `ColumnRoles.features`.
  public static let features = Self("features")
  /// The columns that hold categories: `ColumnRoles.categorical` and `ColumnRoles.findsCategories`.
  public static let categorical = Self("categorical")
  /// The column of how much each row counts: `ColumnRoles.weight`.
  public static let weight = Self("weight")
  /// The column of what is added to each row's score: `ColumnRoles.offset`.
  public static let offset = Self("offset")
  /// The column whose logarithm is added to each row's score: `ColumnRoles.exposure`.
  public static let exposure = Self("exposure")
  /// The column of groups that are held out whole: `ColumnRoles.group`, unless folds alone ask for it.
  public static let holdoutBy = Self("holdout-by")
  /// The column of groups that folds keep together: `ColumnRoles.group`, where `holdoutBy` does not ask for it.
  public static let cvBy = Self("cv-by")
  /// What is done about cells without a number: `DataOptions.missing`.
  public static let missing = Self("missing")
  /// More spellings of a missing cell: `DataOptions.missingValues`.
  public static let missingValues = Self("missing-values")
  /// That the indices of LIBSVM rows count from 0: `DataOptions.isZeroBased`.
  public static let zeroBased = Self("zero-based")
  /// That features which the model does not take are left out of LIBSVM rows: `DataOptions.dropsExtraFeatures`.
  public static let dropExtraFeatures = Self("drop-extra-features")
  /// Columns that stand beside the answers as they are in the file: `DataOptions.keeps`.
  public static let keep = Self("keep")
  /// What is read from a database of SQLite, in SQL: `DataOptions.query`.
  public static let query = Self("query")

  // Of writing: see ``Conversion`` and ``CheckpointFile``.
  /// The format that is written, where the output's name does not tell it: `Conversion.format`.
  public static let outputFormat = Self("output-format")
  /// The file that the labels go to beside NPY or IDX: `Conversion.labelsOutput`.
  public static let labelsOutput = Self("labels-output")
  /// The type of numbers that NPY, NPZ and IDX store: `Conversion.numberType`.
  public static let type = Self("type")
  /// The file that keeps the state of a training, which `CheckpointFile` reads.
  public static let checkpoint = Self("checkpoint")
}

public import Descent

/// Which columns of a table are what, as somebody says: by name, or by number from 1.
///
/// ```swift
/// options.roles = ColumnRoles(ignored: ["name", "ticket"], id: "passenger", categorical: ["sex"])
/// ```
///
/// What is said of no column but the targets' makes it a feature. A model remembers all of it: where rows are read for one,
/// ``features`` and ``categorical`` are the model's, and what else is said here comes before what it remembers.
public struct ColumnRoles: Sendable, Equatable {
  /// Columns that are not read.
  public var ignored: [String]
  /// The column that tells the rows apart. It is never a feature, and stands beside the answers.
  public var id: String?
  /// The columns that are features, and no others; all that are nothing else where there are none here.
  public var features: [String]
  /// The features that hold categories: a column of text becomes a feature for each of them.
  public var categorical: [String]
  /// Whether columns of texts that repeat themselves hold categories too; the table is read twice then.
  public var findsCategories = false
  /// How much each row counts: numbers of 0 and more.
  public var weight: String?
  /// What is added to each row's score.
  public var offset: String?
  /// What the offset is the logarithm of, such as the time that a row was seen for: numbers above 0.
  public var exposure: String?
  /// What tells which rows belong together: see `Dataset.groups`. No feature, unless it is one of ``features``.
  public var group: String?
  /// What ``group`` was asked for by.
  public var groupOption = Phrase.Option.holdoutBy

  /// Nothing is checked here: that columns are there, and have one part each, is seen when a table is read.
  public init(
    ignored: [String] = [], id: String? = nil, features: [String] = [], categorical: [String] = [],
    weight: String? = nil, offset: String? = nil, exposure: String? = nil, group: String? = nil
  ) {
    self.group = group
    (self.ignored, self.id, self.features, self.categorical) = (ignored, id, features, categorical)
    (self.weight, self.offset, self.exposure) = (weight, offset, exposure)
  }

  /// What is asked for beside categories, by what option.
  var others: [([String], Phrase.Option)] {
    [
      (ignored, .ignore), (id.map { [$0] } ?? [], .id), (features, .features),
      (weight.map { [$0] } ?? [], .weight),
      (offset.map { [$0] } ?? [], .offset), (exposure.map { [$0] } ?? [], .exposure),
      (group.map { [$0] } ?? [], groupOption),
    ]
  }

  /// What is asked for, by what option.
  var options: [([String], Phrase.Option)] {
    others.filter { $0.1 != .features } + [(features, .features), (categorical, .categorical)]
  }

  /// Those that a model leaves open.
  var open: [String] { ignored + [id, weight, offset, exposure, group].compactMap { $0 } }
  var all: [String] { open + features + categorical }
}

internal import LinearAlgebra

/// How the columns of a table become features, where that takes more than reading numbers: a model trained on
/// the table keeps it, so that other tables become features in the same way.
///
/// A column of text becomes a feature for each of its categories, 1 where the cell holds it and 0 elsewhere
/// (one-hot). A cell of a column of numbers that holds none becomes the column's mean or median, where that is known.
public struct TableSchema: Sendable, Equatable {
  /// A column of features. The column of targets is none.
  public struct Column: Sendable, Equatable {
    /// Nil where the table has no header.
    public var name: String?
    /// Of a column of text, in the order of its features.
    public var categories: [String]?
    /// Of a column of numbers: what takes the place of one that is missing, if the median does not.
    public var mean: Double?
    /// Of a column of numbers: what takes the place of one that is missing, where ``mean`` is nil.
    public var median: Double?
    /// The words by which its cells say 1 and 0, where they do.
    public var truth: TruthWords?
    /// Whether one more feature tells where a number was missing: 1 there, else 0.
    public var isIndicated: Bool

    /// A column of numbers but with `categories`, beside which an indicator makes no feature. Nothing is checked.
    public init(
      name: String? = nil, categories: [String]? = nil, mean: Double? = nil, median: Double? = nil,
      isIndicated: Bool = false, truth: TruthWords? = nil
    ) {
      (self.name, self.categories, self.mean, self.median) = (name, categories, mean, median)
      (self.isIndicated, self.truth) = (isIndicated, truth)
    }

    /// What takes the place of a missing number.
    public var filler: Double? { mean ?? median }

    /// The features that it becomes.
    public var features: Int { categories?.count ?? (isIndicated ? 2 : 1) }

    /// Nil where it has no name itself.
    var featureNames: [String]? {
      name.map { name in
        categories.map { $0.map { "\(name)=\($0)" } } ?? (isIndicated ? [name, "\(name) missing"] : [name])
      }
    }
  }

  /// In the order of the table.
  public var columns: [Column]
  /// What spells a missing cell, besides what always does.
  public var missingValues: [String]
  /// Whether missing cells are filled: numbers where their columns say by what, and categories by none.
  public var fills: Bool

  /// - Parameters:
  ///   - columns: in the order of the table.
  ///   - missingValues: what spells a missing cell, besides what always does.
  ///   - fills: Nil where the columns tell.
  public init(columns: [Column], missingValues: [String] = [], fills: Bool? = nil) {
    (self.columns, self.missingValues) = (columns, missingValues)
    self.fills = fills ?? columns.contains { $0.filler != nil }
  }

  /// How many features all columns become. O(columns)
  public var features: Int { columns.reduce(0) { $0 + $1.features } }

  /// `width` for a column of numbers, and `width missing` where that is a feature; `color=red` for a category; empty where
  /// the table has no header.
  public var featureNames: [String] {
    let names = columns.compactMap(\.featureNames)
    return names.count == columns.count ? names.flatMap { $0 } : []
  }

  /// Whether missing numbers have something to take their place.
  public var hasFillers: Bool { columns.contains { $0.filler != nil } }

  /// Whether it says more than the names of columns of numbers.
  public var isPlain: Bool {
    missingValues.isEmpty && !fills && columns.allSatisfy { $0 == Column(name: $0.name) }
  }
}

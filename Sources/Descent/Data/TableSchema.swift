internal import LinearAlgebra

/// How the columns of a table become features, where that takes more than reading numbers: a model trained on
/// the table keeps it, so that other tables become features in the same way.
///
/// A column of text becomes a feature for each of its categories, 1 where the cell holds it and 0 elsewhere
/// (one-hot). A cell of a column of numbers that holds none becomes the column's mean, where that is known.
public struct TableSchema: Sendable, Equatable, Codable {
  /// A column of features. The column of targets is none.
  public struct Column: Sendable, Equatable, Codable {
    /// Nil where the table has no header.
    public var name: String?
    /// Of a column of text, in the order of its features.
    public var categories: [String]?
    /// Of a column of numbers.
    public var mean: Double?

    public init(name: String? = nil, categories: [String]? = nil, mean: Double? = nil) {
      (self.name, self.categories, self.mean) = (name, categories, mean)
    }

    /// The features that it becomes.
    public var features: Int { categories?.count ?? 1 }
  }

  /// In the order of the table.
  public var columns: [Column]

  public init(columns: [Column]) { self.columns = columns }

  public var features: Int { columns.reduce(0) { $0 + $1.features } }

  /// `width` for a column of numbers, `color=red` for a category; empty where the table has no header.
  public var featureNames: [String] {
    guard columns.allSatisfy({ $0.name != nil }) else { return [] }
    return columns.flatMap { column in
      column.categories.map { $0.map { "\(column.name!)=\($0)" } } ?? [column.name!]
    }
  }

  /// Whether missing numbers have means to take their place.
  public var hasMeans: Bool { columns.contains { $0.mean != nil } }

  /// Whether it says more than the names of columns of numbers.
  public var isPlain: Bool { columns.allSatisfy { $0.categories == nil && $0.mean == nil } }
}

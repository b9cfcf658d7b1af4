/// A column of a table, as a model remembers it: other tables have it by name where they name their columns, else by number.
public struct TableColumn: Sendable, Hashable, Codable {
  /// Nil where the table names no columns.
  public var name: String?
  /// From 1.
  public var number: Int

  /// Nothing is checked: the name is as the header spells it, and numbers count from 1.
  public init(name: String?, number: Int) { (self.name, self.number) = (name, number) }
}

/// The columns of a table that are neither features nor the targets. A model keeps them, so that it passes over them in
/// other tables, or finds there what it asks for beside the features.
public struct OtherColumns: Sendable, Equatable, Codable {
  /// What is not read.
  public var ignored: [TableColumn] = []
  /// What tells the rows apart, and stands beside their answers.
  public var id: TableColumn?
  /// How much each row counts: see ``Dataset/weights``.
  public var weight: TableColumn?
  /// What is added to each row's score, or what that is the logarithm of: see ``Dataset/offsets``.
  public var offset: TableColumn?
  /// Whether ``offset`` is a column of exposures, above 0, whose logarithm is added to the scores.
  public var isExposure = false

  /// None: every column of the table is of features or targets.
  public init() {}

  /// The ignored ones, and then those of ``id``, ``weight`` and ``offset`` that there are.
  public var all: [TableColumn] { ignored + [id, weight, offset].compactMap { $0 } }
}

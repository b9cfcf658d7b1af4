/// A row of named cells that a model cannot take.
public enum RowError: Error, Equatable, CustomStringConvertible {
  /// The model's columns have no names: it takes rows of numbers in their order.
  case noNames
  /// A name in the row that no column of the model has; `known` are those it has.
  case unknownColumn(String, known: [String])
  /// A column that the row lacks, or holds nothing in, and that the model has nothing to put in the place of.
  case missing(column: String)
  /// A cell that is none of the column, as a number where texts are; `wanted` are words for what it takes.
  case wrongKind(column: String, cell: Cell, wanted: String)
  /// NaN, an infinity, or a number that is too large for the model's precision.
  case notFinite(column: String)
  /// A category that the model was not trained on, where such are refused.
  case unknownCategory(column: String, String, known: [String])

  public var description: String {
    switch self {
    case .noNames: "the model's columns have no names: give the features as numbers, in their order"
    case .unknownColumn(let name, let known):
      "the model has no column '\(name)'; it has \(list(known))"
    case .missing(let column):
      "the column '\(column)' is missing, and the model has nothing to put in its place"
    case .wrongKind(let column, let cell, let wanted): "the column '\(column)' holds \(cell), not \(wanted)"
    case .notFinite(let column): "the column '\(column)' holds a number that is not finite"
    case .unknownCategory(let column, let category, let known):
      "the column '\(column)' holds '\(category)', which the model has not seen; it knows \(list(known))"
    }
  }

  /// The first of many names.
  private func list(_ names: [String]) -> String {
    names.prefix(20).map { "'\($0)'" }.joined(separator: ", ") + (names.count > 20 ? ", …" : "")
  }
}

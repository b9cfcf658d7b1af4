internal import Foundation

/// Data or settings that no model can be trained from.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
  case noRows
  case noFeatures
  case oneClass(name: String)
  case nonFinite(row: Int, column: Int, name: String?)
  case targets(TargetError)
  case taskMismatch(loss: String, targets: String, remedy: String)
  case unsupported(String)
  /// Features depend on each other so nearly that rounding decides about the weights.
  case illConditioned(Double)
  /// The checkpoint to go on from is not one of this training.
  case checkpoint(CheckpointError)
  /// The data were lost while the training read them.
  case lost(StorageFailure)

  public var description: String {
    switch self {
    case .noRows: "no rows to train on"
    case .noFeatures: "the rows have no features to train on"
    case .oneClass(let name): "all rows are of one class, '\(name)': a classifier needs two or more"
    case .nonFinite(let row, let column, let name):
      "row \(row), feature \(column)\(name.map { " '\($0)'" } ?? "") is not a finite number; "
        + "remove the row or fill the value in"
    case .targets(let error): error.description
    case .taskMismatch(let loss, let targets, let remedy):
      "the loss '\(loss)' does not learn from \(targets); \(remedy)"
    case .unsupported(let what): what
    case .illConditioned(let number):
      "the features nearly depend on each other: at a condition number of \(Self.rounded(number)) the weights without a "
        + "penalty would be rounding errors; add a little l2, or leave out features that others determine"
    case .checkpoint(let error): "the checkpoint \(error)"
    case .lost(let failure): failure.description
    }
  }

  /// 1.2e+13
  private static func rounded(_ number: Double) -> String { String(format: "%.2g", number) }
}

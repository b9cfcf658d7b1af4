/// Data or settings that no model can be trained from.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
  case noRows
  case noFeatures
  case oneClass(name: String)
  case nonFinite(row: Int, column: Int, name: String?, NonFinite? = nil)
  case targets(TargetError)
  case taskMismatch(loss: String, targets: String, remedy: String)
  case unsupported(String)
  /// The checkpoint to go on from is not one of this training.
  case checkpoint(CheckpointError)
  /// The data were lost while the training read them.
  case lost(StorageFailure)

  public var description: String {
    switch self {
    case .noRows: "no rows to train on"
    case .noFeatures: "the rows have no features to train on"
    case .oneClass(let name): "all rows are of one class, '\(name)': a classifier needs two or more"
    case .nonFinite(let row, let column, let name, let what):
      "row \(row), feature \(column)\(name.map { " '\($0)'" } ?? "") is \(what?.rawValue ?? "not a finite number"); "
        + "remove the row or fill the value in"
    case .targets(let error): error.description
    case .taskMismatch(let loss, let targets, let remedy):
      "the loss '\(loss)' does not learn from \(targets); \(remedy)"
    case .unsupported(let what): what
    case .checkpoint(let error): "the checkpoint \(error)"
    case .lost(let failure): failure.description
    }
  }
}

internal import Foundation

/// Data or settings that no model can be trained from.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
  /// There is no row at all, not even one of weight 0.
  case noRows
  /// The rows have no columns but the targets'.
  case noFeatures
  /// All rows that count are of this class, by its name, or its number where it has none.
  case oneClass(name: String)
  /// The first feature, row after row, that is NaN or infinite, by its row and column from 0; what it is, where that is known.
  case nonFinite(row: Int, column: Int, name: String?, NonFinite? = nil)
  /// A number that the precision cannot hold, scaled as it is.
  case tooLarge(row: Int, column: Int, name: String?, isSingle: Bool)
  /// What came out of a training is not finite.
  case overflow(what: String, remedy: String)
  /// The loss cannot learn from such targets: they are of another kind, or out of range.
  case targets(TargetError)
  /// A weight that is below 0 or not finite, weights that are all 0, or an offset that is not finite or too large.
  case rowNumbers(RowNumberError)
  /// Class weights of classes that there are not, or that are not finite numbers above 0.
  case classWeights(ClassWeightError)
  /// The model to go on from is not one of these data.
  case start(StartError)
  /// The penalty is none for such features, as where it names a column that is not among them.
  case penalty(PenaltyError)
  /// The rows cannot be parted for a cross-validation.
  case folds(FoldError)
  /// The solver does not minimise such an objective.
  case refused(SolverRefusal)
  /// Parts of the recipe that do not go together, or not with such data: the text is the whole message.
  case unsupported(String)
  /// Features depend on each other so nearly that rounding decides about the weights.
  case illConditioned(Double)
  /// The checkpoint to go on from is not one of this training.
  case checkpoint(CheckpointError)
  /// Somebody ended it before there was anything to keep.
  case interrupted
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
    case .tooLarge(let row, let column, let name, let isSingle):
      "row \(row), feature \(column)\(name.map { " '\($0)'" } ?? "") is too large for "
        + (isSingle
          ? "single precision; use double precision or scale the column down"
          : "double precision, scaled as it is; scale the column down")
    case .overflow(let what, let remedy):
      "\(what) of the trained model is not finite, and the model worth nothing; \(remedy)"
    case .targets(let error): error.description
    case .rowNumbers(let error): error.description
    case .classWeights(let error): error.description
    case .start(let error): error.description
    case .penalty(let error): error.description
    case .folds(let error): error.description
    case .refused(let refusal): refusal.description
    case .unsupported(let what): what
    case .illConditioned(let number):
      "the features nearly depend on each other: at a condition number of \(Self.rounded(number)) the weights without a "
        + "penalty would be rounding errors; add a little l2, or leave out features that others determine"
    case .checkpoint(let error): "the checkpoint \(error)"
    case .interrupted: "the training was interrupted"
    case .lost(let failure): failure.description
    }
  }

  /// 1.2e+13
  private static func rounded(_ number: Double) -> String { String(format: "%.2g", number) }
}

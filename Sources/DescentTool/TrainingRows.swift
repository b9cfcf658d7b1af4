import Descent

/// The rows that were read, those to train on and those to measure by.
struct TrainingRows {
  let training: Dataset
  let heldOut: Dataset?
  /// Of all that DATA holds: a hash, and how many.
  let hash: String
  let rows: Int

  init(_ training: Dataset, _ heldOut: Dataset?, of all: Dataset) {
    (self.training, self.heldOut) = (training, heldOut)
    (hash, rows) = (all.contentHash, all.rows)
  }

  /// Above so many numbers, copies of rows are not looked for: it would take as long as a few passes.
  private static let mostNumbers = 1 << 28

  /// A note where rows that are measured by are among those that are trained on; nil where none is, as far as was looked.
  func copies(isTestOfItsOwn: Bool) -> String? {
    guard let heldOut, rows * training.columns <= Self.mostNumbers else { return nil }
    let shared = heldOut.rowsShared(with: training)
    guard shared > 0 else { return nil }
    let remedy =
      isTestOfItsOwn
      ? "leave them out of one"
      : "remove copies, or where a column tells which belong together, say --holdout-by"
    return
      "note: \(shared) of the \(heldOut.rows) rows to measure by are among those trained on, features and target "
      + "alike, so that new rows may do worse; " + remedy
  }
}

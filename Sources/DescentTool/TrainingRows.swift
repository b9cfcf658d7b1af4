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
}

import Descent

/// The rows that were read, those to train on and those to measure by.
struct TrainingRows {
  let training: Dataset
  let heldOut: Dataset?
  /// Which of the rows that were read those held out are; nil where they are other ones.
  let heldOutNumbers: [Int]?
  /// Of all that DATA holds: a hash, and how many.
  let fingerprint: Fingerprint
  let rows: Int

  /// - Parameter threads: Those of the training, nil for one a core.
  init(_ training: Dataset, _ heldOut: Dataset?, numbers: [Int]? = nil, of all: Dataset, threads: Int?) {
    (self.training, self.heldOut, heldOutNumbers) = (training, heldOut, numbers)
    (fingerprint, rows) = (Fingerprint(of: all, isBeside: threads != 1 && RankProcess.isRoot), all.rows)
  }

  /// Beyond so many bytes, which may not be in memory, copies of rows are not looked for.
  private static let mostBytes = 1 << 30

  /// A note where rows that are measured by are among those that are trained on; nil where none is, as far as was looked.
  func copies(_ test: TestArguments) -> String? {
    guard let heldOut, bytes <= Self.mostBytes else { return nil }
    let shared = heldOut.rowsShared(with: training)
    guard shared > 0 else { return nil }
    let remedy =
      test.holdout.option == nil
      ? "leave them out of one"
      : test.holdout.holdoutBy == nil
        ? "remove copies, or where a column tells which belong together, add --holdout-by and its name"
        : "remove copies"
    return
      "note: \(shared) of the \(heldOut.rows) rows to measure by are among those trained on, features and target "
      + "alike, so that new rows may do worse; " + remedy
  }

  /// Of the numbers of all rows, about.
  private var bytes: Int {
    guard let sparse = training.features as? SparseStorage else { return rows * training.features.rowBytes }
    return sparse.nonzeros * 12
  }
}

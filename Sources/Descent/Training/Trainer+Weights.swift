extension Trainer {
  /// The rows that a training learns from: those that count, and what each counts for, its own weight times its class's.
  ///
  /// Of rows with a weight of 0 nothing is seen here: to leave them out is the same as not to have them. Weights have the
  /// mean 1, so that their unit leaves no trace; where all are equal there are none.
  ///
  /// - Parameter data: rows that ``check(_:)`` accepts.
  /// - Returns: the rows, and where they are in `data`; nil where all are there.
  func countingRows(of data: Dataset) -> (data: Dataset, indices: [Int]?) {
    guard data.weights != nil || classWeights != nil else { return (data, nil) }
    var result = data
    if case .labels(let labels) = data.targets, let factors = try? classWeights?.factors(for: data) {
      // Before they are multiplied, so that no product overflows that need not.
      let own = data.weights?.scaledToMean1
      result.weights = labels.enumerated().map { (own?[$0] ?? 1) * factors[Int($1)] }
    }
    var indices: [Int]?
    if let weights = result.weights, weights.contains(0) {
      let kept = weights.indices.filter { weights[$0] > 0 }
      (result, indices) = (result.rows(at: kept), kept)
    }
    let weights = result.weights?.scaledToMean1
    result.weights = weights?.allSatisfy { $0 == weights?[0] } == true ? nil : weights
    return (result, indices)
  }

  /// That the numbers of the rows can be weights and offsets, and offsets those of a model of one score a row.
  func checkRowNumbers(_ data: Dataset) throws(TrainingError) {
    do throws(RowNumberError) { try data.checkRowNumbers() } catch { throw .rowNumbers(error) }
    if let classWeights {
      do throws(ClassWeightError) { _ = try classWeights.factors(for: data) } catch {
        throw .classWeights(error)
      }
    }
    let scores = loss.columns(classes: outputs(of: data))
    guard data.offsets == nil || scores == 1 else {
      throw .unsupported(
        "offsets are added to one score a row, as of numbers or of two classes by the logistic loss: the \(loss.name) loss "
          + "has \(scores) scores here; choose another loss, or leave the offsets out")
    }
  }
}

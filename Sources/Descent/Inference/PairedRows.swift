internal import LinearAlgebra

/// What a model answered to rows, numbered alike for all models that were measured by the same rows: of two classes those of
/// the second first, each class in the rows' order, else as the rows are.
struct PairedRows: Sendable {
  private let rows: any MeasuredRows
  /// The common number of each of `rows`, which are in an order of their own.
  private let numbers: [Int32]
  private let isRight: [Bool]?
  /// What each row counts for, by common number; nil where each counts for 1.
  let weights: [Double]?

  /// Nil where there are no metrics: of several numbers a row, and where a score is not a number.
  init?(_ evaluation: Evaluation) {
    let answers = evaluation.answers
    switch answers.kind {
    case .twoClasses:
      guard let ranking = evaluation.ranking else { return nil }
      rows = ranking
      let (first, second) = (order(answers.positives), order(answers.negatives))
      let count = Int32(first.count)
      numbers = first + second.map { $0 + count }
      let decision = ranking.decision
      isRight = answers.positives.map { $0 > decision } + answers.negatives.map { !($0 > decision) }
      weights = answers.positiveWeights.map { $0 + (answers.negativeWeights ?? []) }
    case .classes:
      let classified = answers.classified
      (rows, numbers) = (classified, (0..<Int32(classified.count)).map { $0 })
      isRight = (0..<classified.count).map(classified.isRight)
      weights = evaluation.weight == nil ? nil : (0..<classified.count).map(classified.weight(of:))
    case .numbers:
      guard let residuals = evaluation.residuals else { return nil }
      (rows, numbers, isRight) = (residuals.prepared, (0..<Int32(residuals.count)).map { $0 }, nil)
      weights = residuals.weights
    case .other: return nil
    }
  }

  var count: Int { numbers.count }

  /// The metrics where each row counts so many times.
  func metrics(_ counts: UnsafeBufferPointer<UInt8>) -> [Metric: Double] {
    numbers.withUnsafeBufferPointer { numbers in
      rows.metrics { i in
        let number = Int(numbers[i])
        return Double(counts[number]) * (weights?[number] ?? 1)
      }
    }
  }

  var metrics: [Metric: Double] { rows.metrics }

  /// On how many rows this model alone is right, and the other one alone; nil of numbers, and where rows have weights.
  func alone(against other: PairedRows) -> (this: Int, other: Int)? {
    guard let isRight, let others = other.isRight, weights == nil else { return nil }
    let pairs = zip(isRight, others)
    return (pairs.count { $0 && !$1 }, pairs.count { !$0 && $1 })
  }
}

/// The places of numbers from the least up.
private func order(_ scores: [Double]) -> [Int32] {
  scores.indices.map { Int32($0) }.sorted { scores[Int($0)] < scores[Int($1)] }
}

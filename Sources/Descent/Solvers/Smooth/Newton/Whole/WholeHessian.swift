internal import LinearAlgebra

/// The exact Hessian of a linear model with few parameters: the mean of Bᵢ ⊗ (xᵢxᵢᵀ) over rows, plus l2·I.
///
/// Bᵢ is the loss's Hessian by the scores of row i. Its entries weigh the products of the row, a pair of classes each; where
/// the loss sees differences of scores only, B has rows that sum to 0, and the pairs of different classes tell all. Summed in
/// Double, about the columns' usual values, so that a table's indicators cost next to nothing (see ``PairSums``): with
/// 10 numbers, 44 indicators and 7 classes a third of what the products would cost otherwise.
struct WholeHessian {
  /// The entries of B of some rows, `[rows, pairs]`.
  typealias Weights = @Sendable (_ rows: Range<Int>, _ weights: inout [Double]) -> Void

  private let features: any FeatureStorage
  let model: LinearModel
  private let pool: ThreadPool
  /// Those who ask for the same; nil where this process is alone, or each has the rows to itself.
  private let ranks: Ranks?
  let columns: UsualValues
  /// Whether pairs of a class with itself are left out.
  private let seesDifferencesOnly: Bool
  let pairs: [(Int, Int)]

  /// Parameters at the most: a factor takes a fraction of a second.
  static let mostParameters = 1024
  /// Rows that the sums of a thread's work keep apart take so much memory, all together.
  private static let mostBytes = 16 << 20

  init(
    _ features: any FeatureStorage, _ model: LinearModel, _ columns: UsualValues, seesDifferencesOnly: Bool,
    pool: ThreadPool, among ranks: Ranks? = nil
  ) {
    (self.features, self.model, self.columns, self.pool) = (features, model, columns, pool)
    self.ranks = ranks
    self.seesDifferencesOnly = seesDifferencesOnly
    pairs = Self.pairs(model.outputs, seesDifferencesOnly: seesDifferencesOnly)
  }

  static func pairs(_ outputs: Int, seesDifferencesOnly: Bool) -> [(Int, Int)] {
    (0..<outputs).flatMap { b in (0..<(seesDifferencesOnly ? b : b + 1)).map { ($0, b) } }
  }

  /// What it costs, in passes over the same rows.
  var passes: Double {
    Self.passes(columns, pairs: pairs.count, features: model.inputs, outputs: model.outputs)
  }

  /// What one costs, in passes over the same rows; a pass makes 4 operations a feature and class.
  static func passes(_ columns: UsualValues, pairs: Int, features: Int, outputs: Int) -> Double {
    let size = Double(columns.full.count + 1)
    let operations = Double(pairs) * size * (2 * size + 6 * columns.exceptions)
    return 1 + operations / Double(4 * max(1, features) * outputs)
  }

  /// Its factor; nil where it is too far from definite.
  ///
  /// - Parameter scale: of the sum over the rows.
  func factor(l2: Double, scale: Double, _ weights: Weights) -> HessianFactor? {
    HessianFactor(
      sums(weights), pairs, model, centre: columns.values, seesDifferencesOnly: seesDifferencesOnly, l2: l2,
      scale: scale)
  }

  /// Cut by the shape of the data alone, so that the bits do not depend on the threads.
  private func sums(_ weights: Weights) -> PairSums {
    let bytes = 8 * PairSums.count(columns, pairs: pairs.count)
    let count = max(1, min(32, max(4, Self.mostBytes / bytes), features.rows / 256))
    let shares = ranks?.shares(of: count) ?? [0..<count]
    let own = shares[ranks?.rank ?? 0]
    let parts = own.map { _ in PairSums(columns, pairs: pairs.count) }
    pool.run(own.count) { [features, pairs] task, _ in
      let (part, sums) = (own.lowerBound + task, parts[task])
      let end = features.rows * (part + 1) / count
      var numbers = [Double](repeating: 0, count: sums.mostRows * features.columns)
      var w = [Double](repeating: 0, count: sums.mostRows * pairs.count)
      for start in stride(from: features.rows * part / count, to: end, by: sums.mostRows) {
        let range = start..<min(start + sums.mostRows, end)
        Self.read(range, of: features, into: &numbers)
        weights(range, &w)
        sums.add(range.count, numbers, weights: w)
      }
    }
    guard let ranks else {
      for part in parts.dropFirst() { parts[0].add(part) }
      return parts[0]
    }
    return sum(parts, of: shares, among: ranks)
  }

  /// The sum goes from rank to rank, each of which adds its parts: in the order that one process has.
  private func sum(_ parts: [PairSums], of shares: [Range<Int>], among ranks: Ranks) -> PairSums {
    let sum = PairSums(columns, pairs: pairs.count)
    var isEmpty = true
    for (rank, share) in shares.enumerated() where !share.isEmpty {
      if rank == ranks.rank {
        for (number, part) in parts.enumerated() {
          if isEmpty, number == 0 { sum.numbers = part.numbers } else { sum.add(part) }
        }
      }
      sum.numbers = ranks.spread(sum.numbers, from: rank)
      isEmpty = false
    }
    return sum
  }

  private static func read(_ range: Range<Int>, of features: any FeatureStorage, into numbers: inout [Double])
  {
    var all = numbers.mutableSpan
    var some = all._mutatingExtracting(0..<range.count * features.columns)
    features.read(range, into: &some)
  }
}

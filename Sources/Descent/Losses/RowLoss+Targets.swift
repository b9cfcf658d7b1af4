internal import LinearAlgebra

// What the targets say without any scores.

extension RowLoss {
  /// The scores, one a column, that a fit starts from: those best for all rows alike, where that is not 0.
  var start: [Double]? { loss.start(for: targets, weights: weights, offsets: offsets) }

  /// The standard deviation of targets that are numbers, less their offsets; 0 for labels, and where all are equal.
  var deviation: Double { ((sumOfSquaredDeviations ?? 0) / total).squareRoot() }

  /// What is a large score: of scores that are the numbers themselves their deviation, of others, which are logarithms, 1.
  func scoreUnit(deviation: Double) -> Double {
    guard case .values = targets, loss.task == .regression, case .identity = loss.link else { return 1 }
    return deviation
  }

  /// Σ w·(t − mean of its column)², with t a target less its offset; nil for labels, and where all are equal.
  var sumOfSquaredDeviations: Double? {
    guard case .values(let values, let width) = targets, rows > 0 else { return nil }
    let first = values.startIndex
    func number(_ i: Int) -> Double { values[first + i] - (offsets?[i] ?? 0) }
    let seen = (0..<values.count).lazy.filter { weight(of: $0 / width) > 0 }
    var means = [Double](repeating: 0, count: width)
    for i in seen { means[i % width] += weight(of: i / width) * number(i) / total }
    // The mean of equal numbers is not always that number.
    var earlier = [Double?](repeating: nil, count: width)
    var isConstant = true
    for i in seen {
      if let earlier = earlier[i % width], earlier != number(i) { isConstant = false }
      earlier[i % width] = number(i)
    }
    if isConstant { return nil }
    let sum = seen.reduce(0.0) { sum, i in
      let deviation = number(i) - means[i % width]
      return sum + weight(of: i / width) * deviation * deviation
    }
    return sum > 0 ? sum : nil
  }
}

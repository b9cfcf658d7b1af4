/// What a model of three classes or more answered to each row, and what was right: 16 bytes a row.
struct ClassifiedRows {
  let classes: Int
  /// Whether the losses are those of probabilities.
  let hasProbabilities: Bool
  private var rows: [Row] = []
  /// What each row counts for; nil where each counts for 1.
  private var weights: [Double]?

  private struct Row {
    let actual: Int32
    /// The class that was answered, or its complement (negative) where the right one is not among the best five.
    let answer: Int32
    /// −ln(probability of the row's class)
    let loss: Double

    var predicted: Int { Int(answer < 0 ? ~answer : answer) }
  }

  /// As many scores as are good enough for ``Metric/topFiveAccuracy``.
  private static var best: Int { 5 }

  init(classes: Int, hasProbabilities: Bool, areWeighed: Bool) {
    (self.classes, self.hasProbabilities) = (classes, hasProbabilities)
    weights = areWeighed ? [] : nil
  }

  /// Whether the answer to a row is its class.
  func isRight(_ row: Int) -> Bool { rows[row].predicted == Int(rows[row].actual) }

  mutating func reserve(_ count: Int) { rows.reserveCapacity(count) }

  /// - Parameter loss: −ln(probability of class `actual`), where there are probabilities.
  mutating func append(actual: Int, predicted: Int, scores: ArraySlice<Double>, loss: Double, weight: Double)
  {
    weights?.append(weight)
    let own = scores.startIndex + actual
    var ahead = 0
    for j in scores.startIndex..<own where scores[j] >= scores[own] { ahead += 1 }
    for j in own + 1..<max(own + 1, scores.endIndex) where scores[j] > scores[own] { ahead += 1 }
    let isAmongBest = ahead < Self.best
    rows.append(
      Row(actual: Int32(actual), answer: isAmongBest ? Int32(predicted) : ~Int32(predicted), loss: loss))
  }
}

extension ClassifiedRows: MeasuredRows {
  var count: Int { rows.count }

  func weight(of row: Int) -> Double { weights?[row] ?? 1 }

  func metrics(weight: (Int) -> Double) -> [Metric: Double] {
    var counts = ClassCounts(classes: classes)
    var (loss, amongBest, total) = (0.0, 0.0, 0.0)
    for (i, row) in rows.enumerated() {
      let weight = weight(i)
      guard weight > 0 else { continue }
      counts.count(actual: Int(row.actual), predicted: row.predicted, weight: weight)
      loss += weight * row.loss
      if row.answer >= 0 { amongBest += weight }
      total += weight
    }
    var values = counts.metrics
    guard total > 0 else { return values }
    if hasProbabilities { values[.logLoss] = loss / total }
    if classes > Self.best { values[.topFiveAccuracy] = amongBest / total }
    return values
  }
}

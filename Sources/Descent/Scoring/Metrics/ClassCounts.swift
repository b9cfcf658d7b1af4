/// Of each class how many rows are of it, were taken for it, and both: rows, or their weights.
struct ClassCounts {
  private(set) var hits: [Double]
  private(set) var predicted: [Double]
  private(set) var actual: [Double]

  init(classes: Int) {
    hits = Array(repeating: 0, count: classes)
    (predicted, actual) = (hits, hits)
  }

  init(_ confusion: Confusion) {
    self.init(classes: confusion.counts.count)
    for (i, row) in confusion.counts.enumerated() {
      for (j, rows) in row.enumerated() where rows > 0 {
        count(actual: i, predicted: j, weight: confusion.sum(i, j))
      }
    }
  }

  mutating func count(actual: Int, predicted: Int, weight: Double) {
    self.actual[actual] += weight
    self.predicted[predicted] += weight
    if actual == predicted { hits[actual] += weight }
  }

  func precision(_ c: Int) -> Double? { ratio(hits[c], predicted[c]) }
  func recall(_ c: Int) -> Double? { ratio(hits[c], actual[c]) }
  func f1(_ c: Int) -> Double? { ratio(2 * hits[c], predicted[c] + actual[c]) }

  /// Accuracy and averages; none where there are no rows.
  var metrics: [Metric: Double] {
    let total = actual.reduce(0, +)
    guard total > 0 else { return [:] }
    let occurring = actual.indices.filter { actual[$0] > 0 || predicted[$0] > 0 }
    func macro(_ value: (Int) -> Double?) -> Double {
      occurring.reduce(0) { $0 + (value($1) ?? 0) } / Double(occurring.count)
    }
    func weighted(_ value: (Int) -> Double?) -> Double {
      occurring.reduce(0) { $0 + actual[$1] * (value($1) ?? 0) } / total
    }
    return [
      .accuracy: hits.reduce(0, +) / total,
      .macroPrecision: macro(precision), .macroRecall: macro(recall), .macroF1: macro(f1),
      .weightedPrecision: weighted(precision), .weightedRecall: weighted(recall), .weightedF1: weighted(f1),
    ]
  }

  private func ratio(_ part: Double, _ whole: Double) -> Double? { whole == 0 ? nil : part / whole }
}

extension Confusion {
  /// Of each class the rows that are of it.
  public var classRows: [Int] { counts.map { $0.reduce(0, +) } }

  /// Of each class what its rows count for.
  var classSums: [Double] { counts.indices.map { sum(ofClass: $0) } }

  /// The classes with rows whose F1 is least, the worst first; of equals those with more rows, then the first.
  public func worstClasses(_ count: Int) -> [Int] {
    // Once each: F1 costs O(classes).
    let (rows, sums) = (classRows, ClassCounts(self))
    let scores = counts.indices.map { sums.f1($0) ?? 0 }
    let order = counts.indices.filter { rows[$0] > 0 }.sorted {
      (scores[$0], -rows[$0], $0) < (scores[$1], -rows[$1], $1)
    }
    return Array(order.prefix(count))
  }
}

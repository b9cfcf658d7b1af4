import Descent

extension Confusion {
  /// Of the rows of a class, the share that was taken for another; 0 where there are none.
  func share(_ actual: Int, _ answer: Int) -> Double {
    let whole = classNames.indices.reduce(0) { $0 + sum(actual, $1) }
    return whole > 0 ? sum(actual, answer) / whole : 0
  }

  /// Which class is taken for which, the most frequent mistakes first.
  var mistakes: [(actual: Int, answer: Int)] {
    let classes = classNames.indices
    return classes.flatMap { actual in
      classes.filter { $0 != actual && counts[actual][$0] > 0 }.map { (actual: actual, answer: $0) }
    }.sorted { sum($0.actual, $0.answer) > sum($1.actual, $1.answer) }
  }
}

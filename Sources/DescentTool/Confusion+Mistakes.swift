import Descent

extension Confusion {
  /// Which class is taken for which, the most frequent mistakes first.
  var mistakes: [(actual: Int, answer: Int)] {
    let classes = classNames.indices
    return classes.flatMap { actual in
      classes.filter { $0 != actual && counts[actual][$0] > 0 }.map { (actual: actual, answer: $0) }
    }.sorted { sum($0.actual, $0.answer) > sum($1.actual, $1.answer) }
  }
}

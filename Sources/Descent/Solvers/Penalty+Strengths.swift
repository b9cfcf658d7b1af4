extension Penalty {
  /// The strengths, for solvers that have refused what is no elastic net.
  var l1: Double { elasticNet?.l1 ?? 0 }
  var l2: Double { elasticNet?.l2 ?? 0 }
}

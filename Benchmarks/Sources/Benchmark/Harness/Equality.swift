/// Two contenders' results that differ by more than the work allows.
struct Inequality: Error, CustomStringConvertible {
  let description: String
}

extension Work {
  /// Runs each contender once and compares the results with the first one's, part by part.
  ///
  /// - Returns: the largest difference, relative to the largest number of the part.
  func checkEquality() throws(Inequality) -> Double {
    guard let first = contenders.first else { return 0 }
    first.run()
    let expected = first.result()
    var worst = 0.0
    for contender in contenders.dropFirst() {
      contender.run()
      let found = contender.result()
      let counts = (found.map(\.count), expected.map(\.count))
      guard counts.0 == counts.1 else {
        throw Inequality(
          description: "\(self): \(contender.way.rawValue) gives \(counts.0) numbers, not \(counts.1)")
      }
      for (part, wanted) in zip(found, expected) {
        worst = max(worst, try compare(part, wanted, contender.way, first.way))
      }
    }
    return worst
  }

  private func compare(
    _ found: [Float], _ expected: [Float], _ way: Contender.Way, _ first: Contender.Way
  ) throws(Inequality) -> Double {
    let largest = expected.reduce(Float.leastNormalMagnitude) { max($0, abs($1)) }
    var worst = 0.0
    for i in found.indices {
      let difference = Double(abs(found[i] - expected[i]) / largest)
      // Written so that a NaN fails too.
      guard difference <= tolerance else {
        throw Inequality(
          description: "\(self): number \(i) is \(found[i]) by \(way.rawValue), \(expected[i]) by "
            + "\(first.rawValue): more than \(tolerance) of \(largest) apart")
      }
      worst = max(worst, difference)
    }
    return worst
  }
}

extension Work: CustomStringConvertible {
  var description: String { "\(name) \(shape.name)" }
}

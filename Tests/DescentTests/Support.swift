import Descent
import LinearAlgebra

/// Rows about a centre for each class, with noise, so that classes overlap. From a seed.
func overlapping(rows: Int, features: Int, classes: Int, seed: UInt64 = 7, noise: Double = 1) -> Dataset {
  var generator = SeededGenerator(seed: seed)
  let centres = (0..<classes * features).map { _ in Double.random(in: -1...1, using: &generator) }
  let labels = (0..<rows).map { _ in Int.random(in: 0..<classes, using: &generator) }
  let x = labels.flatMap { c in
    (0..<features).map { centres[c * features + $0] + Double.random(in: -noise...noise, using: &generator) }
  }
  return Dataset(features: Matrix(rows: rows, columns: features, elements: x), labels: labels.map { "\($0)" })
}

/// Numbers that are a linear function of the features, with noise. From a seed.
func noisyPlane(rows: Int, features: Int, seed: UInt64 = 5) -> Dataset {
  var generator = SeededGenerator(seed: seed)
  let x = (0..<rows * features).map { _ in Double.random(in: -1...1, using: &generator) }
  let y = (0..<rows).map { row in
    (0..<features).reduce(0.3) { $0 + Double($1 + 1) * x[row * features + $1] }
      + Double.random(in: -0.1...0.1, using: &generator)
  }
  return Dataset(features: Matrix(rows: rows, columns: features, elements: x), values: y)
}

let updateRules: [any UpdateRule] = [
  SGD(), Momentum(), Momentum(isNesterov: true), AdaGrad(), RMSProp(), Adam(),
  Adam(decouplesPenalty: true),
]

extension Zip2Sequence where Sequence1.Element == Double, Sequence2.Element == Double {
  /// The greatest difference of two lists, relative to the second's greatest entry.
  var relativeDifference: Double {
    map { abs($0 - $1) }.max()! / map { abs($1) }.max()!
  }
}

extension Targets {
  func requireLabels() throws -> ArraySlice<Int32> {
    guard case .labels(let labels) = self else { throw NotThere(what: "labels") }
    return labels
  }

  func requireValues() throws -> ArraySlice<Double> {
    guard case .values(let values, _) = self else { throw NotThere(what: "numbers") }
    return values
  }
}

/// Of a test's own data.
private struct NotThere: Error {
  let what: String
}

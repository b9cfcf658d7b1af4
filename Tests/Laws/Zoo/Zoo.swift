import Descent
import LinearAlgebra

/// Small problems of each kind: named ones with known optima, and numbers from a seed.
///
/// Each kind is a file here, given by formulas that a program in Tests/References has too. A law takes what it needs.
enum Zoo {
  /// All whose optimum is known.
  static let known = smooth + waves + farTargets + singular + hinges + quantiles

  static func numbers(_ count: Int, seed: UInt64, scale: Double = 1) -> [Double] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Double.random(in: -scale...scale, using: &generator) }
  }

  static func labels(_ count: Int, classes: Int, seed: UInt64) -> [Int32] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Int32.random(in: 0..<Int32(classes), using: &generator) }
  }

  /// Rows about a centre for each class, with noise, so that classes overlap; as numbers, the class and its noise.
  static func classes(rows: Int, features: Int, classes: Int, seed: UInt64, noise: Double = 1) -> Rows {
    let centres = numbers(classes * features, seed: seed &+ 1)
    let jitter = numbers(rows * features, seed: seed &+ 2, scale: noise)
    let labels = labels(rows, classes: classes, seed: seed &+ 3)
    let x = (0..<rows).map { i in
      (0..<features).map { j in
        Double(Float(centres[Int(labels[i]) * features + j] + jitter[i * features + j]))
      }
    }
    return Rows(
      x: x, labels: labels.map { Int($0) }, classes: classes,
      values: zip(x, labels).map { row, label in Double(label) + row[0] + 0.5 * noise * row[features - 1] })
  }

  /// Targets that suit a loss.
  static func targets(for loss: any Loss, rows: Int, columns: Int, seed: UInt64) -> Targets {
    switch loss.task {
    case .classification:
      .labels(labels(rows, classes: loss.columns(classes: 3) == 1 ? 2 : columns, seed: seed))
    case .regression:
      .values(
        numbers(rows * columns, seed: seed, scale: 2).map {
          loss.link == .logarithm ? abs($0).rounded() : $0
        }[...],
        width: columns)
    }
  }
}

/// The loss's value at scores, with its gradient.
func evaluate<Element: KernelScalar>(
  _ loss: any Loss, _ scores: [Element], columns: Int, targets: Targets
) -> (value: Double, gradient: [Element]) {
  var gradient = scores
  var span = gradient.mutableSpan
  let value = loss.evaluate(&span, columns: columns, targets: targets)
  return (value, gradient)
}

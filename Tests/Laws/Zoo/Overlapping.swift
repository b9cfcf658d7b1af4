import Descent

/// Rows for laws that compare a fit with another: what changes nothing must change nothing.
extension Zoo {
  /// Rows of three features with targets that follow them loosely: classes overlap, so that there is an optimum
  /// without a penalty too, and it is one point.
  static let overlapping: Rows = {
    let numbers = Zoo.numbers(90, seed: 21, scale: 2)
    let x = stride(from: 0, to: 90, by: 3).map { Array(numbers[$0..<$0 + 3]) }
    let values = zip(x, Zoo.numbers(30, seed: 22, scale: 1)).map { row, noise in
      row[0] - 0.5 * row[1] + noise
    }
    return Rows(x: x, labels: values.map { Int(abs($0) * 100) }, classes: 3, values: values)
  }()

  /// Those rows for each loss and penalty of the library, with no other optimum known than each other's.
  static let unknown: [Problem] = Instances.penalties(0.02).flatMap { penalty in
    Instances.losses.map { loss in
      Problem(kind: "overlapping", loss: loss, penalty: penalty, rows: overlapping)
    }
  }

  /// Features far from 0 in the mean, so that an intercept would matter, and targets that ask for one.
  static let offset: Rows = {
    let (count, columns) = (60, 4)
    let noise = numbers(count * columns, seed: 11)
    let x = (0..<count).map { i in
      (0..<columns).map { j in
        (i * columns + j) % 9 == 4 ? 0 : noise[i * columns + j] + [1.5, 0, -0.4, 3][j]
      }
    }
    let labels = Zoo.labels(count, classes: 2, seed: 12)
    return Rows(
      x: x, labels: (0..<count).map { x[$0][0] > 2 ? 1 : Int(labels[$0]) }, classes: 2,
      values: (0..<count).map { 3 + x[$0][0] + noise[$0] })
  }()
}

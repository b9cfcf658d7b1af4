import Descent
import LinearAlgebra

/// Rows of features, and what a loss of either task may learn of them.
struct Rows: Sendable {
  var x: [[Double]]
  /// Counted modulo the classes.
  var labels: [Int]
  var classes: Int
  var values: [Double] = []
  var weights: [Double]?
  var offsets: [Double]?
  /// Whether their zeros are left out.
  var isSparse = false

  var count: Int { x.count }
  var columns: Int { x[0].count }

  /// The data set for a loss: a loss with one score has two classes.
  func data(for loss: any Loss) -> Dataset {
    let features: any FeatureStorage = isSparse ? sparseStorage : denseStorage
    guard loss.task == .classification else {
      // Counts of what are numbers elsewhere.
      let values = loss.link == .logarithm ? values.map { (abs($0) + 0.5).rounded(.down) } : values
      return Dataset(features: features, targets: .values(values), weights: weights, offsets: offsets)
    }
    let classes = loss.columns(classes: classes) < classes ? 2 : classes
    return Dataset(
      features: features, targets: .labels(labels.map { Int32($0 % classes) }),
      classNames: (0..<classes).map(String.init), weights: weights, offsets: offsets)
  }

  var denseStorage: DenseStorage<Double> {
    DenseStorage(rows: count, columns: columns, elements: x.flatMap { $0 }[...])
  }

  private var sparseStorage: SparseStorage {
    var (starts, indices, numbers) = ([0], [Int32](), [Double]())
    for row in x {
      for (j, number) in row.enumerated() where number != 0 {
        indices.append(Int32(j))
        numbers.append(number)
      }
      starts.append(indices.count)
    }
    return SparseStorage(columns: columns, starts: starts, indices: indices, values: .double(numbers))
  }
}

extension Rows {
  var sparse: Rows {
    var result = self
    result.isSparse = true
    return result
  }

  func map(_ change: (_ row: Int, _ column: Int, _ x: Double) -> Double) -> Rows {
    mapRows { i, row in row.enumerated().map { change(i, $0.offset, $0.element) } }
  }

  func mapRows(_ change: (_ row: Int, _ x: [Double]) -> [Double]) -> Rows {
    var result = self
    result.x = x.enumerated().map { change($0.offset, $0.element) }
    return result
  }

  func labelled(_ change: (_ row: Int, _ label: Int) -> Int) -> Rows {
    var result = self
    result.labels = labels.enumerated().map { change($0.offset, $0.element) }
    return result
  }

  /// The rows at `indices`, in that order.
  func at(_ indices: some Collection<Int>) -> Rows {
    var result = self
    result.x = indices.map { x[$0] }
    if !labels.isEmpty { result.labels = indices.map { labels[$0] } }
    if !values.isEmpty { result.values = indices.map { values[$0] } }
    result.weights = weights.map { weights in indices.map { weights[$0] } }
    result.offsets = offsets.map { offsets in indices.map { offsets[$0] } }
    return result
  }

  func appending(_ row: [Double], label: Int, value: Double) -> Rows {
    var result = self
    result.x.append(row)
    result.labels.append(label)
    result.values.append(value)
    return result
  }

  /// All rows so many times, one time after the other.
  func times(_ times: Int) -> Rows { at((0..<times * count).map { $0 % count }) }

  /// Each row's negative too, with the opposite target.
  var mirrored: Rows {
    var result = self
    result.x += x.map { $0.map { -$0 } }
    result.labels += labels.map { 1 - $0 }
    result.values += values.map { -$0 }
    return result
  }
}

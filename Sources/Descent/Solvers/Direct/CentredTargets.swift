internal import LinearAlgebra

/// The targets less their means, where there are biases to meet these; labels stand for their indicator vectors.
struct CentredTargets: Sendable {
  let targets: Targets
  let outputs: Int
  /// A target's mean, an output; 0 without biases.
  let means: [Double]

  init(_ targets: Targets, _ model: any Model) {
    (self.targets, outputs) = (targets, model.outputs)
    let outputs = outputs
    guard model.hasIntercept else {
      means = Array(repeating: 0, count: outputs)
      return
    }
    var sums = [Double](repeating: 0, count: outputs)
    switch targets {
    case .labels(let labels): for label in labels { sums[Int(label)] += 1 }
    case .values(let values, _):
      var column = 0
      for value in values {
        sums[column] += value
        column = column + 1 == outputs ? 0 : column + 1
      }
    }
    means = sums.map { $0 / Double(max(1, targets.rows)) }
  }

  /// Fills `buffer`, `[range.count, outputs + 1]`, with the targets of some rows and a 1 each.
  @specialized(where Work == Float)
  @specialized(where Work == Double)
  func read<Work: KernelScalar>(_ range: Range<Int>, into buffer: inout MutableSpan<Work>) {
    let width = outputs + 1
    for i in 0..<range.count {
      for j in 0..<outputs {
        buffer[i * width + j] = Work(targets.share(range.lowerBound + i, j) - means[j])
      }
      buffer[i * width + outputs] = 1
    }
  }
}

extension CentredTargets {
  /// All targets, `[rows, outputs]`.
  func centred<Work: KernelScalar>(as type: Work.Type) -> Matrix<Work> {
    let rows = targets.rows
    var all = [Work](repeating: 0, count: rows * (outputs + 1))
    var span = all.mutableSpan
    read(0..<rows, into: &span)
    var result = Matrix<Work>(rows: rows, columns: outputs)
    for i in 0..<rows { for j in 0..<outputs { result[i, j] = all[i * (outputs + 1) + j] } }
    return result
  }
}

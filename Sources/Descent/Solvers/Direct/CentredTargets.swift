internal import LinearAlgebra

/// The targets less offsets and their means, where there are biases to meet these; labels stand for their indicator vectors.
struct CentredTargets: Sendable {
  private let targets: Targets
  let outputs: Int
  /// A target's mean, an output; 0 without biases.
  let means: [Double]
  /// See ``RowLoss/roots``.
  let roots: [Double]?
  private let offsets: [Double]?

  init(_ rowLoss: RowLoss, _ model: any Model) {
    (targets, outputs, roots, offsets) = (rowLoss.targets, model.outputs, rowLoss.roots, rowLoss.offsets)
    let outputs = outputs
    guard model.hasIntercept else {
      means = Array(repeating: 0, count: outputs)
      return
    }
    var sums = [Double](repeating: 0, count: outputs)
    guard roots == nil, offsets == nil else {
      for row in 0..<targets.rows {
        for j in 0..<outputs {
          let offset = offsets?[row * outputs + j] ?? 0
          sums[j] += rowLoss.weight(of: row) / rowLoss.total * (targets.share(row, j) - offset)
        }
      }
      means = sums
      return
    }
    switch targets {
    case .labels(let labels): for label in labels { sums[Int(label)] += 1 }
    case .values(let values, _):
      var column = 0
      for value in values {
        sums[column] += value
        column = column + 1 == outputs ? 0 : column + 1
      }
    }
    let rows = Double(max(1, targets.rows))
    means = sums.map { $0 / rows }
  }

  /// A row's target less its offset.
  func target(_ row: Int, _ output: Int) -> Double {
    targets.share(row, output) - (offsets?[row * outputs + output] ?? 0)
  }

  /// Fills `buffer`, `[range.count, outputs + 1]`, with the targets of some rows and a 1 each, times their ``roots``.
  @specialized(where Work == Float)
  @specialized(where Work == Double)
  func read<Work: KernelScalar>(_ range: Range<Int>, into buffer: inout MutableSpan<Work>) {
    let width = outputs + 1
    for i in 0..<range.count {
      for j in 0..<outputs {
        buffer[i * width + j] = Work(target(range.lowerBound + i, j) - means[j])
      }
      buffer[i * width + outputs] = 1
    }
    guard let roots else { return }
    for i in 0..<range.count {
      let root = Work(roots[range.lowerBound + i])
      for j in 0..<width { buffer[i * width + j] *= root }
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

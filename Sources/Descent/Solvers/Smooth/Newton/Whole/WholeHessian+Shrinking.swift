internal import LinearAlgebra

extension WholeHessian {
  /// Rows of a kind that say half of what many would.
  private static let half = 30.0

  /// Parameters of a fit to some rows, the weights of rare columns times k/(k + 30), k the rows in which they are not as usual.
  /// The biases make up for it on rows that are.
  func shrunk<Element: KernelScalar>(_ parameters: [Element], on rows: any FeatureStorage) -> [Element] {
    guard hasRareColumns else { return parameters }
    var result = parameters
    for (j, count) in zip(columns.rare, exceptions(in: rows)) {
      let loss = Self.half / (Double(count) + Self.half)
      for c in 0..<model.outputs {
        let taken = loss * Double(parameters[c * model.inputs + j])
        result[c * model.inputs + j] -= Element(taken)
        for bias in model.learntBiases.dropFirst(c).prefix(1) {
          result[bias] += Element(taken * columns.values[j])
        }
      }
    }
    return result
  }

  /// The rows in which each rare column is not as usual.
  private func exceptions(in rows: any FeatureStorage) -> [Int] {
    let (width, atOnce) = (rows.columns, 256)
    var counts = [Int](repeating: 0, count: columns.rare.count)
    for start in stride(from: 0, to: rows.rows, by: atOnce) {
      let range = start..<min(start + atOnce, rows.rows)
      var numbers = [Double](repeating: 0, count: range.count * width)
      var span = numbers.mutableSpan
      rows.read(range, into: &span)
      for i in 0..<range.count {
        for (r, j) in columns.rare.enumerated() where numbers[i * width + j] != columns.values[j] {
          counts[r] += 1
        }
      }
    }
    return counts
  }
}

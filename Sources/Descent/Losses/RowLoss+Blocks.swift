internal import LinearAlgebra

// What is done to a block of rows.

extension RowLoss {
  /// The weighted sum of the losses. Overwrites the scores by what a gradient sums up: weighed slopes.
  func evaluate<Element: KernelScalar>(_ range: Range<Int>, _ scores: inout MutableSpan<Element>) -> Double {
    let sum = slopes(range, &scores)
    weigh(range, &scores)
    return sum
  }

  /// The weighted sum of the losses. Overwrites the scores by each row's own slopes ∇ℓ, for keeping.
  func slopes<Element: KernelScalar>(_ range: Range<Int>, _ scores: inout MutableSpan<Element>) -> Double {
    if let offsets { add(offsets, range, to: &scores) }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: range.count) { buffer in
      var values = buffer.mutableSpan
      loss.evaluate(&scores, columns: columns, targets: targets[range], values: &values)
      weighValues(range, &values)
      return sum(buffer, inLanesOf: Element.self)
    }
  }

  /// slopes ← w·slopes, a row at a time.
  func weigh<Element: KernelScalar>(_ range: Range<Int>, _ slopes: inout MutableSpan<Element>) {
    if let weights { multiplyRows(&slopes, by: weights[range], columns: columns) }
  }

  /// direction ← w·∇²ℓ·direction, a row at a time, by its own slopes.
  func multiplyHessian<Element: KernelScalar>(
    _ range: Range<Int>, _ direction: inout MutableSpan<Element>, slopes: Span<Element>
  ) {
    multiplyOwnHessian(range, &direction, slopes: slopes)
    weigh(range, &direction)
  }

  /// direction ← ∇²ℓ·direction, without weights.
  func multiplyOwnHessian<Element: KernelScalar>(
    _ range: Range<Int>, _ direction: inout MutableSpan<Element>, slopes: Span<Element>
  ) {
    guard let curved else { fatalError("\(loss.name) has no curvature") }
    curved.multiplyHessian(&direction, slopes: slopes, columns: columns, targets: targets[range])
  }

  /// Moves each row's own slopes to where the conjugate is finite.
  func clip(_ range: Range<Int>, _ slopes: inout MutableSpan<Double>) {
    knownDual.clip(&slopes, columns: columns, targets: targets[range])
  }

  /// Σ w·(ℓ*(θ) − ⟨θ, offsets⟩) of each row's own slopes θ: the conjugate of the loss as a function of scores without
  /// offsets.
  func conjugate(_ range: Range<Int>, _ slopes: Span<Double>) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: range.count) { buffer in
      var values = buffer.mutableSpan
      knownDual.conjugate(slopes, columns: columns, targets: targets[range], values: &values)
      if let offsets {
        for row in range {
          let start = (row - range.lowerBound) * columns
          for j in 0..<columns {
            values[row - range.lowerBound] -= slopes[start + j] * offsets[row * columns + j]
          }
        }
      }
      weighValues(range, &values)
      return buffer.reduce(0, +)
    }
  }

  /// sums ← sums + the weighted sum of the rows.
  func addRows(_ range: Range<Int>, _ numbers: Span<Double>, to sums: inout [Double]) {
    numbers.withUnsafeBufferPointer { numbers in
      sums.withUnsafeMutableBufferPointer { sums in
        for row in 0..<range.count {
          let weight = weight(of: range.lowerBound + row)
          for j in 0..<columns { sums[j] += weight * numbers[row * columns + j] }
        }
      }
    }
  }

  /// scores ← scores + offsets − targets, which are numbers.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func takeResiduals<Element: KernelScalar>(_ range: Range<Int>, _ scores: inout MutableSpan<Element>) {
    if let offsets { add(offsets, range, to: &scores) }
    guard case .values(let values, _) = targets[range] else { fatalError("residuals want numbers") }
    let count = scores.count
    for i in 0..<count { scores[i] = Element(Double(scores[i]) - values[values.startIndex + i]) }
  }

  private var knownDual: any DualLoss {
    guard let dual else { fatalError("\(loss.name) has no conjugate") }
    return dual
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  private func add<Element: KernelScalar>(
    _ offsets: [Double], _ range: Range<Int>, to scores: inout MutableSpan<Element>
  ) {
    let first = range.lowerBound * columns
    let count = scores.count
    for i in 0..<count { scores[i] += Element(offsets[first + i]) }
  }

  private func weighValues(_ range: Range<Int>, _ values: inout MutableSpan<Double>) {
    if let weights { multiplyRows(&values, by: weights[range], columns: 1) }
  }

  /// In lanes as the kernels' vectors have them: of rows, or a row at a time where a vector holds one row's columns.
  /// The values are overwritten.
  private func sum<Element>(
    _ values: UnsafeMutableBufferPointer<Double>, inLanesOf type: Element.Type
  ) -> Double {
    let lanes = columns <= 64 ? 64 / MemoryLayout<Element>.size : 1
    for start in stride(from: lanes, to: values.count, by: lanes) {
      for i in start..<min(start + lanes, values.count) { values[i - start] += values[i] }
    }
    var half = lanes / 2
    while half > 0 {
      for lane in 0..<max(0, min(half, values.count - half)) { values[lane] += values[lane + half] }
      half /= 2
    }
    return values.first ?? 0
  }
}

/// Each row times its weight. What is infinite or no number counts for nothing too where its weight is 0.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func multiplyRows<Element: KernelScalar>(
  _ rows: inout MutableSpan<Element>, by weights: ArraySlice<Double>, columns: Int
) {
  var at = 0
  for weight in weights {
    let factor = Element(weight)
    for i in at..<at + columns { rows[i] = weight == 0 ? 0 : factor * rows[i] }
    at += columns
  }
}

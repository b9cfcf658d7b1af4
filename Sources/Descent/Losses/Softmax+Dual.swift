internal import DescentKernels
internal import Foundation
internal import LinearAlgebra

extension Softmax: CurvedLoss {
  public var domain: SlopeDomain { .simplex }
  public var seesDifferencesOnly: Bool { true }
  public var curvature: Curvature { .gradual }
  public var isNeverZero: Bool { true }

  /// (diag p − p·pᵀ)·v with p = slope + target.
  public func multiplyHessian<Element: KernelScalar>(
    _ direction: inout MutableSpan<Element>, slopes: Span<Element>, columns: Int, targets: Targets
  ) {
    checkShape(scores: direction.count, columns: columns, rows: targets.rows)
    switch targets {
    case .labels(let labels): multiply(&direction, slopes, columns, labels)
    case .values(let values, _): multiply(&direction, slopes, columns, values)
    }
  }

  /// To the simplex: negative probabilities become 0 and the others share the rest; where none is
  /// positive, the target itself.
  public func clip(_ slopes: inout MutableSpan<Double>, columns: Int, targets: Targets) {
    checkShape(scores: slopes.count, columns: columns, rows: targets.rows)
    switch targets {
    case .labels(let labels):
      slopes.withUnsafeMutableBufferPointer { clip($0, columns, labels) }
    case .values(let shares, _): clip(&slopes, columns, shares)
    }
  }

  private func clip(
    _ slopes: UnsafeMutableBufferPointer<Double>, _ columns: Int, _ labels: ArraySlice<Int32>
  ) {
    guard var p = slopes.baseAddress else { return }
    for label in labels {
      let y = Int(label)
      p[y] += 1
      var sum = 0.0
      for j in 0..<columns {
        p[j] = max(0, p[j])
        sum += p[j]
      }
      if sum > 0 {
        for j in 0..<columns { p[j] /= sum }
      } else {
        p[y] = 1
      }
      p[y] -= 1
      p += columns
    }
  }

  private func clip(_ slopes: inout MutableSpan<Double>, _ columns: Int, _ shares: ArraySlice<Double>) {
    let (first, count) = (shares.startIndex, slopes.count)
    for start in stride(from: 0, to: count, by: columns) {
      var sum = 0.0
      for j in start..<start + columns {
        let p = max(0, slopes[j] + shares[first + j])
        slopes[j] = p
        sum += p
      }
      for j in start..<start + columns {
        let share = shares[first + j]
        slopes[j] = (sum > 0 ? slopes[j] / sum : share) - share
      }
    }
  }

  /// Σ p·log p with p = slope + target: the negative entropy.
  public func conjugate(
    _ slopes: Span<Double>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    let count = slopes.count
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { shares in
      guard let start = shares.baseAddress, count > 0 else { return }
      for i in 0..<count { shares[i] = slopes[i] }
      switch targets {
      case .labels(let labels):
        for (row, label) in labels.enumerated() { shares[row * columns + Int(label)] += 1 }
      case .values(let targets, _):
        for i in 0..<count { shares[i] += targets[targets.startIndex + i] }
      }
      descent_entropies(start, count)
      for row in 0..<targets.rows {
        var sum = 0.0
        for j in row * columns..<(row + 1) * columns { sum += shares[j] }
        values[row] = sum
      }
    }
  }
}

extension Targets {
  /// The share of class `column` in the target of row `row`.
  func share(_ row: Int, _ column: Int) -> Double {
    switch self {
    case .labels(let labels): Int(labels[labels.startIndex + row]) == column ? 1 : 0
    case .values(let values, let width): values[values.startIndex + row * width + column]
    }
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func multiply<Element: KernelScalar>(
  _ v: inout MutableSpan<Element>, _ slopes: Span<Element>, _ columns: Int, _ labels: ArraySlice<Int32>
) {
  require(slopes.count == v.count, "\(slopes.count) slopes for \(v.count) scores")
  v.withUnsafeMutableBufferPointer { v in
    slopes.withUnsafeBufferPointer { slopes in
      guard var v = v.baseAddress, var g = slopes.baseAddress else { return }
      for label in labels {
        let y = Int(label)
        var mean: Element = 0
        for j in 0..<columns { mean += g[j] * v[j] }
        mean += v[y]
        let own = (g[y] + 1) * (v[y] - mean)
        for j in 0..<columns { v[j] = g[j] * (v[j] - mean) }
        v[y] = own
        v += columns
        g += columns
      }
    }
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func multiply<Element: KernelScalar>(
  _ v: inout MutableSpan<Element>, _ slopes: Span<Element>, _ columns: Int,
  _ distributions: ArraySlice<Double>
) {
  require(slopes.count == v.count, "\(slopes.count) slopes for \(v.count) scores")
  let first = distributions.startIndex
  let count = v.count
  for start in stride(from: 0, to: count, by: columns) {
    var mean: Element = 0
    for j in start..<start + columns { mean += (slopes[j] + Element(distributions[first + j])) * v[j] }
    for j in start..<start + columns {
      v[j] = (slopes[j] + Element(distributions[first + j])) * (v[j] - mean)
    }
  }
}

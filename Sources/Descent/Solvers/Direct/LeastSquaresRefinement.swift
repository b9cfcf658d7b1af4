internal import LinearAlgebra

/// Refines a least-squares solution: what is left of its equations is summed in twice the digits, on the features as they
/// lie, and solved for by the factor at hand.
///
/// Weights w, biases b and residuals r solve r + 1·b + X·w = t, 1ᵀr = 0, Xᵀr = 0. Refining w and r together converges
/// where a large residual makes refinement of w alone useless: by about the condition number's roundings a step. Where rows
/// have weights, X, 1 and t are theirs times the weights' roots, and r is the residual times that root.
/// (Björck, Iterative refinement of linear least squares solutions, BIT 7, 1967.)
struct LeastSquaresRefinement {
  private let factor: LeastSquaresFactor
  private let rows: CentredRows<Double>
  private let targets: CentredTargets
  private let outputs: Int
  private let roots: [Double]?
  /// Weights of the unscaled features `[outputs, features]` and biases, each with what Double cannot hold of it.
  private var w: [(high: Double, low: Double)]
  private var b: [(high: Double, low: Double)]
  /// `[rows, outputs]`
  private var r: Matrix<Double>
  private let factors: [Double]
  /// Of the unscaled features.
  private let means: [Double]

  private static var mostSteps: Int { 5 }

  init(_ factor: LeastSquaresFactor, _ rows: CentredRows<Double>, _ targets: CentredTargets) {
    (self.factor, self.rows, self.targets, outputs) = (factor, rows, targets, targets.outputs)
    roots = rows.roots
    factors = rows.factors
    (w, b) = ([], [])
    r = Matrix(rows: rows.rows, columns: targets.outputs)
    means = rows.isCentred ? rows.unscaledMeans : Array(repeating: 0, count: rows.columns)
    let features = rows.columns
    for c in 0..<outputs {
      var bias = LongSum()
      bias.add(targets.means[c])
      for j in 0..<features {
        let weight = factor.weights[c, j] * factors[j]
        w.append((weight, 0))
        bias.add(-weight, times: means[j])
      }
      b.append(rows.isCentred ? bias.parts : (0, 0))
    }
    (r, _) = residual()
    var before = Double.infinity
    for _ in 0..<Self.mostSteps {
      let change = step()
      guard change < before / 2, change > 1e-17 else { break }
      before = change
    }
  }

  /// Of the scaled features, `[outputs, features]`.
  var weights: Matrix<Double> {
    let (features, factors) = (rows.columns, factors)
    return Matrix(
      rows: outputs, columns: features,
      elements: w.indices.map { w[$0].high == 0 ? 0 : w[$0].high / factors[$0 % features] })
  }

  /// Returns the largest change of a weight relative to the largest of its output, each on its column's length.
  private mutating func step() -> Double {
    let (f, sums) = residual()
    let g = products()
    let count = Double(rows.rows)
    // Along the bias; what is left is orthogonal to it.
    var shifts = [Double](repeating: 0, count: outputs)
    for c in 0..<outputs where rows.isCentred { shifts[c] = (sums[c] - g[c][rows.columns]) / count }
    var right = Matrix<Double>(rows: factor.columns.count, columns: outputs)
    for (i, j) in factor.columns.enumerated() {
      for c in 0..<outputs {
        right[i, c] = (g[c][j] - means[j] * g[c][rows.columns]) * factors[j] / factor.lengths[i]
      }
    }
    right.withMutableElements {
      trsm(
        .transposed, n: factor.columns.count, rightHandSides: outputs, factor.qr.r.elements.span, into: &$0)
    }
    var share = factor.qr.q.multiplied(by: f, .transposed)
    for i in 0..<share.rows { for c in 0..<outputs { share[i, c] -= right[i, c] } }
    let moved = factor.qr.q.multiplied(by: share)
    for i in 0..<r.rows {
      let root = roots?[i] ?? 1
      for c in 0..<outputs { r[i, c] += f[i, c] - root * shifts[c] - moved[i, c] }
    }
    share.withMutableElements {
      trsm(.none, n: factor.columns.count, rightHandSides: outputs, factor.qr.r.elements.span, into: &$0)
    }
    return move(share, shifts)
  }

  private mutating func move(_ change: Matrix<Double>, _ shifts: [Double]) -> Double {
    var most = 0.0
    for c in 0..<outputs {
      var bias = LongSum()
      for part in [b[c].high, b[c].low, shifts[c]] { bias.add(part) }
      var (largest, largestChange) = (0.0, 0.0)
      for (i, j) in factor.columns.enumerated() {
        let scale = factors[j] / factor.lengths[i]
        let (place, step) = (c * rows.columns + j, change[i, c] * scale)
        largest = max(largest, abs(w[place].high / scale))
        largestChange = max(largestChange, abs(change[i, c]))
        var weight = LongSum()
        for part in [w[place].high, w[place].low, step] { weight.add(part) }
        w[place] = weight.parts
        bias.add(-step, times: means[j])
      }
      if rows.isCentred { b[c] = bias.parts }
      most = max(most, largest > 0 ? largestChange / largest : 0)
    }
    return most
  }

  /// t − r − 1·b − X·w, and its sums.
  private func residual() -> (Matrix<Double>, sums: [Double]) {
    var result = Matrix<Double>(rows: rows.rows, columns: outputs)
    var sums = (0..<outputs).map { _ in LongSum() }
    rows.forEachUnscaled { i, x in
      for c in 0..<outputs {
        var sum = LongSum()
        let own = roots == nil ? r[i, c] : 0
        for part in [targets.target(i, c), -own, -b[c].high, -b[c].low] { sum.add(part) }
        let start = c * x.count
        for j in 0..<x.count {
          sum.add(-x[j], times: w[start + j].high)
          sum.add(-x[j] * w[start + j].low)
        }
        guard let root = roots?[i] else {
          result[i, c] = sum.value
          sums[c].add(sum.value)
          continue
        }
        var weighed = LongSum()
        weighed.add(-r[i, c])
        weighed.add(sum.parts.high, times: root)
        weighed.add(sum.parts.low * root)
        result[i, c] = weighed.value
        sums[c].add(weighed.value, times: root)
      }
    }
    return (result, sums.map(\.value))
  }

  /// −Xᵀr and, after the features, −1ᵀr, an output each.
  private func products() -> [[Double]] {
    var sums = (0..<outputs).map { _ in [LongSum](repeating: LongSum(), count: rows.columns + 1) }
    rows.forEachUnscaled { i, x in
      for c in 0..<outputs {
        var (high, low) = (r[i, c], 0.0)
        if let root = roots?[i] {
          high = root * r[i, c]
          low = (-high).addingProduct(root, r[i, c])
        }
        for j in 0..<x.count {
          sums[c][j].add(-x[j], times: high)
          if low != 0 { sums[c][j].add(-x[j] * low) }
        }
        sums[c][x.count].add(-high)
        if low != 0 { sums[c][x.count].add(-low) }
      }
    }
    return sums.map { $0.map(\.value) }
  }
}

extension CentredRows<Double> {
  /// The means of the features as they lie, from those of the centred ones.
  var unscaledMeans: [Double] {
    var sums = [Double](repeating: 0, count: columns)
    forEachUnscaled { i, x in
      guard roots == nil else {
        for j in 0..<x.count { sums[j] += (x[j] - shifts[j]) * share(of: i) }
        return
      }
      for j in 0..<x.count { sums[j] += (x[j] - shifts[j]) / Double(rows) }
    }
    return zip(sums, shifts).map { $0 + $1 }
  }

  /// Calls `body` with each row of the features as they lie.
  func forEachUnscaled(_ body: (Int, UnsafeBufferPointer<Double>) -> Void) {
    let most = Swift.max(1, 16_384 / Swift.max(1, columns))
    var block = [Double](repeating: 0, count: most * columns)
    for start in stride(from: 0, to: rows, by: most) {
      let range = start..<Swift.min(start + most, rows)
      var span = block.mutableSpan
      features.read(range, into: &span)
      block.withUnsafeBufferPointer { all in
        for i in 0..<range.count {
          body(start + i, UnsafeBufferPointer(rebasing: all[i * columns..<(i + 1) * columns]))
        }
      }
    }
  }
}

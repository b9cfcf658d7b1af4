internal import LinearAlgebra

/// What estimates minimise: J(β) = Σ wᵢ·ℓᵢ + ½·βᵀ·Λ·β, β in the units of ``DesignColumns``.
///
/// Of a loss that sees only the differences of a row's scores β are the differences to the first class's: the penalty is the
/// least that weights of such differences can have. All sums are in Double, in one pass over the rows in blocks, so that
/// beside the matrices of β there are a few megabytes.
struct EstimatedSum: Sendable {
  let features: any FeatureStorage
  let rows: RowLoss
  let loss: any EstimatingLoss
  var columns: DesignColumns
  /// The penalty's strength by feature, for weights of the scores as they are; empty for none.
  let strengths: [Double]

  /// Scores that are not free: the first class's.
  var held: Int { loss.seesDifferencesOnly ? 1 : 0 }
  /// Blocks of coefficients.
  var blocks: Int { rows.columns - held }
  var count: Int { blocks * columns.width }

  /// The sum near a point.
  struct Expansion {
    /// Without the penalty.
    var loss = 0.0
    var penalty = 0.0
    var gradient: [Double]
    /// The curvature of the losses, its upper triangle.
    var information: Matrix<Double>
    /// Σ w·slope²/curvature, of one score.
    var pearson = 0.0
    var value: Double { loss + penalty }
  }

  /// O(rows · count²)
  func expansion(at β: [Double]) -> Expansion {
    let (q, d) = (count, columns.width)
    var result = Expansion(gradient: Array(repeating: 0, count: q), information: Matrix(rows: q, columns: q))
    var weighed = [Double](repeating: 0, count: rowsAtOnce * d)
    forEachBlock(at: β) { rows, range, design, slopes, loss in
      result.loss += loss
      addGradient(range.count, design, weighed: slopes, rows, range, to: &result.gradient)
      for l in 0..<blocks {
        let curvature = self.curvature(l, slopes, rows, range)
        if blocks == 1 {
          for i in 0..<range.count where curvature[i * rows.columns + held] > 0 {
            let slope = rows.weight(of: range.lowerBound + i) * slopes[i * rows.columns + held]
            result.pearson += slope * (slope / curvature[i * rows.columns + held])
          }
        }
        for k in 0...l {
          for i in 0..<range.count {
            let factor = curvature[i * rows.columns + held + k]
            for j in i * d..<(i + 1) * d { weighed[j] = factor * design[j] }
          }
          result.information.withMutableElements { all in
            var part = all._mutatingExtracting(k * d * q + l * d..<q * q)
            gemm(
              .transposed, m: d, n: d, k: range.count, design.span, weighed.span, beta: 1, into: &part,
              rowStride: q)
          }
        }
      }
    }
    addPenalty(at: β, to: &result)
    return result
  }

  /// Σ g·gᵀ of the weighed slopes g of the rows by β, those of a group summed up first. O(rows · count²)
  func slopeSquares(at β: [Double], groups: [Int32]?) -> Matrix<Double> {
    let (q, d) = (count, columns.width)
    var result = Matrix<Double>(rows: q, columns: q)
    let order = groups.map { groups in groups.indices.sorted { (groups[$0], $0) < (groups[$1], $1) } }
    let room = max(1, min(features.rows, (1 << 20) / max(1, q)))
    var (sums, filled, earlier) = ([Double](repeating: 0, count: room * q), 0, Int32?.none)
    func flush(_ result: inout Matrix<Double>) {
      result.withMutableElements {
        syrk(.transposed, n: q, k: filled, sums.span.extracting(0..<filled * q), beta: 1, into: &$0)
      }
      for i in 0..<filled * q { sums[i] = 0 }
      filled = 0
    }
    var next = 0
    forEachBlock(at: β, in: order) { rows, range, design, slopes, _ in
      for i in 0..<range.count {
        let group = order.map { groups![$0[next]] }
        if earlier == nil || group == nil || group != earlier {
          if filled == room { flush(&result) }
          filled += 1
        }
        earlier = group
        let (start, weight) = ((filled - 1) * q, rows.weight(of: range.lowerBound + i))
        for k in 0..<blocks {
          let slope = weight * slopes[i * rows.columns + held + k]
          for j in 0..<d { sums[start + k * d + j] += slope * design[i * d + j] }
        }
        next += 1
      }
    }
    flush(&result)
    result.mirrorUpperTriangle()
    return result
  }
}

extension EstimatedSum {
  /// So that a block is a few megabytes.
  fileprivate var rowsAtOnce: Int {
    max(1, min(features.rows, 1024, (1 << 19) / max(1, features.columns + rows.columns)))
  }

  /// Calls `body` with blocks of rows, as they stand or as `order` has them: what tells their losses and which of these rows,
  /// their columns `[rows, width]`, each row's own slopes by its scores, and the weighted sum of the losses.
  private func forEachBlock(
    at β: [Double], in order: [Int]? = nil,
    _ body: (RowLoss, Range<Int>, _ design: [Double], _ slopes: [Double], _ loss: Double) -> Void
  ) {
    let (size, d, outputs) = (rowsAtOnce, columns.width, rows.columns)
    var raw = [Double](repeating: 0, count: size * features.columns)
    var design = [Double](repeating: 0, count: size * d)
    var scores = [Double](repeating: 0, count: size * outputs)
    var free = [Double](repeating: 0, count: size * blocks)
    for start in stride(from: 0, to: features.rows, by: size) {
      let all = start..<min(start + size, features.rows)
      var (rows, range) = (rows, all)
      var buffer = raw.mutableSpan
      if let order {
        let indices = Array(order[all])
        features.gather(indices.span, into: &buffer)
        (rows, range) = (rows.gathered(at: indices), 0..<indices.count)
      } else {
        features.read(all, into: &buffer)
      }
      columns.fill(&design, from: raw, rows: all.count, features: features.columns)
      var product = free.mutableSpan
      gemm(.none, .transposed, m: all.count, n: blocks, k: d, design.span, β.span, into: &product)
      for i in 0..<all.count {
        for k in 0..<held { scores[i * outputs + k] = 0 }
        for k in 0..<blocks { scores[i * outputs + held + k] = free[i * blocks + k] }
      }
      var span = scores.mutableSpan
      var slopes = span._mutatingExtracting(0..<all.count * outputs)
      let loss = rows.slopes(range, &slopes)
      body(rows, range, design, scores, loss)
    }
  }

  /// The weighed curvature of each row's scores by score `block`: `[rows, outputs]`.
  private func curvature(_ block: Int, _ slopes: [Double], _ rows: RowLoss, _ range: Range<Int>) -> [Double] {
    let outputs = rows.columns
    var direction = [Double](repeating: 0, count: range.count * outputs)
    for i in 0..<range.count { direction[i * outputs + held + block] = 1 }
    var span = direction.mutableSpan
    rows.multiplyHessian(range, &span, slopes: slopes.span.extracting(0..<range.count * outputs))
    return direction
  }

  private func addGradient(
    _ count: Int, _ design: [Double], weighed slopes: [Double], _ rows: RowLoss, _ range: Range<Int>,
    to gradient: inout [Double]
  ) {
    var free = [Double](repeating: 0, count: count * blocks)
    for i in 0..<count {
      let weight = rows.weight(of: range.lowerBound + i)
      for k in 0..<blocks { free[i * blocks + k] = weight * slopes[i * rows.columns + held + k] }
    }
    var sum = gradient.mutableSpan
    gemm(
      .transposed, m: blocks, n: columns.width, k: count, free.span, design.span, beta: 1, into: &sum)
  }
}

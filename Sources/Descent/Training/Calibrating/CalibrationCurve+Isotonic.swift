extension CalibrationCurve {
  /// The curve of least squares among those that do not fall, by pooling adjacent violators: O(n log n). Between two scores
  /// of the rows it is a straight line.
  ///
  /// (Ayer, Brunk, Ewing, Reid and Silverman, An Empirical Distribution Function for Sampling with Incomplete Information,
  /// Annals of Mathematical Statistics 26, 1955; Zadrozny and Elkan, KDD 2002.)
  static func isotonic(of rows: ScoredOutcomes) -> CalibrationCurve {
    var blocks: [Block] = []
    for row in rows.scores.indices.sorted(by: { rows.scores[$0] < rows.scores[$1] }) {
      let (score, weight) = (rows.scores[row], rows.weight(row))
      guard weight > 0 else { continue }
      let sum = rows.isPositive[row] ? weight : 0
      if let last = blocks.last, last.high == score, last.low == score {
        blocks[blocks.count - 1].sum += sum
        blocks[blocks.count - 1].weight += weight
      } else {
        // Those before it are whole: rows of one score count as one.
        pool(&blocks)
        blocks.append(Block(low: score, high: score, sum: sum, weight: weight))
      }
    }
    pool(&blocks)
    var (scores, probabilities): ([Double], [Double]) = ([], [])
    for block in blocks {
      for score in block.low == block.high ? [block.low] : [block.low, block.high] {
        scores.append(score)
        probabilities.append(min(block.sum / block.weight, 1))
      }
    }
    return .isotonic(scores: scores, probabilities: probabilities)
  }

  /// Rows of neighbouring scores that get one probability.
  private struct Block {
    var low, high: Double
    var sum, weight: Double
  }

  /// Joins the last block with those before it, as long as these have as high a mean or a higher one.
  private static func pool(_ blocks: inout [Block]) {
    while blocks.count > 1 {
      let (before, last) = (blocks[blocks.count - 2], blocks[blocks.count - 1])
      guard before.sum * last.weight >= last.sum * before.weight else { return }
      blocks.removeLast()
      blocks[blocks.count - 1] = Block(
        low: before.low, high: last.high, sum: before.sum + last.sum, weight: before.weight + last.weight)
    }
  }
}

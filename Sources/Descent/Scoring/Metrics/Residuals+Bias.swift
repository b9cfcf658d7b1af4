internal import LinearAlgebra

extension Residuals {
  /// Rows of neighbouring predictions.
  public struct Bin: Sendable, Equatable {
    /// How many, whatever their weights.
    public let rows: Int
    /// The least prediction.
    public let lowest: Double
    /// The greatest prediction.
    public let highest: Double
    /// By the weights of the rows.
    public let meanPrediction: Double
    /// By the weights of the rows.
    public let meanTarget: Double
    /// The mean of prediction less target: above 0 where the predictions are too high.
    public let bias: Double
  }

  /// The bias of each tenth of the rows, or of their weight, from the lowest predictions up. O(n log n)
  ///
  /// Equal predictions stay together, so that the order of the rows does not matter: a bin may then hold more than its
  /// share, and the next less or nothing; those with nothing are left out.
  public func bias(bins: Int = 10) -> [Bin] {
    require(bins > 0, "\(bins) bins")
    var result: [Bin] = []
    var (sums, own) = (BinSums(), 1)
    let total = weights?.reduce(0, +) ?? Double(count)
    var (counted, next) = (0.0, 1)
    AscendingRows(count: count, number: prediction).walk { row, _ in
      let (weight, prediction) = (weight(of: row), prediction(row))
      while next < bins, counted + weight > end(of: next, of: bins, total: total) { next += 1 }
      counted += weight
      if next > own, sums.rows > 0, prediction != sums.highest {
        result.append(sums.bin)
        sums = BinSums()
      }
      if sums.rows == 0 { own = next }
      sums.add(prediction, targets[targets.startIndex + row], residual: residual(row), weight: weight)
      return true
    }
    return sums.rows > 0 ? result + [sums.bin] : result
  }

  /// How much of the rows the bins up to one have, without what ties add.
  private func end(of bin: Int, of bins: Int, total: Double) -> Double {
    // A little beyond: what rounding makes of a sum must not part rows.
    weights == nil
      ? Double(count * bin / bins) : total * Double(bin) / Double(bins) * (1 + 1e-12)
  }
}

/// What a bin's means are made of.
private struct BinSums {
  private(set) var rows = 0
  private(set) var highest = 0.0
  private var (lowest, total, predictions, targets, bias) = (0.0, 0.0, 0.0, 0.0, 0.0)

  mutating func add(_ prediction: Double, _ target: Double, residual: Double, weight: Double) {
    if rows == 0 { lowest = prediction }
    (rows, highest) = (rows + 1, prediction)
    total += weight
    predictions += weight * prediction
    targets += weight * target
    bias += weight * -residual
  }

  var bin: Residuals.Bin {
    Residuals.Bin(
      rows: rows, lowest: lowest, highest: highest, meanPrediction: predictions / total,
      meanTarget: targets / total, bias: bias / total)
  }
}

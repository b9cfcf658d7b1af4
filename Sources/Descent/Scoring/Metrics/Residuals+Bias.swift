internal import LinearAlgebra

extension Residuals {
  /// Rows of neighbouring predictions.
  public struct Bin: Sendable, Equatable {
    public let rows: Int
    public let lowest: Double
    public let highest: Double
    public let meanPrediction: Double
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
    let order = predictions.indices.map { Int32($0) }.sorted { predictions[Int($0)] < predictions[Int($1)] }
    var result: [Bin] = []
    var start = 0
    let total = weights?.reduce(0, +) ?? 0
    var (counted, next) = (0.0, 0)
    for bin in 1...bins {
      if weights != nil {
        // A little beyond: what rounding makes of a sum must not part rows.
        let most = total * Double(bin) / Double(bins) * (1 + 1e-12)
        while next < count, counted + weight(of: Int(order[next])) <= most || bin == bins {
          counted += weight(of: Int(order[next]))
          next += 1
        }
      }
      var end = max(start, weights == nil ? count * bin / bins : next)
      while end > start, end < count, predictions[Int(order[end])] == predictions[Int(order[end - 1])] {
        end += 1
      }
      if end > start { result.append(self.bin(order[start..<end])) }
      start = end
    }
    return result
  }

  private func bin(_ rows: ArraySlice<Int32>) -> Bin {
    let total = rows.reduce(0) { $0 + weight(of: Int($1)) }
    let mean = { (value: (Int) -> Double) in
      rows.reduce(0) { $0 + weight(of: Int($1)) * value(Int($1)) } / total
    }
    return Bin(
      rows: rows.count, lowest: predictions[Int(rows.first!)], highest: predictions[Int(rows.last!)],
      meanPrediction: mean { predictions[$0] }, meanTarget: mean { targets[targets.startIndex + $0] },
      bias: mean { -residual($0) })
  }
}

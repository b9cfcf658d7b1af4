internal import LinearAlgebra

extension DualPoint {
  /// Makes the slopes of each class of a margin loss, clipped to its domain, sum to zero.
  ///
  /// What class c has too much, e_c > 0, goes to the classes that have too little: each row of class c takes an
  /// equal share of it off its own slope, and adds it to theirs. Multipliers only grow by that, by φ at the
  /// most, and a division by 1 + φ/most brings them back into 0...most. A class without rows has nothing to balance
  /// its slopes with; they become 0.
  func balanceMargins(most: Double) {
    guard case .labels(let labels) = rowLoss.targets else { fatalError("margins want labels") }
    var counts = [Double](repeating: 0, count: columns)
    for (row, label) in labels.enumerated() { counts[Int(label)] += rowLoss.weight(of: row) }
    clearClasses(where: counts.map { $0 == 0 }, labels)
    for _ in 0..<3 {
      let sums = columnMeans(point).map { $0 * rowLoss.total }
      let excess = sums.reduce(0) { $0 + max(0, $1) }
      guard excess > 0 else { break }
      var flow = [Double](repeating: 0, count: columns * columns)
      for c in 0..<columns where sums[c] > 0 && counts[c] > 0 {
        for j in 0..<columns where sums[j] < 0 {
          flow[c * columns + j] = sums[c] / counts[c] * (-sums[j] / excess)
        }
      }
      let factor = 1 / (1 + (flow.max() ?? 0) / most)
      change(labels) { [flow, columns] θ, own, j in (θ + flow[own * columns + j]) * factor }
    }
  }

  private func clearClasses(where isEmpty: [Bool], _ labels: ArraySlice<Int32>) {
    guard isEmpty.contains(true) else { return }
    change(labels) { θ, _, j in isEmpty[j] ? 0 : θ }
  }

  /// Overwrites the slopes of the wrong classes; the right one's balances the row.
  private func change(
    _ labels: ArraySlice<Int32>, _ body: @Sendable (_ slope: Double, _ own: Int, _ other: Int) -> Double
  ) {
    _ = pass.sweep { [point, columns] range in
      point.update(range) { θ in
        for row in range {
          let own = Int(labels[labels.startIndex + row])
          let start = (row - range.lowerBound) * columns
          var sum = 0.0
          for j in 0..<columns where j != own {
            θ[start + j] = body(θ[start + j], own, j)
            sum += θ[start + j]
          }
          θ[start + own] = -sum
        }
      }
      return 0
    }
  }
}

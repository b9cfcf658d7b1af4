internal import LinearAlgebra

extension DualPoint {
  /// Makes the slopes of each output sum to zero, as the unpenalised bias asks of a dual point, without leaving the
  /// conjugate's domain. Returns the price of what rounding left of that, a share of the biases' size; infinity where
  /// more than rounding is left, so that the point proves nothing. Without a bias there is no such condition.
  func meetBiasCondition() -> Double {
    guard isBalanced else { return 0 }
    switch domain {
    case .intervals: balanceSigns()
    case .simplex: balanceShares()
    case .margins(let most): balanceMargins(most: most)
    }
    let (means, sizes) = meansAndSizes(point)
    let rest = means.reduce(0) { $0 + abs($1) }
    let size = sizes.reduce(0, +)
    // Numbers to regress on may be far from 0 all together, which costs what they are multiplied with digits.
    let cancelled = if case .values = rowLoss.targets { 1e-15 * size } else { 0.0 }
    // A sum of many numbers is wrong by more bits than one, and by far fewer than these.
    return rest <= 1e-12 * size ? 2 * rest + cancelled : .infinity
  }

  /// Slopes that are free of each other, each in an interval about 0: those of the sign that is too heavy shrink.
  private func balanceSigns() {
    let width = columns
    for _ in 0..<2 {
      let (means, sizes) = meansAndSizes(point)
      let factors = (0..<width).map { j in
        let (up, down) = ((sizes[j] + means[j]) / 2, (sizes[j] - means[j]) / 2)
        return (up: up > down ? down / up : 1, down: down > up ? up / down : 1)
      }
      guard factors.contains(where: { $0.up < 1 || $0.down < 1 }) else { return }
      _ = pass.sweep { [point] range in
        point.update(range) { shrinkSigns(&$0, factors) }
        return 0
      }
    }
  }

  /// Slopes p − t: all rows' shares p are mixed with one distribution that has what they lack.
  ///
  /// With ē the mean slopes, t̄ the mean of the targets and ρ = max ē/t̄ that is r = t̄ − ē/ρ, which is not below 0, and
  /// (p + ρ·r)/(1 + ρ) has the mean t̄. Classes that no target has any share of give up theirs first.
  private func balanceShares() {
    let width = columns
    let targets = rowLoss.targets
    let wanted = pass.sweep(summing: width) { [rowLoss] range, sums in
      rowLoss.targets[range].addShares(weights: rowLoss.weights?[range], to: &sums)
    }.map { $0 / rowLoss.total }
    if wanted.contains(0) { clearShares(of: wanted.map { $0 == 0 }) }
    for _ in 0..<3 {
      let excess = columnMeans(point)
      let ratio = zip(excess, wanted).reduce(0) { $1.1 > 0 ? max($0, $1.0 / $1.1) : $0 }
      guard ratio > 4e-16 else { return }
      let rest = zip(excess, wanted).map { max(0, $1 - $0 / ratio) }
      _ = pass.sweep { [point, targets] range in
        point.update(range) { mix(&$0, ratio, with: rest, targets[range]) }
        return 0
      }
    }
  }

  private func clearShares(of isEmpty: [Bool]) {
    let width = columns
    _ = pass.sweep { [point, targets = rowLoss.targets] range in
      point.update(range) { θ in
        for row in range {
          let start = (row - range.lowerBound) * width
          var lost = 0.0
          for j in 0..<width where isEmpty[j] { lost += θ[start + j] }
          for j in 0..<width {
            let share = targets.share(row, j)
            let p = isEmpty[j] ? 0 : lost < 1 ? (θ[start + j] + share) / (1 - lost) : share
            θ[start + j] = p - share
          }
        }
      }
      return 0
    }
  }
}

/// θ ← (p + ρ·r)/(1 + ρ) − t of p = θ + t, without the detour by p; t the shares of `targets`, r those of `rest` in each row.
private func mix(_ θ: inout MutableSpan<Double>, _ ρ: Double, with rest: [Double], _ targets: Targets) {
  let width = rest.count
  θ.withUnsafeMutableBufferPointer { θ in
    switch targets {
    case .labels(let labels):
      for (row, label) in labels.enumerated() {
        for j in 0..<width {
          let i = row * width + j
          θ[i] = (θ[i] + ρ * (rest[j] - (j == Int(label) ? 1 : 0))) / (1 + ρ)
        }
      }
    case .values(let shares, _):
      for i in θ.indices { θ[i] = (θ[i] + ρ * (rest[i % width] - shares[shares.startIndex + i])) / (1 + ρ) }
    }
  }
}

extension Targets {
  /// sums ← sums + Σ w·t of the rows' shares t of each class.
  fileprivate func addShares(weights: ArraySlice<Double>?, to sums: inout [Double]) {
    let width = sums.count
    func weight(_ row: Int) -> Double { weights.map { $0[$0.startIndex + row] } ?? 1 }
    switch self {
    case .labels(let labels): for (row, label) in labels.enumerated() { sums[Int(label)] += weight(row) }
    case .values(let shares, _):
      for (i, share) in shares.enumerated() { sums[i % width] += weight(i / width) * share }
    }
  }
}

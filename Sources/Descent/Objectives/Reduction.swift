internal import LinearAlgebra

/// What a pass sums up: a share a lane, and the one place that adds the shares up.
///
/// The order follows from the lanes alone, which follow from the shape of the data, so that the bits do not depend on who
/// had which lane. One caller at a time.
final class Reduction<Element: KernelScalar> {
  let shares: [LaneShare<Element>]
  private let pool: ThreadPool
  /// Which lanes each rank has; nil where all are here.
  private let ranks: RankLanes?

  init(lanes: Int, parameters: Int, pool: ThreadPool, among ranks: RankLanes? = nil) {
    shares = (0..<lanes).map { _ in LaneShare(parameters: parameters) }
    (self.pool, self.ranks) = (pool, ranks)
  }

  /// Takes note of what the sums to come are of, which must be the same at all ranks.
  func note(_ parameters: [Element]) { ranks?.note(parameters) }

  /// Of the losses, lane by lane.
  var sum: Double {
    ranks?.exchangeSums(shares)
    return shares.reduce(0) { $0 + $1.sum }
  }

  /// Of `count` numbers each, lane by lane; a lane without rows has none.
  func sums(_ count: Int) -> [Double] {
    ranks?.exchangeSums(shares, count)
    return shares.reduce(into: [Double](repeating: 0, count: count)) { total, share in
      for i in share.sums.indices { total[i] += share.sums[i] }
    }
  }

  /// Of the losses and the gradients, in a fixed tree, on all threads. The shares are used up.
  func addUp() -> (loss: Double, gradient: [Element]) {
    if let ranks {
      addUp { ranks.own.contains($0) }
      ranks.exchangeNodes(shares)
      addUp { !ranks.isOfOne($0) }
    } else {
      addUp { _ in true }
    }
    return (shares[0].sum, shares[0].gradient.all)
  }

  /// Adds up the nodes of the tree that are asked for, by the lanes that they hold.
  private func addUp(where isWanted: @Sendable (_ lanes: Range<Int>) -> Bool) {
    var gap = 1
    while gap < shares.count {
      let (count, step) = (shares.count, gap)
      pool.run((count + step - 1) / (2 * step)) { [shares] pair, _ in
        let (to, from) = (2 * step * pair, 2 * step * pair + step)
        if from < count, isWanted(to..<min(from + step, count)) { shares[to].add(shares[from]) }
      }
      gap *= 2
    }
  }
}

/// A lane's share of the sums. One thread at a time has it.
final class LaneShare<Element: KernelScalar>: @unchecked Sendable {
  let gradient: RowBuffer<Element>
  var sum = 0.0
  var sums: [Double] = []

  init(parameters: Int) { gradient = RowBuffer(rows: parameters, columns: 1) }

  func clear() {
    sum = 0
    sums = []
    gradient.clear()
  }

  func addGradient(of block: BlockRun<Element>, _ parameters: Span<Element>, scale: Element) {
    gradient.update(0..<gradient.rows) { block.backward(parameters, scale: scale, into: &$0) }
  }

  func add(_ other: LaneShare) {
    sum += other.sum
    gradient.update(0..<gradient.rows) { total in
      other.gradient.read(0..<gradient.rows) { axpy(1, $0, into: &total) }
    }
  }
}

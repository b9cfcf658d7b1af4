internal import LinearAlgebra

/// What a pass sums up: a share a lane, and the one place that adds the shares up.
///
/// The order follows from the lanes alone, which follow from the shape of the data, so that the bits do not depend on who
/// had which lane. Gradients are added up as lanes end, neighbour by neighbour in a fixed tree: those that wait for a neighbour
/// are few, and so are the gradients that there is memory for. One caller at a time.
final class Reduction<Element: KernelScalar>: @unchecked Sendable {
  let shares: [LaneShare<Element>]
  /// Which lanes each rank has; nil where all are here.
  private let ranks: RankLanes?
  /// For each lane that begins a node of the tree which waits for its neighbour, how many lanes that node has; else 0.
  private var waiting: [Int]
  private let lock = Lock()

  init(lanes: Int, parameters: Int, among ranks: RankLanes? = nil) {
    let spares = SpareGradients<Element>(parameters: parameters)
    shares = (0..<lanes).map { _ in LaneShare(spares) }
    waiting = Array(repeating: 0, count: lanes)
    self.ranks = ranks
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

  /// Takes note that a lane's share is complete, and adds up whatever waited for it. Called by any thread.
  func join(_ lane: Int) {
    var node = LaneNode(first: lane, size: 1)
    while node.size < shares.count, ranks?.own.contains(node.parent(among: shares.count)) ?? true {
      if let neighbour = node.neighbour(among: shares.count) {
        // Of two neighbours the later one adds.
        guard lock.locked({ isWaiting(neighbour, for: node) }) else { return }
        shares[min(node.first, neighbour)].take(shares[max(node.first, neighbour)])
      }
      node = node.parent
    }
  }

  private func isWaiting(_ neighbour: Int, for node: LaneNode) -> Bool {
    guard waiting[neighbour] == node.size else {
      waiting[node.first] = node.size
      return false
    }
    waiting[neighbour] = 0
    return true
  }

  /// Of the losses and the gradients, once all lanes have joined. The shares are used up.
  func addUp() -> (loss: Double, gradient: [Element]) {
    if let ranks {
      ranks.exchangeNodes(shares)
      var gap = 1
      while gap < shares.count {
        for to in stride(from: 0, to: shares.count - gap, by: 2 * gap)
        where !ranks.isOfOne(to..<min(to + 2 * gap, shares.count)) {
          shares[to].take(shares[to + gap])
        }
        gap *= 2
      }
    }
    return (shares[0].sum, shares[0].takeGradient())
  }
}

internal import LinearAlgebra

/// Which lanes' sums each rank has, and how they come to all.
///
/// The tree that adds up gradients is that of one process: each rank adds up the nodes whose lanes are all its own, sends those
/// that are part of no such node, and does the rest from there as all others do.
final class RankLanes: Sendable {
  private let ranks: Ranks
  /// By rank.
  private let lanes: [Range<Int>]
  private let nodes: [[Range<Int>]]
  /// A hash of what the sums to come are of.
  private nonisolated(unsafe) var check: UInt64 = 0

  init(_ share: RowShare, _ lanes: Lanes) {
    ranks = share.ranks
    self.lanes = share.lanes(lanes)
    nodes = self.lanes.map { Self.nodes(of: $0, among: lanes.count) }
  }

  /// This rank's.
  var own: Range<Int> { lanes[ranks.rank] }

  /// Whether some lanes are all of one rank.
  func isOfOne(_ some: Range<Int>) -> Bool { lanes.contains { $0.contains(some) } }

  func note<Element: KernelScalar>(_ parameters: [Element]) {
    let hash = ContentHash()
    hash.add(parameters[...])
    check = hash.value
  }

  /// The largest nodes of the tree over `count` lanes that hold some lanes alone, in their order.
  static func nodes(of lanes: Range<Int>, among count: Int) -> [Range<Int>] {
    var (nodes, first) = ([Range<Int>](), lanes.lowerBound)
    while first < lanes.upperBound {
      var size = 1
      while first % (2 * size) == 0, size < count, min(first + 2 * size, count) <= lanes.upperBound {
        size *= 2
      }
      nodes.append(first..<min(first + size, count))
      first = nodes.last!.upperBound
    }
    return nodes
  }

  /// Completes the lanes' sums.
  func exchangeSums<Element: KernelScalar>(_ shares: [LaneShare<Element>]) {
    let all = ranks.gather(shares[own].map(\.sum), counts: lanes.map(\.count), check: check)
    for (share, sum) in zip(shares, all) { share.sum = sum }
  }

  /// The same of `count` numbers each.
  func exchangeSums<Element: KernelScalar>(_ shares: [LaneShare<Element>], _ count: Int) {
    let own = shares[own].flatMap { $0.sums.isEmpty ? [Double](repeating: 0, count: count) : $0.sums }
    let all = ranks.gather(own, counts: lanes.map { $0.count * count }, check: check)
    for (lane, share) in shares.enumerated() { share.sums = Array(all[lane * count..<(lane + 1) * count]) }
  }

  /// Brings the nodes of other ranks to where their first lanes' shares are.
  func exchangeNodes<Element: KernelScalar>(_ shares: [LaneShare<Element>]) {
    let bytes = shares[0].gradient.rows * MemoryLayout<Element>.stride
    // Each begins at a multiple of 8 bytes.
    let size = 8 + (bytes + 7) / 8 * 8
    func parts(_ rank: Int) -> [(share: LaneShare<Element>, place: Int)] {
      nodes[rank].enumerated().map { (shares[$1.lowerBound], $0 * size) }
    }
    ranks.exchange(nodes.map { $0.count * size }, check: check) { room in
      for (share, place) in parts(ranks.rank) {
        room.storeBytes(of: share.sum, toByteOffset: place, as: Double.self)
        share.gradient.read(0..<share.gradient.rows) { numbers in
          numbers.withUnsafeBytes { room[(place + 8)...].copyBytes(from: $0) }
        }
      }
    } take: { rank, all in
      guard rank != ranks.rank else { return }
      for (share, place) in parts(rank) {
        share.sum = all.load(fromByteOffset: place, as: Double.self)
        share.gradient.update(0..<share.gradient.rows) { numbers in
          numbers.withUnsafeMutableBytes { $0.copyBytes(from: all[(place + 8)..<(place + 8 + bytes)]) }
        }
      }
    }
  }
}

extension Range<Int> {
  func contains(_ other: Range) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}

internal import Descent
internal import LinearAlgebra

/// How many rows of a table each rank has read: one rank's follow those of the one before.
struct RankRows {
  let ranks: any Communicator
  let counts: [Int]

  /// Which of all rows are this rank's.
  var own: Range<Int> {
    let first = counts[..<ranks.rank].reduce(0, +)
    return first..<first + counts[ranks.rank]
  }

  /// The numbers of all rows, of which each rank has those of its own.
  func gathered<Number: BitwiseCopyable>(_ own: [Number]) -> [Number] { ranks.gathered(own, counts: counts) }

  /// What one number of each rank adds up to.
  func sum(_ number: Int) -> Int { ranks.each(number).reduce(0, +) }

  /// Sums that go from rank to rank, each of which adds its own rows to them: in the order that one process has.
  func passed(_ sums: [Double], _ add: (inout [Double]) -> Void) -> [Double] {
    var sums = sums
    for rank in counts.indices {
      if rank == ranks.rank { add(&sums) }
      sums = ranks.gathered(
        rank == ranks.rank ? sums : [], counts: counts.indices.map { $0 == rank ? sums.count : 0 })
    }
    return sums
  }
}

extension Communicator {
  /// The numbers of all ranks, one after the other, of which each has so many.
  func gathered<Number: BitwiseCopyable>(_ own: [Number], counts: [Int]) -> [Number] {
    require(own.count == counts[rank], "\(own.count) numbers of \(counts[rank])")
    let total = counts.reduce(0, +)
    return [Number](unsafeUninitializedCapacity: total) { all, count in
      let first = counts[..<rank].reduce(0, +)
      _ = UnsafeMutableBufferPointer(rebasing: all[first..<first + own.count]).initialize(fromContentsOf: own)
      gather(UnsafeMutableRawBufferPointer(all), counts: counts.map { $0 * MemoryLayout<Number>.stride })
      count = total
    }
  }

  /// One number of each rank.
  func each<Number: BitwiseCopyable>(_ own: Number) -> [Number] {
    gathered([own], counts: Array(repeating: 1, count: size))
  }
}

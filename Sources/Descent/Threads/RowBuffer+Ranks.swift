internal import LinearAlgebra

// Numbers of rows of which each rank has some.

extension RowBuffer {
  /// The numbers of all rows, from the ranks that have them; itself where all are here. All ranks ask at the same time.
  func whole() -> RowBuffer {
    guard let share else { return self }
    let result = RowBuffer(rows: rows, columns: columns)
    let own = share.parts[share.ranks.rank]
    read(own) { numbers in
      result.update(own) {
        $0.withUnsafeMutableBytes { to in numbers.withUnsafeBytes { to.copyBytes(from: $0) } }
      }
    }
    result.complete(share)
    return result
  }

  /// Fills the rows of other ranks in. All ranks do so at the same time.
  func complete(_ share: RowShare) {
    let (size, own) = (columns * MemoryLayout<Element>.stride, share.ranks.rank)
    share.ranks.exchange(share.parts.map { $0.count * size }) { room in
      read(share.parts[own]) { $0.withUnsafeBytes { room.copyMemory(from: $0) } }
    } take: { rank, bytes in
      guard rank != own else { return }
      update(share.parts[rank]) { $0.withUnsafeMutableBytes { $0.copyMemory(from: bytes) } }
    }
  }

  /// The numbers of the rows that this rank has, of those of all; itself where these are all.
  func part(of share: RowShare?) -> RowBuffer {
    guard let share, self.share == nil else { return self }
    let result = RowBuffer(rows: rows, columns: columns, share: share)
    read(share.reach) { numbers in
      result.update(share.reach) { part in
        part.withUnsafeMutableBufferPointer { part in
          numbers.withUnsafeBufferPointer { _ = part.update(from: $0) }
        }
      }
    }
    return result
  }

  /// Copies of some rows, one after the other. All ranks ask for the same at the same time.
  func gathered(at indices: some Collection<Int>) -> [Element] {
    guard let share else { return copied(indices) }
    var places = share.parts.map { _ in [Int]() }
    for (place, row) in indices.enumerated() {
      places[share.parts.firstIndex { $0.contains(row) } ?? 0].append(place)
    }
    let rows = Array(indices)
    let own = copied(places[share.ranks.rank].map { rows[$0] })
    let all = share.ranks.gather(own, counts: places.map { $0.count * columns })
    var result = [Element](repeating: 0, count: rows.count * columns)
    for (from, place) in places.joined().enumerated() {
      for j in 0..<columns { result[place * columns + j] = all[from * columns + j] }
    }
    return result
  }

  private func copied(_ rows: some Collection<Int>) -> [Element] {
    var result: [Element] = []
    result.reserveCapacity(rows.count * columns)
    for row in rows { read(row..<row + 1) { for j in 0..<$0.count { result.append($0[j]) } } }
    return result
  }
}

internal import LinearAlgebra

/// The blocks Zᵀ·diag(B_ab)·Z of the coupled part, Z = (1, coordinates) of the sampled rows, a pair of classes
/// each. One thread at a time has a pair.
final class CouplingBlocks<Element: KernelScalar>: @unchecked Sendable {
  let pairs: [(Int, Int)]
  private let classes: Int
  private let z: Matrix<Element>
  /// Room for the weighted rows, a thread, until all is computed.
  private var weighted: [RowBuffer<Element>]
  private var blocks: [Matrix<Element>]
  private let lock = Lock()

  init(_ coordinates: Matrix<Element>, classes: Int, threads: Int) {
    self.classes = classes
    weighted = (0..<threads).map { _ in RowBuffer(rows: coordinates.rows, columns: coordinates.columns + 1) }
    pairs = (0..<classes).flatMap { a in (a..<classes).map { (a, $0) } }
    let (rows, size) = (coordinates.rows, coordinates.columns + 1)
    var z = Matrix<Element>(rows: rows, columns: size)
    z.withMutableElements { z in
      let all = coordinates.elements
      for i in 0..<rows {
        z[i * size] = 1
        for j in 1..<size { z[i * size + j] = all[i * (size - 1) + j - 1] }
      }
    }
    self.z = z
    blocks = Array(repeating: Matrix(rows: 0, columns: 0), count: pairs.count)
  }

  /// - Parameter weights: B_ab of each row.
  func compute(_ pair: Int, _ weights: [Element], thread: Int) {
    let rows = weights.indices.filter { weights[$0] != 0 }
    guard !rows.isEmpty else { return }
    // The hinge's weights are mostly zero.
    let some = rows.count < weights.count ? z.rows(at: rows) : z
    let kept = rows.count < weights.count ? rows.map { weights[$0] } : weights
    var block = Matrix<Element>(rows: z.columns, columns: z.columns)
    self.weighted[thread].update(0..<some.rows) { weighted in
      setRows(&weighted, to: some.elements.span, times: kept.span, factor: 1 / Element(z.rows))
      block.withMutableElements {
        gemm(
          .transposed, m: z.columns, n: z.columns, k: some.rows, weighted.span, some.elements.span, into: &$0)
      }
    }
    lock.locked { blocks[pair] = block }
  }

  /// Fills in what the other ranks have computed, of each the pairs of its share.
  func complete(_ shares: [Range<Int>], among ranks: Ranks) {
    let size = z.columns * z.columns
    let zeros = Matrix<Element>(rows: z.columns, columns: z.columns)
    let own = shares[ranks.rank].flatMap { pair in
      blocks[pair].rows > 0 ? Array(blocks[pair].elements) : Array(zeros.elements)
    }
    let all = ranks.gather(own, counts: shares.map { $0.count * size })
    for pair in pairs.indices {
      blocks[pair] = Matrix(
        rows: z.columns, columns: z.columns, elements: all[pair * size..<(pair + 1) * size])
    }
  }

  func assembled() -> Matrix<Element> {
    weighted = []
    let size = z.columns
    var result = Matrix<Element>(rows: classes * size, columns: classes * size)
    result.withMutableElements { out in
      for (pair, (a, b)) in pairs.enumerated() where blocks[pair].rows > 0 {
        let block = blocks[pair]
        for i in 0..<size {
          for j in 0..<size { out[(a * size + i) * classes * size + b * size + j] = block[i, j] }
        }
      }
    }
    return result
  }
}

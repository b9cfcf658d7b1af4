internal import LinearAlgebra

extension PrincipalBasis {
  /// The first `count` coordinates of the rows at `indices`, `[indices.count, count]`, on all threads.
  ///
  /// - Parameter ranks: those who ask for the same; nil where this process is alone.
  func coordinates(
    of indices: [Int], _ features: any FeatureStorage, first count: Int, pool: ThreadPool, among ranks: Ranks?
  ) -> Matrix<Element> {
    if count == 0 { return Matrix(rows: indices.count, columns: 0) }
    // A fixed cut, so that the bits do not depend on the threads.
    let parts = stride(from: 0, to: indices.count, by: 256).map {
      CoordinatesPart<Element>(Array(indices[$0..<min($0 + 256, indices.count)]))
    }
    let shares = ranks?.shares(of: parts.count) ?? [0..<parts.count]
    let own = shares[ranks?.rank ?? 0]
    pool.run(own.count) { part, _ in
      parts[own.lowerBound + part].compute(self, features, first: count)
    }
    let elements = parts[own].flatMap { $0.coordinates.elements }
    return Matrix(
      rows: indices.count, columns: count,
      elements: ranks.map { ranks in
        ranks.gather(
          elements, counts: shares.map { share in count * parts[share].reduce(0) { $0 + $1.rows } })
      } ?? elements)
  }
}

/// Some of the rows. One thread at a time has it.
private final class CoordinatesPart<Element: KernelScalar>: @unchecked Sendable {
  private let indices: [Int]
  var rows: Int { indices.count }
  private(set) var coordinates = Matrix<Element>(rows: 0, columns: 0)

  init(_ indices: [Int]) { self.indices = indices }

  func compute(_ basis: PrincipalBasis<Element>, _ features: any FeatureStorage, first count: Int) {
    let indices = indices
    var rows = Matrix<Element>(rows: indices.count, columns: features.columns)
    rows.withMutableElements { features.gather(indices.span, into: &$0) }
    coordinates = basis.coordinates(rows, first: count)
  }
}

internal import LinearAlgebra

extension PrincipalBasis {
  /// The first `count` coordinates of the rows at `indices`, `[indices.count, count]`, on all threads.
  func coordinates(
    of indices: [Int], _ features: any FeatureStorage, first count: Int, pool: ThreadPool
  ) -> Matrix<Element> {
    if count == 0 { return Matrix(rows: indices.count, columns: 0) }
    // A fixed cut, so that the bits do not depend on the threads.
    let parts = stride(from: 0, to: indices.count, by: 256).map {
      CoordinatesPart<Element>(Array(indices[$0..<min($0 + 256, indices.count)]))
    }
    pool.run(parts.count) { part, _ in parts[part].compute(self, features, first: count) }
    return Matrix(
      rows: indices.count, columns: count, elements: parts.flatMap { $0.coordinates.elements })
  }
}

/// Some of the rows. One thread at a time has it.
private final class CoordinatesPart<Element: KernelScalar>: @unchecked Sendable {
  private let indices: [Int]
  private(set) var coordinates = Matrix<Element>(rows: 0, columns: 0)

  init(_ indices: [Int]) { self.indices = indices }

  func compute(_ basis: PrincipalBasis<Element>, _ features: any FeatureStorage, first count: Int) {
    let indices = indices
    var rows = Matrix<Element>(rows: indices.count, columns: features.columns)
    rows.withMutableElements { features.gather(indices.span, into: &$0) }
    coordinates = basis.coordinates(rows, first: count)
  }
}

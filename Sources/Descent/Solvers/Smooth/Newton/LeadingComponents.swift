internal import LinearAlgebra

/// The directions along which a sample of many features varies most, by subspace iteration from a random start.
///
/// (Halko, Martinsson & Tropp, Finding structure with randomness, SIAM Review 53, 2011, algorithms 4.4 and 5.3.)
struct LeadingComponents<Element: KernelScalar> {
  /// `[count, features]`, by falling variance.
  let components: Matrix<Element>
  let variances: [Element]

  /// As many as a ``CoupledPreconditioner`` makes use of.
  private static var count: Int { 100 }
  /// Directions that are followed besides, so that those kept are found well.
  private static var more: Int { 28 }
  private static var rounds: Int { 3 }
  private static var blockRows: Int { 256 }

  /// Nil where the rows are too few, or vary along fewer directions. 4·rounds·rows·features·count operations; the rows are gathered
  /// a block at a time, and never all held.
  init?(of indices: [Int], _ features: any FeatureStorage, means: [Element]) {
    let (width, followed) = (features.columns, Self.count + Self.more)
    guard indices.count >= 2 * followed, width > followed else { return nil }
    var generator = SeededGenerator(seed: 0)
    var directions = Matrix<Element>(
      rows: width, columns: followed,
      elements: (0..<width * followed).map { _ in Bool.random(using: &generator) ? 1 : -1 })
    for _ in 0..<Self.rounds {
      var image = Matrix<Element>(rows: width, columns: followed)
      Self.forEachBlock(of: indices, features, means) { x in
        Self.add(x, x.multiplied(by: directions), to: &image)
      }
      guard let basis = try? QR(image) else { return nil }
      directions = basis.q
    }
    var covariance = Matrix<Element>(rows: followed, columns: followed)
    Self.forEachBlock(of: indices, features, means) { x in
      let coordinates = x.multiplied(by: directions)
      Self.add(coordinates, coordinates, to: &covariance)
    }
    covariance.withMutableElements { scale(&$0, by: 1 / Element(indices.count)) }
    guard let eigen = try? SymmetricEigen(covariance) else { return nil }
    // LAPACK's values rise.
    let kept = (followed - Self.count..<followed).reversed()
    components = eigen.vectors.rows(at: kept).multiplied(by: directions, .none, .transposed)
    variances = kept.map { max(0, eigen.values[$0]) }
  }

  /// The rows less the means.
  private static func forEachBlock(
    of indices: [Int], _ features: any FeatureStorage, _ means: [Element], _ body: (Matrix<Element>) -> Void
  ) {
    for start in stride(from: 0, to: indices.count, by: blockRows) {
      let some = Array(indices[start..<min(start + blockRows, indices.count)])
      var x = Matrix<Element>(rows: some.count, columns: features.columns)
      x.withMutableElements {
        features.gather(some.span, into: &$0)
        subtractFromRows(means.span, &$0)
      }
      body(x)
    }
  }

  /// sum ← sum + aᵀ·b
  private static func add(_ a: Matrix<Element>, _ b: Matrix<Element>, to sum: inout Matrix<Element>) {
    sum.withMutableElements {
      gemm(
        .transposed, .none, m: a.columns, n: b.columns, k: a.rows, a.elements.span, b.elements.span, beta: 1,
        into: &$0)
    }
  }
}

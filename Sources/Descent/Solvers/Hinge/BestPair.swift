internal import LinearAlgebra

/// The best parameters and the best multipliers met: bounds hold for the problem, wherever they were found.
///
/// The multipliers are a convex combination of all that were met, the best on the segment from those at hand to the
/// new ones: the dual problem is concave, and what the gradients of two points violate differs.
struct BestPair<Element: KernelScalar>: Codable {
  private(set) var parameters: [Element]
  private(set) var objective = Double.infinity
  /// `[rows, classes]`
  private(set) var multipliers: RowBuffer<Element>
  private var proof: MultiplierProof?
  /// What the multipliers prove.
  private var bound = -Double.infinity
  /// Proved before.
  private var earlierBound = -Double.infinity

  /// - Parameter multipliers: room for them.
  init(_ multipliers: RowBuffer<Element>, parameters: [Element]) {
    (self.multipliers, self.parameters) = (multipliers, parameters)
  }

  /// One of a state, with the multipliers of the rows that are gone over.
  init(_ kept: BestPair, over pass: Pass<Element>) {
    self = kept
    multipliers = pass.part(kept.multipliers)
  }

  /// A pair of lower precision, of which the certificate is all that is known. The multipliers start anew.
  init<Rough: KernelScalar>(_ other: BestPair<Rough>, _ certificate: Certificate) {
    let old = other.multipliers
    self.init(
      RowBuffer(rows: old.rows, columns: old.columns, share: old.share),
      parameters: other.parameters.map { Element(Double($0)) })
    (objective, earlierBound) = (certificate.objective, certificate.lowerBound)
  }

  var lowerBound: Double { max(bound, earlierBound) }

  /// Whether the multipliers prove the bound.
  var isProof: Bool { proof?.isBalanced ?? false }

  /// Relative to the objective; infinite before anything was taken.
  var relativeGap: Double {
    lowerBound == -.infinity ? .infinity : objective <= lowerBound ? 0 : (objective - lowerBound) / objective
  }

  mutating func take(_ point: MarginPoint<Element>) {
    let value = point.value
    if value < objective { (objective, parameters) = (value, point.parameters) }
    let new = point.proof
    let problem = point.problem
    guard let old = proof else { return mix(1, of: new, point) }
    var (share, most) = (1.0, new.bound(l1: problem.l1, l2: problem.l2))
    let ratio = (5.0.squareRoot() - 1) / 2
    var (low, high) = (0.0, 1.0)
    for _ in 0..<20 {
      let (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
      let (atLeft, atRight) = (
        old.mixed(left, with: new).bound(l1: problem.l1, l2: problem.l2),
        old.mixed(right, with: new).bound(l1: problem.l1, l2: problem.l2)
      )
      if atLeft > most { (share, most) = (left, atLeft) }
      if atRight > most { (share, most) = (right, atRight) }
      if atLeft > atRight { high = right } else { low = left }
    }
    if most > bound { mix(share, of: new, point) }
  }

  /// multipliers ← (1 − share)·multipliers + share·(those of the point)
  private mutating func mix(_ share: Double, of new: MultiplierProof, _ point: MarginPoint<Element>) {
    let mixed = share == 1 ? new : proof?.mixed(share, with: new) ?? new
    proof = mixed
    bound = mixed.bound(l1: point.problem.l1, l2: point.problem.l2)
    let (old, own) = (Element(1 - share), Element(share))
    _ = point.problem.pass.sweep { [multipliers, current = point.current] range in
      multipliers.update(range) { best in
        current.read(range) { a in
          if share == 1 {
            best.withUnsafeMutableBufferPointer { best in
              a.withUnsafeBufferPointer { _ = best.update(from: $0) }
            }
          } else {
            scale(&best, by: old)
            axpy(own, a, into: &best)
          }
        }
      }
      return 0
    }
  }

  /// Whether it is one of such a problem.
  func fits(parameters count: Int, weights: Int, rows: Int, classes: Int) -> Bool {
    parameters.count == count && multipliers.fits(rows: rows, columns: classes)
      && proof?.fits(weights: weights, classes: classes) ?? true
  }
}

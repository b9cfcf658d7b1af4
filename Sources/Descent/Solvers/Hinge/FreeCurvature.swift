internal import LinearAlgebra

/// Samples of the free rows: the Newton system over them, and its preconditioner.
struct FreeCurvature<Element: KernelScalar> {
  private let problem: HingeProblem<Element>
  private let basis: PrincipalBasis<Element>
  private let coupled: Int
  var generator: SeededGenerator

  /// Rows for the covariance, for a system, and for the coupling of classes.
  private static var basisRows: Int { 5_000 }
  private static var systemRows: Int { 10_000 }
  private static var couplingRows: Int { 2_000 }

  init(_ problem: HingeProblem<Element>, seed: UInt64) {
    self.problem = problem
    generator = SeededGenerator(seed: seed)
    let indices = Self.sample(Array(0..<problem.rows), Self.basisRows, &generator)
    basis = PrincipalBasis(
      of: indices, problem.scaledRows, isCentred: problem.model.hasIntercept, pool: problem.pool,
      among: problem.ranks)
    coupled = CoupledPreconditioner<Element>.coupledComponents(
      features: basis.features, classes: problem.classes, isRotated: basis.components != nil)
  }

  /// The system over the free rows; over a sample of them where they are many.
  mutating func system<Exact: KernelScalar>(of point: MarginPoint<Exact>, _ rows: [Int]) -> FreeSystem<
    Element
  > {
    let some = rows.count > 2 * Self.systemRows ? Self.sample(rows, Self.systemRows, &generator) : rows
    return FreeSystem(problem, point, at: some, share: problem.rowLoss.share(of: rows, in: some))
  }

  /// Nil where the Hessian is too far from definite to be factored.
  mutating func preconditioner<Exact: KernelScalar>(
    of point: MarginPoint<Exact>, _ rows: [Int]
  ) -> CoupledPreconditioner<Element>? {
    let some = Self.sample(rows, Self.couplingRows, &generator)
    let classes = point.classes
    let labels = some.map { Int(point.labels[point.labels.startIndex + $0]) }
    // σ/n for each free margin; the preconditioner takes means over its rows.
    let ofAll = point.strength * Double(rows.count) / point.total
    var free = [Element](repeating: 0, count: some.count * classes)
    var diagonal = [Element](repeating: 0, count: classes)
    let current = point.current.gathered(at: some)
    for (i, row) in some.enumerated() {
      let weight = Element(ofAll * problem.rowLoss.weight(of: row))
      let a = current[i * classes..<(i + 1) * classes]
      for (j, a) in zip(0..<classes, a) where a > 0 && a < 1 {
        free[i * classes + j] = weight
        free[i * classes + labels[i]] += weight
      }
      for j in 0..<classes { diagonal[j] += free[i * classes + j] / Element(max(1, some.count)) }
    }
    let coordinates = basis.coordinates(
      of: some, problem.scaledRows.features, first: coupled, pool: problem.pool, among: problem.ranks)
    return try? CoupledPreconditioner(
      basis: basis, coordinates: coordinates, classes: classes, l2: Element(problem.l2),
      meanDiagonal: diagonal, annihilatesShifts: true, pool: problem.pool, among: problem.ranks
    ) { [free] a, b in
      (0..<labels.count).map { i in
        if a == b { return free[i * classes + a] }
        return labels[i] == b ? -free[i * classes + a] : labels[i] == a ? -free[i * classes + b] : 0
      }
    }
  }

  /// Some of `rows`, in order; all of them where they are no more.
  private static func sample(_ rows: [Int], _ most: Int, _ generator: inout SeededGenerator) -> [Int] {
    guard rows.count > most else { return rows }
    // Selection sampling: each row is taken with the chance that what is missing has among what is left.
    // (Knuth, The Art of Computer Programming, volume 2, algorithm 3.4.2 S.)
    var result: [Int] = []
    result.reserveCapacity(most)
    for (seen, row) in rows.enumerated()
    where Int.random(in: 0..<rows.count - seen, using: &generator) < most - result.count {
      result.append(row)
    }
    return result
  }
}

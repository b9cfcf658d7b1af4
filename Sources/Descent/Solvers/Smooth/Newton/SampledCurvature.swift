internal import LinearAlgebra

/// The Hessian's stand-ins: systems over samples of the rows, and the preconditioner. Made when first asked for.
final class SampledCurvature<Element: KernelScalar> {
  private let problem: CurvedProblem<Element>
  /// All rows in random order; a sample is a beginning of it.
  private lazy var order: [Int] = {
    var generator = SeededGenerator(seed: seed)
    return (0..<problem.rows).shuffled(using: &generator)
  }()
  private let seed: UInt64
  private lazy var basis = PrincipalBasis<Element>(
    of: Array(order.prefix(Self.basisRows)), problem.scaledRows, isCentred: problem.model.hasIntercept,
    pool: problem.pool, among: problem.ranks)
  /// The first coordinates of the rows that the preconditioner samples.
  private lazy var coordinates: Matrix<Element> = {
    let count = CoupledPreconditioner<Element>.coupledComponents(
      features: problem.model.inputs, classes: problem.classes, isRotated: basis.components != nil)
    return basis.coordinates(
      of: Array(order.prefix(Self.couplingRows)), problem.scaledRows.features, first: count,
      pool: problem.pool, among: problem.ranks)
  }()
  /// Passes made over samples, in passes over all rows.
  private var earlierPasses = 0.0
  var passes: Double { earlierPasses + sampledPasses }
  private var sampled: Sample?

  private struct Sample {
    let size: Int
    let pass: Pass<Element>
    var passes: PassCount
    let slopes: RowBuffer<Element>
  }

  /// Rows for the covariance and for the coupling of classes.
  private static var basisRows: Int { 10_000 }
  private static var couplingRows: Int { 3_000 }

  init(_ problem: CurvedProblem<Element>, seed: UInt64) {
    (self.problem, self.seed) = (problem, seed)
  }

  /// The passes made over samples so far: those over the one in use, of `size` rows, and those before.
  struct State: Codable {
    var earlierPasses: Double
    var size: Int?
    var made: Double
  }

  var state: State {
    get { State(earlierPasses: earlierPasses, size: sampled?.size, made: sampled?.passes.made ?? 0) }
    set {
      earlierPasses = newValue.earlierPasses
      guard let size = newValue.size else { return }
      let pass = sample(size).pass
      sampled?.passes = PassCount(of: pass, resumedAt: newValue.made)
    }
  }

  /// The preconditioner at a point; nil where the Hessian is too far from definite to be factored.
  func preconditioner(at point: ScoredPoint<Element>) -> CoupledPreconditioner<Element>? {
    let (classes, rows) = (problem.classes, coordinates.rows)
    let indices = order.prefix(rows)
    let rowLoss = problem.rowLoss.gathered(at: indices)
    let columns = hessianColumns(of: rowLoss, slopes: point.slopes.gathered(at: indices))
    let diagonal = (0..<classes).map { c in
      (0..<rows).reduce(Element(0)) { $0 + columns[c][$1 * classes + c] } / Element(rowLoss.total)
    }
    return try? CoupledPreconditioner(
      basis: basis, coordinates: coordinates, classes: classes, l2: Element(problem.l2),
      meanDiagonal: diagonal, annihilatesShifts: problem.loss.seesDifferencesOnly, pool: problem.pool,
      among: problem.ranks
    ) { a, b in (0..<rows).map { columns[b][$0 * classes + a] } }
  }

  /// The Newton system over the first `size` rows of the random order, all rows as they lie where that is all.
  func system(_ size: Int, of point: ScoredPoint<Element>) -> NewtonSystem<Element> {
    let (l2, weights) = (Element(problem.l2), problem.model.weights.count)
    guard size < problem.rows else {
      // No sample follows.
      earlierPasses += sampledPasses
      sampled = nil
      return NewtonSystem(
        pass: problem.pass, rowLoss: problem.rowLoss, slopes: point.slopes, l2: l2, weights: weights)
    }
    let indices = order.prefix(size)
    let sampled = sample(size)
    sampled.slopes.update(0..<size) { target in
      let picked = point.slopes.gathered(at: indices)
      for i in picked.indices { target[i] = picked[i] }
    }
    return NewtonSystem(
      pass: sampled.pass, rowLoss: problem.rowLoss.gathered(at: indices), slopes: sampled.slopes, l2: l2,
      weights: weights)
  }

  /// The pass over the first `size` rows of the random order, with room for their slopes.
  private func sample(_ size: Int) -> Sample {
    if let sampled, sampled.size == size { return sampled }
    earlierPasses += sampledPasses
    let source = problem.objective.source(for: Element.self, at: Array(order.prefix(size)))
    let pass = Pass<Element>(problem.model, over: source, pool: problem.pool)
    let result = Sample(
      size: size, pass: pass, passes: PassCount(of: pass),
      slopes: RowBuffer(rows: size, columns: problem.classes))
    sampled = result
    return result
  }

  private var sampledPasses: Double {
    sampled.map { $0.passes.made * Double($0.size) / Double(problem.rows) } ?? 0
  }
}

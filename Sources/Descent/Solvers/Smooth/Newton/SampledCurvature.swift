internal import LinearAlgebra

/// The Hessian's stand-ins: systems over samples of the rows, and the preconditioner.
final class SampledCurvature<Element: KernelScalar> {
  private let objective: DataObjective<Element>
  private let loss: any CurvedLoss
  /// All rows in random order; a sample is a beginning of it.
  private let order: [Int]
  private let basis: PrincipalBasis<Element>
  /// The first coordinates of the rows that the preconditioner samples.
  private let coordinates: Matrix<Element>
  /// Passes made over samples, in passes over all rows.
  private var earlierPasses = 0.0
  var passes: Double { earlierPasses + sampledPasses }
  private var sampled: (size: Int, pass: Pass<Element>, slopes: RowBuffer<Element>)?

  /// Rows for the covariance and for the coupling of classes.
  private static var basisRows: Int { 10_000 }
  private static var couplingRows: Int { 3_000 }

  init(_ objective: DataObjective<Element>, loss: any CurvedLoss, seed: UInt64) {
    (self.objective, self.loss) = (objective, loss)
    var generator = SeededGenerator(seed: seed)
    let order = (0..<objective.rows).shuffled(using: &generator)
    self.order = order
    let (features, pool) = (objective.scaledFeatures, objective.pool)
    basis = PrincipalBasis(
      of: Array(order.prefix(Self.basisRows)), features, isCentred: objective.model.hasIntercept, pool: pool)
    let count = CoupledPreconditioner<Element>.coupledComponents(
      features: features.columns, classes: objective.model.outputs, isRotated: basis.components != nil)
    coordinates = basis.coordinates(
      of: Array(order.prefix(Self.couplingRows)), features, first: count, pool: pool)
  }

  /// The passes made over samples so far: those over the one in use, of `size` rows, and those before.
  struct State: Codable {
    var earlierPasses: Double
    var size: Int?
    var made: Double
  }

  var state: State {
    get { State(earlierPasses: earlierPasses, size: sampled?.size, made: sampled?.pass.made ?? 0) }
    set {
      earlierPasses = newValue.earlierPasses
      if let size = newValue.size { sample(size).pass.made = newValue.made }
    }
  }

  /// The preconditioner at a point; nil where the Hessian is too far from definite to be factored.
  func preconditioner(at point: ScoredPoint<Element>) -> CoupledPreconditioner<Element>? {
    let classes = objective.model.outputs
    let rows = coordinates.rows
    let slopes = pick(point.slopes, Array(order.prefix(rows)))
    let rowLoss = objective.rowLoss.gathered(at: order.prefix(rows))
    // Column b of every row's Hessian is its product with the b-th unit vector.
    let columns = (0..<classes).map { b in
      var v = [Element](repeating: 0, count: rows * classes)
      for i in 0..<rows { v[i * classes + b] = 1 }
      var span = v.mutableSpan
      rowLoss.multiplyHessian(0..<rows, &span, slopes: slopes.span)
      return v
    }
    let diagonal = (0..<classes).map { c in
      (0..<rows).reduce(Element(0)) { $0 + columns[c][$1 * classes + c] } / Element(rowLoss.total)
    }
    return try? CoupledPreconditioner(
      basis: basis, coordinates: coordinates, classes: classes, l2: Element(objective.penalty.l2),
      meanDiagonal: diagonal, annihilatesShifts: loss.seesDifferencesOnly, pool: objective.pool
    ) { a, b in (0..<rows).map { columns[b][$0 * classes + a] } }
  }

  /// The Newton system over the first `size` rows of the random order, all rows as they lie where that is all.
  func system(_ size: Int, of point: ScoredPoint<Element>) -> NewtonSystem<Element> {
    let weights = (objective.model as? LinearModel)?.weights.count ?? 0
    let l2 = Element(objective.penalty.l2)
    guard size < objective.rows else {
      return NewtonSystem(
        pass: objective.pass, rowLoss: objective.rowLoss, slopes: point.slopes, l2: l2, weights: weights)
    }
    let indices = Array(order.prefix(size))
    let sampled = sample(size)
    sampled.slopes.update(0..<size) { target in
      let picked = pick(point.slopes, indices)
      for i in picked.indices { target[i] = picked[i] }
    }
    return NewtonSystem(
      pass: sampled.pass, rowLoss: objective.rowLoss.gathered(at: indices), slopes: sampled.slopes, l2: l2,
      weights: weights)
  }

  /// The pass over the first `size` rows of the random order, with room for their slopes.
  private func sample(_ size: Int) -> (size: Int, pass: Pass<Element>, slopes: RowBuffer<Element>) {
    if let sampled, sampled.size == size { return sampled }
    earlierPasses += sampledPasses
    let source = objective.source(for: Element.self, at: Array(order.prefix(size)))
    let result = (
      size: size, pass: Pass<Element>(objective.model, over: source, pool: objective.pool),
      slopes: RowBuffer<Element>(rows: size, columns: objective.model.outputs)
    )
    sampled = result
    return result
  }

  private var sampledPasses: Double {
    sampled.map { $0.pass.made * Double($0.size) / Double(objective.rows) } ?? 0
  }

  private func pick(_ buffer: RowBuffer<Element>, _ rows: [Int]) -> [Element] {
    var result: [Element] = []
    result.reserveCapacity(rows.count * buffer.columns)
    for row in rows { buffer.read(row..<row + 1) { for j in 0..<$0.count { result.append($0[j]) } } }
    return result
  }
}

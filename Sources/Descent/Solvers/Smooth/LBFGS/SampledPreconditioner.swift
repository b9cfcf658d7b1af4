internal import LinearAlgebra

/// The inverse of a linear model's Hessian, estimated from a sample of rows.
///
/// Of one output it is a ``OneScorePreconditioner``, with few classes a ``CoupledPreconditioner``, else one that takes the
/// classes for uncoupled and equal: κ·cov(x) + l2·I each, κ the mean curvature of the loss.
struct SampledPreconditioner<Element: KernelScalar> {
  private let problem: CurvedProblem<Element>
  /// Nil where the sample's Hessian is factored whole.
  private let basis: PrincipalBasis<Element>?
  /// The rows that the curvature is taken from.
  private let rows: [Int]
  private let rowLoss: RowLoss
  /// The first coordinates of `rows` in the basis, where classes are coupled.
  private let coordinates: Matrix<Element>

  /// Whether the sample's Hessian is factored whole.
  var isWhole: Bool { basis == nil }

  private static var mostRows: Int { 10_000 }
  private static var mostCurvatureRows: Int { 3_000 }
  private static var mostNumbers: Int { 1 << 23 }
  private static var mostCoupledClasses: Int { 40 }

  /// Nil for what is no linear model, or a loss without curvature.
  init?(_ objective: DataObjective<Element>, seed: UInt64) {
    guard let problem = try? CurvedProblem(objective), problem.rows > 0 else { return nil }
    self.problem = problem
    let (features, classes) = (problem.model.inputs, problem.classes)
    var generator = SeededGenerator(seed: seed)
    let isWhole = OneScorePreconditioner<Element>.applies(outputs: classes, features: features)
    let affordable = max(1, Self.mostNumbers / max(1, features))
    let order = (0..<problem.rows).shuffled(using: &generator).prefix(min(Self.mostRows, affordable))
    let scaled = problem.scaledRows
    if isWhole {
      // In rising order: rows are fetched one after the other.
      rows = order.prefix(OneScorePreconditioner<Element>.rows(features: features)).sorted()
      rowLoss = problem.rowLoss.gathered(at: rows)
      (basis, coordinates) = (nil, Matrix(rows: 0, columns: 0))
      return
    }
    let basis = PrincipalBasis<Element>(
      of: Array(order), scaled, isCentred: problem.model.hasIntercept, pool: problem.pool,
      among: problem.ranks)
    self.basis = basis
    rows = Array(order.prefix(Self.mostCurvatureRows))
    rowLoss = problem.rowLoss.gathered(at: order.prefix(Self.mostCurvatureRows))
    let coupled =
      classes > Self.mostCoupledClasses
      ? 0
      : CoupledPreconditioner<Element>.coupledComponents(
        features: features, classes: classes, isRotated: basis.components != nil)
    coordinates = basis.coordinates(
      of: rows, scaled.features, first: coupled, pool: problem.pool, among: problem.ranks)
  }

  /// An approximation of H⁻¹·gradient about `parameters`; nil where the Hessian is too far from definite.
  func preconditioner(at parameters: [Element]) -> (([Element]) -> [Element])? {
    let (classes, slopes, l2) = (problem.classes, slopes(at: parameters), Element(problem.l2))
    guard let basis else {
      return OneScorePreconditioner(
        problem, at: rows, curvature: hessianColumn(0, of: rowLoss, slopes: slopes), total: rowLoss.total
      ).map { $0.callAsFunction }
    }
    guard classes <= Self.mostCoupledClasses else {
      return UncoupledPreconditioner(
        basis: basis, classes: classes, l2: l2, curvature: meanCurvature(slopes)
      ).callAsFunction
    }
    let columns = hessianColumns(of: rowLoss, slopes: slopes)
    let diagonal = (0..<classes).map { c in mean(columns[c], from: c, by: classes) }
    let coupled = try? CoupledPreconditioner(
      basis: basis, coordinates: coordinates, classes: classes, l2: l2, meanDiagonal: diagonal,
      pool: problem.pool, among: problem.ranks
    ) { a, b in pick(columns[b], from: a, by: classes) }
    return coupled.map { $0.callAsFunction }
  }

  /// ∇ℓ of the sampled rows.
  private func slopes(at parameters: [Element]) -> [Element] {
    let result = RowBuffer<Element>(rows: rows.count, columns: problem.classes)
    let source = problem.objective.source(for: Element.self, at: rows)
    _ = Pass<Element>(problem.model, over: source, pool: problem.pool).forward(parameters) {
      [rowLoss] range, scores in
      let value = rowLoss.slopes(range, &scores)
      result.store(range, scores)
      return value
    }
    return result.read(0..<rows.count) { $0.withUnsafeBufferPointer { Array($0) } }
  }

  /// The mean of the Hessian's diagonal over rows and classes, from the classes one at a time.
  private func meanCurvature(_ slopes: [Element]) -> Element {
    let classes = problem.classes
    let picked = stride(from: 0, to: classes, by: max(1, classes / 16))
    let sum = picked.reduce(Element(0)) { sum, b in
      let column = hessianColumn(b, of: rowLoss, slopes: slopes)
      return sum + mean(column, from: b, by: classes)
    }
    return sum / Element(Array(picked).count)
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func pick<Element: KernelScalar>(_ v: [Element], from: Int, by classes: Int) -> [Element] {
  stride(from: from, to: v.count, by: classes).map { v[$0] }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func mean<Element: KernelScalar>(_ v: [Element], from: Int, by classes: Int) -> Element {
  var sum = 0.0
  for i in stride(from: from, to: v.count, by: classes) { sum += Double(v[i]) }
  return Element(sum * Double(classes) / Double(v.count))
}

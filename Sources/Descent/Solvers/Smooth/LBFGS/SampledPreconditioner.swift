internal import LinearAlgebra

/// The inverse of a linear model's Hessian, estimated from a sample of rows.
///
/// With few classes it is a ``CoupledPreconditioner``, else one that takes the classes for uncoupled and equal:
/// κ·cov(x) + l2·I each, κ the mean curvature of the loss.
struct SampledPreconditioner<Element: KernelScalar> {
  private let objective: DataObjective<Element>
  private let basis: PrincipalBasis<Element>
  /// The rows that the curvature is taken from.
  private let rows: [Int]
  private let rowLoss: RowLoss
  /// The first coordinates of `rows` in the basis, where classes are coupled.
  private let coordinates: Matrix<Element>

  private static var mostRows: Int { 10_000 }
  private static var mostCurvatureRows: Int { 3_000 }
  private static var mostNumbers: Int { 1 << 23 }
  private static var mostCoupledClasses: Int { 40 }

  /// Nil for what is no linear model, or a loss without curvature.
  init?(_ objective: DataObjective<Element>, seed: UInt64) {
    guard objective.model is LinearModel, objective.rowLoss.curved != nil, objective.rows > 0
    else { return nil }
    self.objective = objective
    let (features, classes) = (objective.model.inputs, objective.model.outputs)
    var generator = SeededGenerator(seed: seed)
    let affordable = max(1, Self.mostNumbers / max(1, features))
    let order = (0..<objective.rows).shuffled(using: &generator).prefix(min(Self.mostRows, affordable))
    basis = PrincipalBasis(
      of: Array(order), objective.scaledFeatures, isCentred: objective.model.hasIntercept,
      pool: objective.pool)
    rows = Array(order.prefix(Self.mostCurvatureRows))
    rowLoss = objective.rowLoss.gathered(at: order.prefix(Self.mostCurvatureRows))
    let coupled =
      classes > Self.mostCoupledClasses
      ? 0
      : CoupledPreconditioner<Element>.coupledComponents(
        features: features, classes: classes, isRotated: basis.components != nil)
    coordinates = basis.coordinates(
      of: rows, objective.scaledFeatures, first: coupled, pool: objective.pool)
  }

  /// An approximation of H⁻¹·gradient about `parameters`; nil where the Hessian is too far from definite.
  func preconditioner(at parameters: [Element]) -> (([Element]) -> [Element])? {
    let classes = objective.model.outputs
    let (slopes, l2) = (slopes(at: parameters), Element(objective.penalty.l2))
    guard classes <= Self.mostCoupledClasses else {
      return UncoupledPreconditioner(
        basis: basis, classes: classes, l2: l2, curvature: meanCurvature(slopes)
      ).callAsFunction
    }
    // Column b of every row's Hessian is its product with the b-th unit vector.
    let columns = (0..<classes).map { product(with: $0, slopes) }
    let diagonal = (0..<classes).map { c in mean(columns[c], from: c, by: classes) }
    let coupled = try? CoupledPreconditioner(
      basis: basis, coordinates: coordinates, classes: classes, l2: l2, meanDiagonal: diagonal,
      pool: objective.pool
    ) { a, b in pick(columns[b], from: a, by: classes) }
    return coupled.map { $0.callAsFunction }
  }

  /// ∇ℓ of the sampled rows.
  private func slopes(at parameters: [Element]) -> [Element] {
    let classes = objective.model.outputs
    let result = RowBuffer<Element>(rows: rows.count, columns: classes)
    let source = objective.source(for: Element.self, at: rows)
    _ = Pass<Element>(objective.model, over: source, pool: objective.pool).forward(parameters) {
      [rowLoss] range, scores in
      let value = rowLoss.slopes(range, &scores)
      result.store(range, scores)
      return value
    }
    return result.read(0..<rows.count) { $0.withUnsafeBufferPointer { Array($0) } }
  }

  private func product(with unit: Int, _ slopes: [Element]) -> [Element] {
    let classes = objective.model.outputs
    var v = [Element](repeating: 0, count: slopes.count)
    for i in stride(from: unit, to: v.count, by: classes) { v[i] = 1 }
    var span = v.mutableSpan
    rowLoss.multiplyHessian(0..<rows.count, &span, slopes: slopes.span)
    return v
  }

  /// The mean of the Hessian's diagonal over rows and classes, from the classes one at a time.
  private func meanCurvature(_ slopes: [Element]) -> Element {
    let classes = objective.model.outputs
    let picked = stride(from: 0, to: classes, by: max(1, classes / 16))
    let sum = picked.reduce(Element(0)) { $0 + mean(product(with: $1, slopes), from: $1, by: classes) }
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

internal import LinearAlgebra

/// Conjugate directions for steps that stay on one face, where the objective is smooth.
///
/// A step with a sampled Hessian errs by the same factor each time. Joined with the last direction as in
/// nonlinear conjugate gradients, for which the sampled Hessian is the preconditioner, it errs by about that
/// factor's root, for no pass more.
/// (Polak and Ribière 1969; Nocedal and Wright, Numerical Optimization, section 5.2.)
final class FaceMomentum<Element: KernelScalar> {
  private let problem: CurvedProblem<Element>
  private var directionScores: RowBuffer<Element>
  private let image: RowBuffer<Element>
  private var last: Last?

  struct Last: Codable {
    var direction, residual: [Element]
    var product: Double
  }

  /// All that the next step depends on, as a value that shares the scores.
  struct State: Codable {
    var last: Last
    /// Of the last direction.
    var scores: RowBuffer<Element>

    func fits(_ objective: DataObjective<Element>, set size: Int) -> Bool {
      last.direction.count == objective.count && last.residual.count == size
        && scores.fits(rows: objective.rows, columns: objective.model.outputs)
    }
  }

  var state: State? { last.map { State(last: $0, scores: directionScores) } }

  func resume(from state: State) { (last, directionScores) = (state.last, problem.pass.part(state.scores)) }

  init(_ problem: CurvedProblem<Element>) {
    self.problem = problem
    directionScores = problem.pass.buffer(columns: problem.classes)
    image = problem.pass.buffer(columns: problem.classes)
  }

  func forget() { last = nil }

  /// Moves to about the minimum along change + β·(last direction); false where that is not on the face or not
  /// downhill.
  func take(
    _ face: Face<Element>, _ set: WorkingSet, _ change: [Element], _ scores: RowBuffer<Element>,
    at point: ScoredPoint<Element>
  ) -> Bool {
    let product = inner(face.residual, face.change)
    let beta =
      last.map { last in
        Element(max(0, (product - inner(last.residual, face.change)) / last.product))
      } ?? 0
    var direction = change
    var span = direction.mutableSpan
    if let last { axpy(beta, last.direction.span, into: &span) }
    _ = problem.pass.sweep { [directionScores] range in
      directionScores.update(range) { s in
        scale(&s, by: beta)
        scores.read(range) { axpy(1, $0, into: &s) }
      }
      return 0
    }
    let slope = inner(face.residual, set.pick(direction))
    let length = -slope / curvature(direction, directionScores, point)
    guard slope < 0, length.isFinite, keepsSigns(point.parameters, Element(length), direction) else {
      return false
    }
    let value = point.probe(length, direction, directionScores)
    guard value <= point.value + 1e-4 * length * slope + problem.objective.noise(of: point.value) else {
      return false
    }
    point.move(length, direction, directionScores, value: value)
    self.last = Last(direction: direction, residual: face.residual, product: product)
    return true
  }

  /// dᵀ·∇²·d of the smooth part.
  func curvature(
    _ direction: [Element], _ scores: RowBuffer<Element>, _ point: ScoredPoint<Element>
  ) -> Double {
    let slopes = point.slopes
    let sum = problem.pass.sweep { [rowLoss = problem.rowLoss, image] range in
      image.update(range) { v in
        scores.read(range) { d in
          for i in 0..<d.count { v[i] = d[i] }
          slopes.read(range) { rowLoss.multiplyHessian(range, &v, slopes: $0) }
          return Double(dot(v.span, d))
        }
      }
    }
    let weights = direction[problem.model.weights].reduce(0) { $0 + Double($1) * Double($1) }
    return sum / problem.rowLoss.total + problem.l2 * weights
  }

  private func keepsSigns(_ parameters: [Element], _ length: Element, _ direction: [Element]) -> Bool {
    problem.model.weights.allSatisfy { i in
      parameters[i] == 0 || parameters[i] * (parameters[i] + length * direction[i]) > 0
    }
  }
}

extension DataObjective {
  /// What rounding may do to a value of the objective.
  func noise(of value: Double) -> Double { Double(Element.ulpOfOne) / 64 * abs(value) }
}

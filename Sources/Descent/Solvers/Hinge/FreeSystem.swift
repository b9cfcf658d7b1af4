internal import LinearAlgebra

/// The generalised Newton system of the augmented Lagrangian: only rows with a free margin have curvature.
///
///     H = (σ/n)·Σ wᵢ·Lᵢ ⊗ (xᵢxᵢᵀ) + l2·I,   Lᵢ the Laplacian of the star from yᵢ to the classes free in row i
///
/// with wᵢ the rows' weights, and n their sum.
struct FreeSystem<Element: KernelScalar> {
  let pass: Pass<Element>
  let labels: ArraySlice<Int32>
  /// The row's weight where a margin is free, else 0; `[rows, classes]`.
  let free: RowBuffer<Element>
  /// σ/n, times the free rows there are for each of these.
  let weight: Element
  let l2: Element
  let weights: Int
  let classes: Int

  /// The free rows at `indices`, each standing for `share` of them.
  init<Exact: KernelScalar>(
    _ problem: HingeProblem<Element>, _ point: MarginPoint<Exact>, at indices: [Int], share: Double
  ) {
    (classes, weights, l2) = (point.classes, point.weights, Element(problem.l2))
    weight = Element(point.strength * share / point.total)
    pass = Pass(problem.model, over: problem.objective.selection(indices), pool: problem.pool)
    labels = indices.map { point.labels[point.labels.startIndex + $0] }[...]
    free = RowBuffer(rows: indices.count, columns: classes)
    let current = point.current.gathered(at: indices)
    _ = pass.sweep { [free, classes, rowLoss = problem.rowLoss] range in
      for row in range {
        let weight = Element(rowLoss.weight(of: indices[row]))
        free.update(row..<row + 1) { free in
          for j in 0..<classes {
            let a = current[row * classes + j]
            free[j] = a > 0 && a < 1 ? weight : 0
          }
        }
      }
      return 0
    }
  }

  /// D with H·D ≈ −gradient by preconditioned conjugate gradients, until the residual has fallen to `forcing` times
  /// the gradient.
  func solve(
    _ gradient: [Element], forcing: Double, most: Int, isStopped: () -> Bool,
    _ precondition: ([Element]) -> [Element]
  ) -> [Element] {
    var iteration = ConjugateGradients(gradient.map { -$0 }, precondition)
    let goal = forcing * forcing * squares(iteration.residual[...])
    while iteration.products < most, !isStopped(), iteration.step({ multiply($0, into: &$1) }) != nil {
      if squares(iteration.residual[...]) <= goal { break }
      iteration.turn(precondition)
    }
    return iteration.solution
  }

  /// image ← H·direction: a pass over the free rows.
  private func multiply(_ direction: [Element], into image: inout [Element]) {
    _ = pass.run(direction, scale: weight, gradient: &image) { [free, labels, classes] range, v in
      let labels = labels[labels.startIndex + range.lowerBound..<labels.startIndex + range.upperBound]
      free.read(range) { multiplyFree(&v, $0, labels: labels, columns: classes) }
      return 0
    }
    var all = image.mutableSpan
    var penalised = all._mutatingExtracting(0..<weights)
    axpy(l2, direction.span.extracting(0..<weights), into: &penalised)
  }
}

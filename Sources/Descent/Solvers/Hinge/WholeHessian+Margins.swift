internal import LinearAlgebra

extension WholeHessian {
  /// Nil where it costs too much, or a sample of the rows tells as well where to go.
  init?<Element: KernelScalar>(ofFreeMarginsOf problem: HingeProblem<Element>) {
    guard let plan = HessianPlan(problem, seesDifferencesOnly: true), plan.passes <= HessianPlan.mostPasses,
      plan.columns.hasDecisiveSeldom(l2: problem.l2)
    else { return nil }
    self.init(
      problem.scaledRows.features, problem.model, plan.columns, seesDifferencesOnly: true, pool: problem.pool,
      among: problem.ranks)
  }

  /// The factor of the augmented Lagrangian's Hessian, see ``FreeSystem``: −σ·wᵢ for the right class of a row and each whose
  /// margin is free.
  func factor<Element: KernelScalar>(ofFreeMarginsAt point: MarginPoint<Element>, l2: Double)
    -> HessianFactor?
  {
    let (classes, labels, rowLoss) = (point.classes, point.labels, point.problem.rowLoss)
    return factor(l2: l2, scale: point.strength / point.total) {
      [current = point.current.whole()] range, weights in
      let pairs = classes * (classes - 1) / 2
      for i in 0..<range.count * pairs { weights[i] = 0 }
      current.read(range) { a in
        for i in 0..<range.count {
          let own = Int(labels[labels.startIndex + range.lowerBound + i])
          let weight = rowLoss.weight(of: range.lowerBound + i)
          for j in 0..<classes where j != own && a[i * classes + j] > 0 && a[i * classes + j] < 1 {
            // The pairs of class b are those with all classes before it.
            let (first, second) = (min(j, own), max(j, own))
            weights[i * pairs + second * (second - 1) / 2 + first] = -weight
          }
        }
      }
    }
  }
}

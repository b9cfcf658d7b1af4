internal import LinearAlgebra

/// Whether exact Hessians of a linear model with few parameters pay, of which rows, and what they cost. Whoever forms them and
/// whoever chooses between solvers ask the same function, so that what is promised is what is done.
struct HessianPlan {
  let columns: UsualValues
  /// Rows of the sample, but for those that differ in columns that seldom do: see ``StratifiedSample``.
  let wanted: Int
  /// Rows of the sample, about; all of them where it would not be much smaller.
  let sampleRows: Int
  /// What a Hessian costs, in passes over the rows that it is made of: the sample's, where there is one.
  let passes: Double
  /// Whether it is worth it.
  let isExact: Bool

  private static let leastRows = 32_768
  /// What a Hessian may cost, in passes over all rows.
  static let mostPasses = 20.0

  /// Nil where there are many parameters, or too many for the rows.
  ///
  /// - Parameter pairs: entries of the loss's Hessian by the scores of a row that are summed.
  init?(
    rows: Int, features: Int, outputs: Int, pairs: Int, l2: Double, columns: @autoclosure () -> UsualValues
  ) {
    let parameters = (features + 1) * outputs
    guard features > 0, l2 > 0, parameters <= WholeHessian.mostParameters, rows >= 20 * parameters else {
      return nil
    }
    let columns = columns()
    self.columns = columns
    wanted = max(Self.leastRows, 64 * parameters)
    sampleRows = rows < 4 * wanted ? rows : columns.hasSeldom ? 2 * wanted : wanted
    passes = WholeHessian.passes(columns, pairs: pairs, features: features, outputs: outputs)
    let isCheap = passes * Double(sampleRows) / Double(rows) <= Self.mostPasses
    isExact = isCheap && (!columns.hasSeldom || columns.hasDecisiveSeldom(l2: l2))
  }
}

extension HessianPlan {
  init?<Element: KernelScalar, Form>(_ problem: LinearProblem<Element, Form>, seesDifferencesOnly: Bool) {
    let model = problem.model
    self.init(
      rows: problem.rows, features: model.inputs, outputs: model.outputs,
      pairs: WholeHessian.pairs(model.outputs, seesDifferencesOnly: seesDifferencesOnly).count,
      l2: problem.l2,
      columns: UsualValues(of: problem.scaledRows.features, isCentred: model.hasIntercept))
  }

  /// That of a problem of which no more is known than decides on a solver.
  init?(_ outline: ProblemOutline) {
    guard let loss = try? outline.smoothLoss() else { return nil }
    self.init(
      rows: outline.rows, features: outline.features, outputs: outline.outputs,
      pairs: WholeHessian.pairs(outline.outputs, seesDifferencesOnly: loss.seesDifferencesOnly).count,
      l2: outline.l2, columns: outline.usualValues)
  }
}

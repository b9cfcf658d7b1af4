internal import LinearAlgebra

/// A problem whose loss has a second derivative.
typealias CurvedProblem<Element: KernelScalar> = LinearProblem<Element, any CurvedLoss>

extension LinearProblem where Form == any CurvedLoss {
  init(_ objective: DataObjective<Element>) throws(ProblemRefusal) {
    try self.init(objective, objective.outline.smoothLoss())
  }

  /// The same rows under another loss.
  func with(_ loss: any CurvedLoss) -> CurvedProblem<Element> {
    LinearProblem(self, objective.with(loss), loss)
  }
}

/// A problem of margins.
typealias HingeProblem<Element: KernelScalar> = LinearProblem<Element, LabelMargins>

/// Σ_{j≠y} max(0, s_j − s_y + Δ) for each row's label y.
struct LabelMargins {
  /// Δ
  let margin: Double
  let labels: ArraySlice<Int32>
}

extension LinearProblem where Form == LabelMargins {
  init(_ objective: DataObjective<Element>) throws(ProblemRefusal) {
    let margin = try objective.outline.hinge().safetyMargin
    try objective.outline.requireNoOffsets()
    guard case .labels(let labels) = objective.rowLoss.targets else {
      fatalError("a hinge of targets without labels")
    }
    try self.init(objective, LabelMargins(margin: margin, labels: labels))
  }
}

/// A problem of ½‖s − t‖².
typealias LeastSquaresProblem<Element: KernelScalar> = LinearProblem<Element, LeastSquares>

/// There is nothing to set of it.
struct LeastSquares {}

extension LinearProblem where Form == LeastSquares {
  init(_ objective: DataObjective<Element>) throws(ProblemRefusal) {
    guard objective.outline.curvature == .parabola else { throw .onlyLinear(with: "the squared loss") }
    try self.init(objective, LeastSquares())
  }
}

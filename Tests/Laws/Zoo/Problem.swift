import Descent
import LinearAlgebra

/// An objective to minimise: rows, with a loss and a penalty, and what others know of its optimum.
struct Problem: Sendable, CustomStringConvertible {
  /// What is special about its rows.
  let kind: String
  var loss: any Loss
  var penalty: any Penalty
  var rows: Rows
  var scaling = ScalingChoice.none
  var hasIntercept = true
  /// The smallest objective there is, as a program that shares no line with the library found it; nil where none did.
  var optimum: Double?
  /// What that program may have left of it.
  var slack = 1e-9
  /// As near as a solver in Double must come, relative to the objective.
  var tolerance: Double

  /// Unless told otherwise a solver must come to the last digits; of what has kinks, to what multipliers prove.
  init(
    kind: String, loss: any Loss, penalty: any Penalty, rows: Rows, scaling: ScalingChoice = .none,
    optimum: Double? = nil, slack: Double = 1e-9, tolerance: Double? = nil
  ) {
    (self.kind, self.loss, self.penalty, self.rows) = (kind, loss, penalty, rows)
    (self.scaling, self.optimum, self.slack) = (scaling, optimum, slack)
    self.tolerance = tolerance ?? (loss is any CurvedLoss ? penalty.isNone ? 1e-14 : 1e-10 : 1e-7)
  }

  var description: String {
    [
      kind, loss.words, penalty.words, scaling == .none ? "" : "\(scaling.name)",
      rows.isSparse ? "sparse" : "",
      hasIntercept ? "" : "no intercept",
    ].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  var isPenalised: Bool { !penalty.isNone }

  var data: Dataset { rows.data(for: loss) }

  func trainer(_ solver: any Solver, threads: Int = 1) -> Trainer {
    Trainer(
      loss: loss, penalty: penalty, solver: solver, scaling: scaling, threads: threads,
      timeLimit: .seconds(60), fitsIntercept: hasIntercept)
  }

  /// Whether a solver takes it: the solver's own word.
  func isFor(_ solver: any Solver) -> Bool { (try? trainer(solver).check(data)) != nil }

  func with(_ change: (inout Problem) -> Void) -> Problem {
    var result = self
    change(&result)
    return result
  }

  /// That of the Hessian where the loss has curvature 1 all over, in the directions that rows see at all.
  var condition: Double {
    let scaling = scaling == .standard ? Scaling.standard(of: rows.denseStorage) : .none
    let n = Double(rows.count)
    let means = (0..<rows.columns).map { j in rows.x.reduce(0) { $0 + $1[j] } / n }
    let centred = rows.x.map { x in
      x.indices.map { (x[$0] - means[$0]) * (scaling == .none ? 1 : scaling.factor($0)) }
    }
    let squares = try! SVD(Matrix(centred)).singularValues.map { $0 * $0 / n }
    let (most, least) = (squares.first!, squares.last { $0 > 1e-20 * squares.first! } ?? 0)
    return most == 0 ? 1 : (most + penalty.convexity) / (least + penalty.convexity)
  }

  /// What parameters in Float cost whose margins would be at a kink.
  var roundingOfKinks: Double { 2e-7 * (loss.margin ?? 1) }

  /// That of the dual problem of l2, whose curvature is a row's square over l2.
  var dualCondition: Double {
    let mean = rows.x.reduce(0) { $1.reduce($0) { $0 + $1 * $1 } } / Double(rows.count)
    return mean / penalty.convexity
  }

  /// The same rows with their zeros left out.
  var sparse: Problem { with { $0.rows = rows.sparse } }
}

extension Loss {
  /// The name, and what is set.
  var words: String { ([name] + settings.map { "\($0.name) \($0.text)" }).joined(separator: " ") }
}

extension Penalty {
  var words: String { ([name] + settings.map { "\($0.name) \($0.text)" }).joined(separator: " ") }

  var isNone: Bool { elasticNet.map { $0.l1 + $0.l2 == 0 } ?? false }
  /// Whether it makes the objective strongly convex, and by how much.
  var convexity: Double { elasticNet?.l2 ?? 0 }
  var isSmooth: Bool { elasticNet.map { $0.l1 == 0 } ?? false }
}

/// l1·‖W‖₁ + (l2/2)·‖W‖² by its plainest type.
func penalty(l1: Double, l2: Double) -> any Penalty {
  switch (l1 > 0, l2 > 0) {
  case (true, true): ElasticNet(l1: l1, l2: l2)
  case (true, false): L1(l1)
  case (false, true): L2(l2)
  case (false, false): NoPenalty()
  }
}

internal import LinearAlgebra

/// An objective whose structure solvers of second order and of the dual problem rely on: of a linear model, with
/// l1·‖W‖₁ + (l2/2)·‖W‖² for a penalty.
///
/// `Form` is what the solver asks of the loss: ``CurvedProblem``, ``HingeProblem``, ``LeastSquaresProblem``.
struct LinearProblem<Element: KernelScalar, Form> {
  let objective: DataObjective<Element>
  let model: LinearModel
  let loss: Form
  let l1: Double
  let l2: Double

  init(_ objective: DataObjective<Element>, _ loss: Form) throws(ProblemRefusal) {
    guard let model = objective.linearModel else { throw .onlyLinear() }
    (l1, l2) = try objective.outline.elasticNet()
    (self.objective, self.model, self.loss) = (objective, model, loss)
  }

  /// Another objective and loss of the same model and penalty.
  init(_ other: LinearProblem, _ objective: DataObjective<Element>, _ loss: Form) {
    (self.objective, self.loss) = (objective, loss)
    (model, l1, l2) = (other.model, other.l1, other.l2)
  }

  private init<Other: KernelScalar>(converting other: LinearProblem<Other, Form>) {
    objective = other.objective.converted(to: Element.self)
    (model, loss, l1, l2) = (other.model, other.loss, other.l1, other.l2)
  }

  /// The same in another precision, on the same threads.
  func converted<Other: KernelScalar>(to type: Other.Type) -> LinearProblem<Other, Form> {
    LinearProblem<Other, Form>(converting: self)
  }

  var rows: Int { objective.rows }
  var classes: Int { model.outputs }
  var pool: ThreadPool { objective.pool }
  var pass: Pass<Element> { objective.pass }
  /// Those who go over the rows together; nil where this process is alone.
  var ranks: Ranks? { pass.share?.ranks }
  var rowLoss: RowLoss { objective.rowLoss }
  var isUnpenalised: Bool { l1 == 0 && l2 == 0 }
  var scaledRows: ScaledRows { ScaledRows(objective.scaledFeatures) }
}

/// The scaled rows of a problem, for reading some of them.
enum ScaledRows: Sendable {
  case dense(any FeatureStorage)
  case sparse(SparseStorage)

  init(_ features: any FeatureStorage) {
    self = (features as? SparseStorage).map { .sparse($0) } ?? .dense(features)
  }

  var features: any FeatureStorage {
    switch self {
    case .dense(let features): features
    case .sparse(let features): features
    }
  }
}

import Descent

/// A penalty in the words of other tools, where one of them minimises the same: these weigh the sum of the losses, or
/// name a mixture of l1 and l2. `Tests/References/penalty_elsewhere.py` fits each and compares.
/// (Friedman, Hastie and Tibshirani, J. Stat. Softw. 33, 2010; Fan et al., LIBLINEAR, JMLR 9, 2008.)
struct PenaltyElsewhere {
  private let trainer: Trainer
  private let data: Dataset
  /// As other tools have it. For two classes they have one row of weights w, where ours of W are its halves ±w/2:
  /// ‖W‖₁ = ‖w‖₁, but ‖W‖² = ‖w‖²/2.
  private let (l1, l2): (Double, Double)
  /// What the rows count for together, where others sum up.
  private let total: Double

  /// Nil where the penalty is another, and where scores have offsets, which few of the tools know.
  init?(_ trainer: Trainer, _ data: Dataset) {
    guard data.offsets == nil, let (l1, l2) = trainer.penalty.elasticNet else { return nil }
    (self.trainer, self.data) = (trainer, data)
    total = data.totalWeight(trainer.classWeights)
    let isHalved = data.classes == 2 && trainer.loss.columns(classes: 2) == 2
    (self.l1, self.l2) = (l1, isHalved ? l2 / 2 : l2)
  }

  /// A line for people; nil where there is no penalty, or no tool that minimises the same.
  var description: String? {
    guard trainer.model(for: data) is LinearModel, l1 + l2 > 0, !tools.isEmpty else { return nil }
    let scale = trainer.scaling.changes(data.features) ? "; of the scaled features, as here" : ""
    return "the same penalty elsewhere: " + tools.joined(separator: ", ") + scale
  }

  private var tools: [String] {
    let isMixed = l1 > 0 && l2 > 0
    let hasUnitMargin = trainer.loss.margin == 1
    switch trainer.loss {
    case is Logistic: return [logisticRegression] + (isMixed ? [] : [liblinear]) + [glmnet]
    // LIBLINEAR fits each of several classes against the rest, which is another problem.
    case is Softmax where data.classes == 2:
      return [logisticRegression] + (isMixed ? [] : [liblinear]) + [glmnet]
    case is Softmax: return [logisticRegression, glmnet]
    case is Hinge where data.classes == 2 && l1 == 0 && hasUnitMargin:
      // Its LinearSVC, like LIBLINEAR, penalises the bias of the hinge too.
      return ["scikit-learn's SVC(kernel='linear') C \(c)"]
    case is SquaredHinge where data.classes == 2 && !isMixed && hasUnitMargin: return [liblinear]
    case is SquaredError where data.classNames.isEmpty && l1 == 0:
      return ["scikit-learn's Ridge alpha \(format(l2 * total, 6))"]
    case is Poisson where data.classNames.isEmpty:
      return (l1 == 0 ? ["scikit-learn's PoissonRegressor alpha \(strength)"] : [])
        + [
          "glum's GeneralizedLinearRegressor(family='poisson') alpha \(strength) with l1_ratio \(share)",
          glmnet,
        ]
    // glmnet measures the targets by their deviation, which l2 does not go along with.
    case is SquaredError where data.classNames.isEmpty:
      return ["scikit-learn's ElasticNet alpha \(strength)\(mixture)"] + (l2 == 0 ? [glmnet] : [])
    default: return []
    }
  }

  private var strength: String { format(l1 + l2, 6) }
  /// The weight of the losses' sum beside a penalty of strength 1.
  private var c: String { format(1 / ((l1 + l2) * total), 6) }
  private var logisticRegression: String { "scikit-learn's C \(c)\(mixture)" }
  /// `-R` leaves the bias unpenalised.
  private var liblinear: String { "LIBLINEAR's C \(c) with -B 1 -R" }
  private var glmnet: String { "glmnet's lambda \(strength) with alpha \(share)" }
  private var mixture: String { l1 > 0 ? " with l1_ratio \(share)" : "" }
  private var share: String { format(l1 / (l1 + l2), 4) }
}

extension Dataset {
  /// What the rows count for together, by their weights and their classes'.
  fileprivate func totalWeight(_ classWeights: ClassWeights?) -> Double {
    guard case .labels(let labels) = targets, let factors = try? classWeights?.factors(for: self) else {
      return weights?.reduce(0, +) ?? Double(rows)
    }
    return labels.enumerated().reduce(0) { $0 + factors[Int($1.element)] * (weights?[$1.offset] ?? 1) }
  }
}

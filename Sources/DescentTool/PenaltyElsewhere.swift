import Descent

/// A penalty in the words of other tools for such a loss: these weigh the sum of the losses, or name a mixture of l1
/// and l2. (Friedman, Hastie and Tibshirani, J. Stat. Softw. 33, 2010; Fan et al., LIBLINEAR, JMLR 9, 2008.)
struct PenaltyElsewhere {
  let loss: any Loss
  let (l1, l2): (Double, Double)
  let rows: Int

  init(_ trainer: Trainer, rows: Int) {
    (loss, l1, l2, self.rows) = (trainer.loss, trainer.penalty.l1, trainer.penalty.l2, rows)
  }

  /// A line for people; nil where there is no penalty, or no tool for it.
  var description: String? {
    guard l1 + l2 > 0 else { return nil }
    let tools: [String] =
      switch loss {
      case is Softmax, is Logistic: [scikitLearnC] + (l1 == 0 || l2 == 0 ? [liblinearC] : []) + [glmnet]
      case is Hinge, is SquaredHinge: l1 == 0 ? [scikitLearnC, liblinearC] : []
      case is SquaredError where l1 == 0: ["scikit-learn's Ridge alpha \(format(l2 * Double(rows), 6))"]
      // glmnet measures the targets by their deviation, which l2 does not go along with.
      case is SquaredError:
        ["scikit-learn's ElasticNet alpha \(strength)\(mixture("l1_ratio"))"] + (l2 == 0 ? [glmnet] : [])
      default: []
      }
    return tools.isEmpty ? nil : "the same penalty elsewhere: " + tools.joined(separator: ", ")
  }

  private var strength: String { format(l1 + l2, 6) }
  /// The weight of the losses' sum beside a penalty of strength 1.
  private var c: String { format(1 / ((l1 + l2) * Double(rows)), 6) }
  private var scikitLearnC: String { "scikit-learn's C \(c)\(mixture("l1_ratio"))" }
  private var liblinearC: String { "LIBLINEAR's C \(c)" }
  private var glmnet: String { "glmnet's lambda \(strength) with alpha \(format(l1 / (l1 + l2), 4))" }

  private func mixture(_ name: String) -> String {
    l1 > 0 ? " with \(name) \(format(l1 / (l1 + l2), 4))" : ""
  }
}

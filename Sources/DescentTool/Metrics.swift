import Descent
import Foundation
import LinearAlgebra

/// The measurements of one training: what `--metrics` writes.
struct Metrics {
  var run: RunRecord
  var objective, loss, penalty: Double
  var gap: Double?
  /// To the objective.
  var gapRelative: Double?
  var gapReason: String?
  /// Whether the relative gap is within the tolerance.
  var certified: Bool
  var converged: Bool
  /// What the solver went by where nothing can be proved.
  var weakerCondition: String?
  var stopReason: String
  var iterations: Int
  var passes: Double
  var epochs: Int?
  var secondsFit, secondsLoad: Double
  var rows, features: Int
  /// What the rows count for together; null where each counts for 1.
  var weight: Double?
  /// Those of the classes, by name.
  var classWeights: [String: Double]?
  /// Null for networks.
  var intercept: Bool?
  var classes: Int?
  var nonzeros: Int
  var onTraining: Evaluation
  /// On the rows that were not learnt from.
  var onTest: Evaluation?
  var threads: Int
  var seed: UInt64
  var precision: String
  var solver: String
  var settings: Recipe
  var peakRSSBytes: Int
  var history: [Milestone]
  /// How the targets were standardised, where they were.
  var targetScaling: TargetScaling?
  /// The choice of the penalty by rows held out; null where there was none.
  var crossValidation: JSONValue = .null

  init<Element: KernelScalar>(
    _ run: RunRecord, fit: Fit<Element>, trainer: Trainer, training: Dataset, heldOut: Dataset?,
    loadSeconds: Double
  ) {
    self.run = run
    (objective, loss, penalty) = (fit.objective, fit.loss, fit.penalty)
    gap = fit.certificate.flatMap { $0.gap.isFinite ? $0.gap : nil }
    gapReason = gap == nil ? Self.whyNoGap(fit) : nil
    gapRelative = fit.certificate.flatMap { $0.relativeGap.isFinite ? $0.relativeGap : nil }
    certified = fit.isProved
    converged = fit.stopReason == .converged
    weakerCondition = Self.weakerCondition(fit, trainer)
    stopReason = fit.stopReason.rawValue
    iterations = fit.history.count
    passes = fit.history.last?.passes ?? 0
    epochs = trainer.solver is MiniBatch ? fit.history.count : nil
    (secondsFit, secondsLoad) = (fit.seconds, loadSeconds)
    (rows, features) = (training.rows, training.columns)
    weight = training.weights?.reduce(0, +)
    classWeights = RowWeightText(training, trainer.classWeights).byClass.map {
      Dictionary($0.map { ($0.name, $0.weight) }) { first, _ in first }
    }
    intercept = (fit.model.architecture as? LinearModel)?.hasIntercept
    classes = training.classNames.isEmpty ? nil : training.classes
    nonzeros = fit.nonzeros
    (threads, seed, self.precision) = (fit.threads, fit.seed, Element.self == Float.self ? "float" : "double")
    solver = fit.solver
    settings = Recipe(trainer)
    history = fit.history
    targetScaling = fit.targetScaling

    onTraining = fit.model.evaluate(on: training, loss: trainer.loss)
    onTest = heldOut.map { fit.model.evaluate(on: $0, loss: trainer.loss) }
    peakRSSBytes = peakMemory()
  }

  private static func whyNoGap<Element: KernelScalar>(_ fit: Fit<Element>) -> String {
    if !(fit.model.architecture is LinearModel) { return "a network's objective is not convex" }
    if fit.stopReason == .noMinimum { return "the objective has no minimum" }
    return fit.certificate == nil
      ? "no bound is known for this loss and penalty" : "no bound was found"
  }

  private static func weakerCondition<Element: KernelScalar>(_ fit: Fit<Element>, _ trainer: Trainer)
    -> String?
  {
    guard fit.certificate == nil, !(trainer.solver is MiniBatch) else { return nil }
    if !(fit.model.architecture is LinearModel) {
      return "the gradient fell below √tolerance of its first norm"
    }
    return trainer.solver is Newton
      ? "Newton's decrement, half the fall that the last step promised, is within the tolerance"
      : "the gradient fell below the tolerance times its first norm"
  }
}

extension Metrics {
  /// Whether a file that begins with these bytes is one of metrics.
  static func isOwn(_ front: [UInt8]) -> Bool {
    let text = String(decoding: front, as: UTF8.self)
    let isOfNow = text.contains("\"descent_version\" :")
    return text.hasPrefix("{") && (isOfNow || text.contains("\"peak_rss_bytes\" :"))
  }
}

/// The most memory that this process has had resident, in bytes.
private func peakMemory() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss * 1024
}

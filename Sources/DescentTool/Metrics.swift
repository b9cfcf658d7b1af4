import Descent
import Foundation
import LinearAlgebra

/// The measurements of one training: what `--metrics` writes. Keys that do not apply are null.
struct Metrics: Encodable {
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
  /// Null for networks.
  var intercept: Bool?
  var classes: Int?
  var nonzeros: Int
  var trainAccuracy, testAccuracy, trainRMSE, testRMSE, r2: Double?
  var testRows: Int?
  var threads: Int
  var seed: UInt64
  var precision: String
  var solver: String
  var settings: Recipe
  var peakRSSBytes: Int
  var history: [Milestone]

  init<Element: KernelScalar>(
    fit: Fit<Element>, trainer: Trainer, training: Dataset, heldOut: Dataset?, loadSeconds: Double
  ) {
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
    intercept = (fit.model.architecture as? LinearModel)?.hasIntercept
    classes = training.classNames.isEmpty ? nil : training.classes
    nonzeros = fit.nonzeros
    (threads, seed, self.precision) = (fit.threads, fit.seed, Element.self == Float.self ? "float" : "double")
    solver = fit.solver
    settings = Recipe(trainer)
    history = fit.history

    let onTraining = fit.model.evaluate(on: training, loss: trainer.loss)
    (trainAccuracy, trainRMSE) = (onTraining.accuracy, onTraining.rmse)
    let onTest = heldOut.map { fit.model.evaluate(on: $0, loss: trainer.loss) }
    (testAccuracy, testRMSE, testRows) = (onTest?.accuracy, onTest?.rmse, onTest?.rows)
    r2 = (onTest ?? onTraining).r2
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

  enum CodingKeys: String, CodingKey {
    case objective, loss, penalty, gap
    case gapRelative = "gap_relative"
    case gapReason = "gap_reason"
    case certified, converged
    case stopReason = "stop_reason"
    case iterations, passes, epochs
    case secondsFit = "seconds_fit"
    case secondsLoad = "seconds_load"
    case rows, features, intercept, classes, nonzeros
    case trainAccuracy = "train_accuracy"
    case testAccuracy = "test_accuracy"
    case trainRMSE = "train_rmse"
    case testRMSE = "test_rmse"
    case r2
    case testRows = "test_rows"
    case threads, seed, precision, solver, settings
    case peakRSSBytes = "peak_rss_bytes"
    case history
  }

  /// Optionals go in by `encode`, which writes null, and not by `encodeIfPresent`.
  func encode(to encoder: any Encoder) throws {
    var c = encoder.container(keyedBy: CodingKeys.self)
    try c.encode(objective, forKey: .objective)
    try c.encode(loss, forKey: .loss)
    try c.encode(penalty, forKey: .penalty)
    try c.encode(gap, forKey: .gap)
    try c.encode(gapRelative, forKey: .gapRelative)
    try c.encode(gapReason, forKey: .gapReason)
    try c.encode(certified, forKey: .certified)
    try c.encode(converged, forKey: .converged)
    try c.encode(stopReason, forKey: .stopReason)
    try c.encode(iterations, forKey: .iterations)
    try c.encode(passes, forKey: .passes)
    try c.encode(epochs, forKey: .epochs)
    try c.encode(secondsFit, forKey: .secondsFit)
    try c.encode(secondsLoad, forKey: .secondsLoad)
    try c.encode(rows, forKey: .rows)
    try c.encode(features, forKey: .features)
    try c.encode(intercept, forKey: .intercept)
    try c.encode(classes, forKey: .classes)
    try c.encode(nonzeros, forKey: .nonzeros)
    try c.encode(trainAccuracy, forKey: .trainAccuracy)
    try c.encode(testAccuracy, forKey: .testAccuracy)
    try c.encode(trainRMSE, forKey: .trainRMSE)
    try c.encode(testRMSE, forKey: .testRMSE)
    try c.encode(r2, forKey: .r2)
    try c.encode(testRows, forKey: .testRows)
    try c.encode(threads, forKey: .threads)
    try c.encode(seed, forKey: .seed)
    try c.encode(precision, forKey: .precision)
    try c.encode(solver, forKey: .solver)
    try c.encode(settings, forKey: .settings)
    try c.encode(peakRSSBytes, forKey: .peakRSSBytes)
    try c.encode(history, forKey: .history)
  }
}

extension Metrics {
  /// Whether a file that begins with these bytes is one of metrics.
  static func isOwn(_ front: [UInt8]) -> Bool {
    let text = String(decoding: front, as: UTF8.self)
    return text.hasPrefix("{") && text.contains("\"stop_reason\" :") && text.contains("\"peak_rss_bytes\" :")
  }
}

/// The most memory that this process has had resident, in bytes.
private func peakMemory() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss * 1024
}

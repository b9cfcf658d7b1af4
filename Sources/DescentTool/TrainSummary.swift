import Descent
import LinearAlgebra

/// What people are told before and after a training.
struct TrainSummary {
  let trainer: Trainer
  /// Why this solver, where it was left to the program.
  let solverReason: String?
  /// Whether Huber's δ was found from the data.
  let isDeltaFound: Bool
  let training: Dataset
  let isQuiet: Bool

  func before() {
    guard !isQuiet else { return }
    let penalty = trainer.penalty
    let what =
      training.classNames.isEmpty ? "numbers to fit" : "\(training.classes) classes"
    Console.say("\(training.rows) rows, \(training.columns) features, \(what)")
    Console.say(
      "objective: mean \(trainer.loss.name) loss\(lossSettings) + l1·‖W‖₁ + (l2/2)·‖W‖²"
        + ", l1 \(format(penalty.l1, 6)), l2 \(format(penalty.l2, 6)); biases unpenalised")
    if let elsewhere = PenaltyElsewhere(trainer, training).description { Console.say(elsewhere) }
    if isDeltaFound {
      Console.say("delta: 1.35 × the residuals' spread in a preliminary robust fit; --delta sets another")
    }
    if let start = trainer.loss.valueAtZero(classes: training.classes) {
      Console.say("sanity check: at W = 0 the loss is \(format(start, 6))")
    }
    Console.say("pre-flight: \(preflight)")
    let reason = solverReason.map { " (\($0))" } ?? ""
    Console.say("solver \(trainer.solver.name)\(reason), seed \(trainer.seed)")
  }

  /// As " (delta 1.35)"
  private var lossSettings: String {
    let texts = trainer.loss.settings.map { setting in
      if case .number(let number) = setting.value {
        "\(setting.name) \(format(number, 6))"
      } else {
        "\(setting.name) \(setting.text)"
      }
    }
    return texts.isEmpty ? "" : " (\(texts.joined(separator: ", ")))"
  }

  /// The quick checks in a line: what they warn of, or that all is well.
  private var preflight: String {
    let findings = Preflight(trainer, training).quickFindings()
    let warnings = findings.filter { $0.verdict == .warning }
    guard warnings.isEmpty else {
      return warnings.map { $0.sentence + ($0.remedy.map { " (\($0))" } ?? "") }.joined(separator: "; ")
    }
    return findings[0].sentence + "; features and classes look well ('descent check' tells more)"
  }

  func after<Element: Scalar>(_ fit: Fit<Element>, _ metrics: Metrics, model: String) {
    guard !isQuiet else { return }
    let passes = fit.history.last.map { format($0.passes, 4) } ?? "0"
    Console.say(
      "\(words(fit.stopReason)) after \(passes) passes, \(duration(fit.seconds)): objective "
        + "\(format(fit.objective, 7)) = loss \(format(fit.loss, 7)) + penalty \(format(fit.penalty, 4))")
    if let loss = fit.heldOutLoss { Console.say("loss on the rows held out for stopping \(format(loss, 6))") }
    for layer in fit.deadUnits {
      Console.say(
        "note: \(layer.dead) of \(layer.units) units of hidden layer \(layer.layer) are 0 for all rows: such dead "
          + "units learn no more; try a lower --learning-rate or --activation leaky-relu")
    }
    if let certificate = fit.certificate, certificate.gap.isFinite {
      Console.say(
        "certified: at most \(format(certificate.gap, 3)) above the optimum, "
          + "\(format(100 * certificate.relativeGap, 2)) % of the objective")
    } else {
      Console.say("not certified: \(metrics.gapReason ?? "no bound was found")")
    }
    Console.say(
      "‖gradient‖ \(format(fit.gradientNorm, 3)); \(fit.nonzeros) of \(weights(fit)) weights are not zero")
    if let accuracy = metrics.trainAccuracy { Console.say("training accuracy \(percent(accuracy))") }
    if let rmse = metrics.trainRMSE { Console.say("training error (root mean square) \(format(rmse, 5))") }
    if let accuracy = metrics.testAccuracy {
      Console.say("test accuracy \(percent(accuracy)) on \(metrics.testRows ?? 0) rows")
    }
    if let rmse = metrics.testRMSE {
      let share = metrics.r2.map { ", R² \(format($0, 4))" } ?? ""
      Console.say("test error (root mean square) \(format(rmse, 5)) on \(metrics.testRows ?? 0) rows\(share)")
    }
    Console.say(model == "-" ? "wrote the model to standard output" : "wrote \(model)")
  }

  private func weights<Element>(_ fit: Fit<Element>) -> Int {
    fit.model.architecture.layout.parts.filter(\.isPenalised).reduce(0) { $0 + $1.range.count }
  }

  private func words(_ reason: StopReason) -> String {
    switch reason {
    case .converged: "converged"
    case .finished: "finished"
    case .timeLimit: "stopped at the time limit"
    case .interrupted: "interrupted"
    case .noProgress: "stopped as the loss on held-out rows did not fall any more"
    case .stalled: "stopped where the precision ends"
    case .diverged: "diverged"
    }
  }
}

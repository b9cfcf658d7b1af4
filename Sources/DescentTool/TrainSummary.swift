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

  /// What is known before a penalty is chosen.
  func ofData(_ target: TargetText) {
    guard !isQuiet else { return }
    let what =
      training.classNames.isEmpty ? "numbers to fit" : "\(training.classes) classes"
    Console.say("\(training.rows) rows, \(training.columns) features, \(what)")
    Console.say(target.line)
    target.notes.forEach(Console.say)
    RowWeightText(training, trainer.classWeights).lines.forEach(Console.say)
  }

  func before() {
    guard !isQuiet else { return }
    Console.say(
      "objective: \(training.weights == nil && trainer.classWeights == nil ? "" : "weighted ")mean \(trainer.loss.name) loss\(lossSettings) + "
        + ([trainer.penalty.formula] + words(trainer.penalty.settings)).joined(separator: ", ") + "; "
        + (trainer.fitsIntercept ? "biases unpenalised" : "no intercept: features are not shifted"))
    if let elsewhere = PenaltyElsewhere(trainer, training)?.description { Console.say(elsewhere) }
    if isDeltaFound {
      Console.say("delta: 1.35 × the residuals' spread in a preliminary robust fit; --delta sets another")
    }
    if training.offsets == nil, let start = trainer.loss.valueAtZero(classes: training.classes) {
      Console.say("sanity check: at W = 0 the loss is \(format(start, 6))")
    }
    Console.say("pre-flight: \(preflight)")
    let reason = solverReason.map { " (\($0))" } ?? ""
    Console.say("solver \(trainer.solver.name)\(reason), seed \(trainer.seed)")
  }

  /// As " (delta 1.35)"
  private var lossSettings: String {
    let texts = words(trainer.loss.settings)
    return texts.isEmpty ? "" : " (\(texts.joined(separator: ", ")))"
  }

  private func words(_ settings: [Setting]) -> [String] {
    settings.map { setting in
      if case .number(let number) = setting.value {
        "\(setting.name) \(format(number, 6))"
      } else {
        "\(setting.name) \(setting.text)"
      }
    }
  }

  /// The quick checks in a line: what they warn of, or that all is well.
  private var preflight: String {
    let findings = Preflight(trainer, training).quickFindings()
    let warnings = findings.filter { $0.verdict == .warning }
    guard warnings.isEmpty else {
      return warnings.map { $0.sentence + ($0.remedy.map { " (\($0.text(naming: Usage.option)))" } ?? "") }
        .joined(separator: "; ")
    }
    return findings[0].sentence + "; features and classes look well ('descent check' tells more)"
  }

  func after<Element: KernelScalar>(_ fit: Fit<Element>, _ metrics: Metrics, model: String) {
    guard !isQuiet else { return }
    let passes = fit.history.last.map { format($0.passes, 4) } ?? "0"
    Console.say(
      "\(words(fit.stopReason)) after \(passes) passes, \(duration(fit.seconds)): objective "
        + "\(format(fit.objective, 7)) = loss \(format(fit.loss, 7)) + penalty \(format(fit.penalty, 4))")
    if let unit = targetUnit(fit) { Console.say(unit) }
    if let note = fallAtEnd(fit) { Console.say(note) }
    if let loss = fit.heldOutLoss { Console.say("loss on the rows held out for stopping \(format(loss, 6))") }
    for layer in fit.deadUnits {
      Console.say(
        "note: \(layer.dead) of \(layer.units) units of hidden layer \(layer.layer) are 0 for all rows: such dead "
          + "units learn no more; try a lower --learning-rate or --activation leaky-relu")
    }
    if fit.stopReason == .noMinimum {
      Console.say("note: the objective has no minimum: \(Self.separation); add --l2 1e-4")
    }
    if fit.stopReason != .noMinimum { Console.say(proof(fit, metrics)) }
    Console.say(
      "‖gradient‖ \(format(fit.gradientNorm, 3)); \(fit.nonzeros) of \(weights(fit)) weights are not zero")
    if let accuracy = metrics.onTraining.accuracy { Console.say("training accuracy \(percent(accuracy))") }
    if let rmse = metrics.onTraining.rmse {
      Console.say("training error (root mean square) \(format(rmse, 5))")
    }
    if let test = metrics.onTest { Console.say(line(for: test)) }
    Console.say(model == "-" ? "wrote the model to standard output" : "wrote \(model)")
  }

  /// How it did on rows that it was not trained on, beside what a constant does there.
  private func line(for test: Evaluation) -> String {
    let baseline = test.baseline
    if let accuracy = test.accuracy {
      let name =
        test.mostFrequentClass.map { "'\(shortened(training.classNames[$0], to: 24))'" } ?? "one class"
      return "test accuracy \(percent(accuracy)) on \(test.rows) rows; always \(name): "
        + percent(baseline[.accuracy])
    }
    let share = test.r2.map { ", R² " + format($0, 4) } ?? ", R² –"
    let mean =
      baseline[.rootMeanSquaredError].map { "; always \(test.constantAnswer): \(format($0, 5))" } ?? ""
    return "test error (root mean square) \(format(test.rmse ?? .nan, 5)) on \(test.rows) rows\(share)\(mean)"
  }

  /// What is known of the distance to the optimum.
  private func proof<Element: KernelScalar>(_ fit: Fit<Element>, _ metrics: Metrics) -> String {
    guard let gap = metrics.gap, let share = metrics.gapRelative else {
      let weaker = fit.stopReason == .converged ? metrics.weakerCondition.map { "; \($0)" } ?? "" : ""
      return "not proved: \(metrics.gapReason ?? "no bound was found")\(weaker)"
    }
    let most = "at most \(format(gap, 3)) above the optimum"
    if !fit.isProved {
      return "not proved near the optimum: \(most), \(format(100 * share, 2)) % of the objective"
    }
    return "proved within \(format(100 * share, 2)) %: \(most)"
  }

  /// Why there is no minimum.
  static let separation =
    "rows can be told apart by their class without a mistake, so that the weights grow without end"

  /// In which unit the losses are, where the targets were standardised.
  private func targetUnit<Element>(_ fit: Fit<Element>) -> String? {
    guard let scaling = fit.targetScaling else { return nil }
    let unit = "the losses above and the weights that l1 and l2 act on are those of"
    guard scaling.scales.count == 1 else {
      return
        "the \(scaling.scales.count) targets are standardised, each to mean 0: \(unit) the standardised ones"
    }
    return
      "the target is standardised, (y − \(format(scaling.centres[0], 6))) / \(format(scaling.scales[0], 6)): "
      + "\(unit) the standardised one; the model written is in the target's own unit"
  }

  /// Whether the training of batches ended too early for all that it could learn.
  private func fallAtEnd<Element>(_ fit: Fit<Element>) -> String? {
    guard trainer.solver is MiniBatch, [.finished, .timeLimit].contains(fit.stopReason),
      let fall = fit.fallAtEnd, fall > 0.01
    else { return nil }
    return
      "note: the objective still fell when the training ended, by \(format(100 * fall, 2)) % over the last "
      + "fifth of it; more --epochs\(fit.stopReason == .timeLimit ? ", or more time," : "") may fit better"
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
    case .stalled: "stopped where no step made it smaller"
    case .noMinimum: "stopped without a minimum"
    case .plateau: "stopped as the objective did not fall any more"
    case .diverged: "diverged"
    }
  }
}

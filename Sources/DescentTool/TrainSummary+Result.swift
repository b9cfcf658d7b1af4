import Descent
import LinearAlgebra

extension TrainSummary {
  /// The result in three lines: how good the model is, how near the optimum, and how it came there. Then what is to be known
  /// besides.
  func after<Element: KernelScalar>(_ fit: Fit<Element>, _ metrics: Metrics, model: String) {
    guard account != .none else { return }
    Console.say(metrics.onTest.map(line) ?? onTraining(metrics))
    Console.say(fit.stopReason == .noMinimum ? Self.noMinimum : proof(fit, metrics))
    let passes = fit.history.last.map { format($0.passes, 4) } ?? "0"
    let sum = " = loss \(format(fit.loss, 7)) + penalty \(format(fit.penalty, 4))"
    Console.say(
      "\(words(fit.stopReason)) after \(passes) passes, \(duration(fit.seconds)): objective "
        + format(fit.objective, 7) + (account == .whole ? sum : ""))
    if Terminal.errors.rewrites, let curve = Sparkline.line(fit.history) { Console.say(curve) }
    notes(on: fit)
    if account == .whole {
      if metrics.onTest != nil { Console.say(onTraining(metrics)) }
      Console.say("‖gradient‖ \(format(fit.gradientNorm, 3))")
    }
    // They are a result where the penalty makes zeros.
    if account == .whole || trainer.penalty.elasticNet?.l1 != 0 {
      Console.say("\(fit.nonzeros) of \(weights(fit)) weights are not zero")
    }
    Console.say(model == "-" ? "wrote the model to standard output" : "wrote \(model)")
  }

  private func notes<Element: KernelScalar>(on fit: Fit<Element>) {
    if let unit = fit.targetScaling?.sentence("the losses above") { Console.say(unit) }
    if let note = fallAtEnd(fit) { Console.say(note) }
    if let loss = fit.heldOutLoss { Console.say("loss on the rows held out for stopping \(format(loss, 6))") }
    for layer in fit.deadUnits {
      Console.say(
        "note: \(layer.dead) of \(layer.units) units of hidden layer \(layer.layer) are 0 for all rows: such dead "
          + "units learn no more; try a lower --learning-rate or --activation leaky-relu")
    }
  }

  private func onTraining(_ metrics: Metrics) -> String {
    metrics.onTraining.accuracy.map { "training accuracy \(percent($0))" }
      ?? "training error (root mean square) \(format(metrics.onTraining.rmse ?? .nan, 5))"
  }

  /// How it did on rows that it was not trained on, beside what a constant does there.
  private func line(for test: Evaluation) -> String {
    let baseline = test.baseline
    if let accuracy = test.accuracy {
      let name =
        test.mostFrequentClass.map { "'\(shortened($0, of: training.classNames, to: 24))'" } ?? "one class"
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
      return "not proved near the optimum: \(most), \(percentage(share)) % of the objective"
    }
    return "proved within \(percentage(share)) %: \(most)"
  }

  private static let noMinimum = "note: the objective has no minimum: \(separation); add --l2 1e-4"

  /// Why there is no minimum.
  static let separation =
    "rows can be told apart by their class without a mistake, so that the weights grow without end"

  /// Whether the training of batches ended too early for all that it could learn.
  private func fallAtEnd<Element>(_ fit: Fit<Element>) -> String? {
    guard trainer.solver is MiniBatch, [.finished, .timeLimit].contains(fit.stopReason) else { return nil }
    // Without l1 the weights that are all 0 are the start's.
    if fit.nonzeros == 0, trainer.penalty.elasticNet?.l1 == 0 {
      return
        "note: no epoch's weights were better than those of the start, which were kept: the steps are too long; try a lower "
        + "--learning-rate"
    }
    guard let fall = fit.fallAtEnd, fall > 0.01 else { return nil }
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

extension TargetScaling {
  /// In which unit losses are where the targets were standardised.
  ///
  /// - Parameter losses: which, as in "the losses above".
  func sentence(_ losses: String) -> String {
    let unit = "\(losses) and the weights that l1 and l2 act on are those of"
    guard scales.count == 1 else {
      return "the \(scales.count) targets are standardised, each to mean 0: \(unit) the standardised ones"
    }
    return "the target is standardised, (y − \(format(centres[0], 6))) / \(format(scales[0], 6)): "
      + "\(unit) the standardised one; the model written is in the target's own unit"
  }
}

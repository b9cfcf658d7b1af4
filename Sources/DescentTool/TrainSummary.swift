import Descent

/// What people are told before and after a training.
struct TrainSummary {
  /// How much of it.
  enum Account {
    case none
    /// What was read, what is minimised, what is doubtful, and the result.
    case short
    case whole
  }

  let trainer: Trainer
  /// Why this solver, where it was left to the program.
  let solverReason: String?
  /// Whether Huber's δ was found from the data.
  let isDeltaFound: Bool
  let training: Dataset
  let account: Account

  /// What is known before a penalty is chosen.
  func ofData(_ target: TargetText) {
    guard account != .none else { return }
    let what =
      training.classNames.isEmpty ? "numbers to fit" : "\(training.classes) classes"
    Console.say("\(training.rows) rows, \(training.columns) features, \(what)")
    Console.say(target.line)
    target.notes.forEach(Console.say)
    RowWeightText(training, trainer.classWeights).lines.forEach(Console.say)
  }

  func before() {
    guard account != .none else { return }
    Console.say(
      "objective: \(training.weights == nil && trainer.classWeights == nil ? "" : "weighted ")mean \(trainer.loss.name) loss\(lossSettings) + "
        + ([trainer.penalty.formula] + words(trainer.penalty.settings)).joined(separator: ", ") + "; "
        + (trainer.fitsIntercept ? "biases unpenalised" : "no intercept: features are not shifted"))
    if isDeltaFound {
      Console.say("delta: 1.35 × the residuals' spread in a preliminary robust fit; --delta sets another")
    }
    let findings = Preflight(trainer, training).quickFindings()
    let warnings = findings.filter { $0.verdict == .warning }
    if !warnings.isEmpty { Console.say("pre-flight: \(warnings.map(told).joined(separator: "; "))") }
    guard account == .whole else { return }
    if let elsewhere = PenaltyElsewhere(trainer, training)?.description { Console.say(elsewhere) }
    if training.offsets == nil, let start = trainer.loss.valueAtZero(classes: training.classes) {
      Console.say("sanity check: at W = 0 the loss is \(format(start, 6))")
    }
    if warnings.isEmpty {
      Console.say(
        "pre-flight: \(findings[0].sentence); features and classes look well ('descent check' tells more)")
    }
    let reason = solverReason.map { " (\($0))" } ?? ""
    Console.say("solver \(trainer.solver.name)\(reason), seed \(trainer.seed)")
  }

  /// A finding and what to do about it.
  private func told(_ finding: Finding) -> String {
    finding.sentence + (finding.remedy.map { " (\($0.text(naming: Usage.option)))" } ?? "")
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
}

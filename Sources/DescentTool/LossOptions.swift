import ArgumentParser
import Descent

/// Which loss, and its settings: an option each.
struct LossOptions: ParsableArguments {
  @Option(help: "Default: softmax for class labels, squared for labels that are numbers with fractions.")
  var loss: LossName?

  @Option(parsing: .unconditional, help: "The hinges' safety margin. Default: 1.")
  var margin: Double?

  @Option(
    parsing: .unconditional,
    help: """
      The residual beyond which Huber's loss is linear, in the target's unit. Default: 1.35 times the residuals' \
      spread, which a robust fit finds.
      """)
  var delta: Double?

  func validate() throws {
    try Usage.positive(margin, "--margin")
    try Usage.positive(delta, "--delta")
    if let loss { _ = try made(loss) }
    // Without a name the loss is one that has no settings.
    if loss == nil, let setting = settings.first {
      throw ValidationError("--\(setting.name) needs a --loss that has a \(setting.name)")
    }
  }

  private var settings: [Setting] {
    [margin.map { Setting("margin", $0) }, delta.map { Setting("delta", $0) }].compactMap { $0 }
  }

  func made(_ name: LossName) throws(ValidationError) -> any Loss {
    do throws(SettingError) { return try Losses.named(name.rawValue, settings) } catch {
      throw switch error {
      case .unknownSetting(let setting, let owner): ValidationError("--loss \(owner) has no --\(setting)")
      default: ValidationError("\(error)")
      }
    }
  }

  func chosen(for data: Dataset) -> any Loss {
    // Checked in ``validate()``.
    try! made(loss ?? (data.classNames.isEmpty ? .squared : .softmax))
  }

  /// The trainer with Huber's δ by the rows that it will train on, where δ is not given.
  func scaled(_ trainer: Trainer, to data: Dataset) throws(TrainingError) -> Trainer {
    guard isScaled(trainer) else { return trainer }
    let rows =
      trainer.earlyStopping.map { data.split(holdout: $0.holdout, seed: trainer.seed).training } ?? data
    var result = trainer
    result.loss = try Huber.scaled(
      to: rows, penalty: trainer.penalty, scaling: trainer.scaling, seed: trainer.seed,
      threads: trainer.threads, fitsIntercept: trainer.fitsIntercept)
    return result
  }

  func isScaled(_ trainer: Trainer) -> Bool { trainer.loss is Huber && delta == nil }
}

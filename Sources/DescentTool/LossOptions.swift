import ArgumentParser
import Descent
import DescentFiles

/// One of the losses that the library knows by name.
struct LossName: ExpressibleByArgument {
  let loss: any Loss

  init?(argument: String) {
    guard let loss = Losses.named(argument) else { return nil }
    self.loss = loss
  }

  static var allValueStrings: [String] { Losses.all.map(\.name) }
  var defaultValueDescription: String { loss.name }
}

/// Which loss, and its settings: an option each.
struct LossOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What is minimised. Default: softmax for class labels, squared for labels that are numbers with fractions.",
      valueName: "name"))
  var loss: LossName?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The hinges' safety margin. Default: 1.", valueName: "number")
  )
  var margin: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      The residual beyond which Huber's loss is linear, in the target's unit. Default: 1.35 times the residuals' \
      spread, which a robust fit finds.
      """, valueName: "number"))
  var delta: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Which quantile --loss quantile fits, between 0 and 1. Default: 0.5, the median.", valueName: "share"))
  var quantile: Double?

  /// The settings that there are, whichever are given.
  private var all: [(name: String, value: Double?)] {
    [("margin", margin), ("delta", delta), ("quantile", quantile)]
  }

  private var settings: [Setting] {
    all.compactMap { option in option.value.map { Setting(option.name, $0) } }
  }

  func validate() throws {
    if let loss { _ = try made(loss.loss) }
    // Without a name the loss is one that has no settings.
    if loss == nil, let setting = settings.first {
      throw ValidationError("--\(setting.name) needs a --loss that has a \(setting.name)")
    }
  }

  private func made(_ loss: any Loss) throws(ValidationError) -> any Loss {
    do throws(SettingError) { return try Losses.named(loss.name, settings) } catch {
      throw switch error {
      case .unknownSetting(let setting, let owner): ValidationError("--loss \(owner) has no --\(setting)")
      case .unfit(let setting, let wanted):
        ValidationError("\(Usage.option(setting.name)) must be \(wanted), not \(setting.text)")
      default: ValidationError("\(error)")
      }
    }
  }

  func chosen(for data: Dataset) -> any Loss {
    // Offsets want one score a row.
    let ofTwo: any Loss = data.offsets != nil && data.classes == 2 ? Logistic() : Softmax()
    let usual: any Loss = data.classNames.isEmpty ? SquaredError() : ofTwo
    // Checked in ``validate()``.
    return try! made(loss?.loss ?? usual)
  }

  /// What the targets are by the loss that is asked for; classes where none is.
  private var target: DataOptions.Target { loss?.loss.task == .regression ? .numbers : .classes }

  /// Options that read such targets.
  func reading(_ arguments: DataArguments) -> DataOptions {
    var options = arguments.options(labels: arguments.labels, target: target)
    options.refusesNegativeTargets = loss?.loss.link == .logarithm
    return options
  }

  /// The trainer with Huber's δ by the rows that it will train on, where δ is not given.
  ///
  /// - Parameter isInterrupted: Asked between steps; true ends the search for it.
  func scaled(
    _ trainer: Trainer, to data: Dataset, isInterrupted: @escaping () -> Bool = { false }
  ) throws(TrainingError) -> Trainer {
    guard isScaled(trainer) else { return trainer }
    let rows =
      trainer.earlyStopping.map { data.split(holdout: $0.holdout, seed: trainer.seed).training } ?? data
    var result = trainer
    result.loss = try Huber.scaled(
      to: rows, penalty: trainer.penalty, scaling: trainer.scaling, seed: trainer.seed,
      threads: trainer.threads, fitsIntercept: trainer.fitsIntercept, isInterrupted: isInterrupted)
    return result
  }

  func isScaled(_ trainer: Trainer) -> Bool { trainer.loss is Huber && delta == nil }
}

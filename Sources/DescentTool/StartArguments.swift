import ArgumentParser
import Descent
import DescentFiles
import LinearAlgebra

/// The model that a training begins at.
struct StartArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A model file of the same columns and classes to go on from, on these rows. Default: weights of 0, and a network's drawn ones.",
      valueName: "model"), completion: .models)
  var start: String?

  /// Nil where none is given. Says so where it has no part in the training.
  func model<Element: KernelScalar & StoredNumber>(
    for trainer: Trainer, _ data: Dataset, isQuiet: Bool
  ) throws -> TrainedModel<Element>? {
    guard let start else { return nil }
    let model: TrainedModel<Element> =
      switch try ModelFile.read(start) {
      case .float(let model): model.converted(to: Element.self)
      case .double(let model): model.converted(to: Element.self)
      }
    do throws(TrainingError) { try trainer.checkStart(model, for: data) } catch {
      throw Failure(
        .badData, "\(start): \(error); leave --start out, or give one of these columns, classes and options")
    }
    if !trainer.solver.usesStart, !isQuiet {
      Console.say("note: --start has no part in it: the solver \(trainer.solver.name) begins nowhere")
    }
    return model
  }
}

public import ArgumentParser
public import Descent
import LinearAlgebra

extension Calibration.Method: ExpressibleByArgument {}

/// Whether and how a classifier's scores become probabilities that come true.
struct CalibrationArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Fit probabilities to the scores: a sigmoid, or for thousands of rows any rising curve. On the rows of --holdout, \
      else on five folds, which trains five times more.
      """, valueName: "curve"))
  var calibrate: Calibration.Method?

  /// Before a training that could not be.
  func check(_ trainer: Trainer) throws(Failure) {
    guard calibrate != nil, trainer.loss.task == .regression else { return }
    throw Failure(
      .usage, "--calibrate is for classes, and the loss '\(trainer.loss.name)' fits numbers; leave it out")
  }

  /// The fit with a calibrated model, by the rows of a hold-out where there are some; nil where the folds were interrupted.
  func calibrated<Element: KernelScalar>(
    _ fit: Fit<Element>, _ trainer: Trainer, _ training: Dataset, heldOut: Dataset?, _ watch: TrainingWatch,
    isQuiet: Bool
  ) throws(TrainingError) -> Fit<Element>? {
    guard let calibrate else { return fit }
    let rows = (heldOut ?? training).rows
    if let heldOut {
      let result = try trainer.calibrated(fit, calibrate, on: heldOut)
      if !isQuiet {
        Console.say("calibrated by the \(rows) rows held out: measure probabilities on others")
      }
      return result
    }
    if !isQuiet { Console.say("calibrating by 5 folds of the \(rows) rows: 5 more trainings") }
    do throws(TrainingError) {
      let result = try trainer.calibrated(fit, calibrate, acrossFoldsOf: training) { watch.isInterrupted }
      if !isQuiet { Console.say("calibrated by 5 folds of the \(rows) rows") }
      return result
    } catch .interrupted { return nil }
  }

  /// How the executable ends then.
  static let interrupted = Failure(
    .interrupted,
    "interrupted while calibrating; the model is whole, and its probabilities are not calibrated")
}

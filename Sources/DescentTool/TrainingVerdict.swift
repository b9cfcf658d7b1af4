import Descent
import LinearAlgebra

/// What becomes of a training's model: whether it is written, and how the executable ends.
struct TrainingVerdict {
  let keepsModel: Bool
  /// Nil where all is well.
  let failure: Failure?

  /// - Parameters:
  ///   - isStrict: whether a model must be proved, or have converged where nothing can be proved.
  ///   - hasLearnt: whether the model is better than the start.
  ///   - howToGoOn: what to add where a training is interrupted.
  ///   - remedy: what to try where it diverged.
  init<Element: KernelScalar>(
    on fit: Fit<Element>, file: String, isStrict: Bool, hasLearnt: Bool, howToGoOn: String,
    remedy: () -> String
  ) {
    let isGood = fit.isProved || fit.certificate == nil && fit.stopReason == .converged
    let isRefused = isStrict && !isGood
    switch fit.stopReason {
    case .diverged:
      self.init(
        .workFailed,
        "\(file): the training diverged: the objective grew beyond all bounds; no model was written; "
          + remedy())
    case .interrupted where isRefused || !hasLearnt:
      let reason = hasLearnt ? ", as --strict asks" : ": nothing was learnt yet"
      self.init(.interrupted, "interrupted; no model was written\(reason)" + howToGoOn)
    case .interrupted:
      self.init(
        keepsModel: true,
        failure: Failure(.interrupted, "interrupted; the model is the best so far" + howToGoOn))
    case .noMinimum where isStrict:
      self.init(
        .workFailed,
        "\(file): the objective has no minimum: \(TrainSummary.separation); no model was written, as --strict asks; "
          + "add --l2 1e-4")
    case .timeLimit where isRefused:
      self.init(
        .timeLimit,
        "\(file): the time limit came before the tolerance was reached; no model was written, as --strict asks; "
          + "give it more time, or a larger --tolerance" + howToGoOn)
    case .stalled where isRefused, .finished where isRefused, .noProgress where isRefused,
      .plateau where isRefused, .converged where isRefused:
      self.init(
        .workFailed,
        "\(file): the training ended before it reached the tolerance; no model was written, as --strict asks; "
          + "give it more time, a larger --tolerance or --precision double")
    case .noMinimum, .timeLimit, .stalled, .finished, .noProgress, .plateau, .converged:
      self.init(keepsModel: true, failure: nil)
    }
  }

  private init(_ code: ExitCode, _ message: String) {
    self.init(keepsModel: false, failure: Failure(code, message))
  }

  private init(keepsModel: Bool, failure: Failure?) {
    (self.keepsModel, self.failure) = (keepsModel, failure)
  }
}

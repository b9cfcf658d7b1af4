/// A number that says how well a model answers. The raw values are the names in JSON.
///
/// The definitions are scikit-learn's, ties and all; what it warns of and makes 0 or 1 up for is left out here: the area
/// under a curve of one class only, R² of equal targets.
public enum Metric: String, CaseIterable, Sendable, Codable {
  // MARK: Classes

  /// The share of rows whose class was told rightly.
  case accuracy
  /// The share of rows whose class is among the five of the highest scores. Of equal scores the first are taken, as by
  /// the decision itself. For more than five classes.
  case topFiveAccuracy = "top_5_accuracy"
  /// Of the second of two classes, as the decision is.
  case precision, recall, f1
  /// Means over the classes that occur, among the rows or the answers; where none was answered a precision counts 0.
  case macroPrecision = "macro_precision"
  /// Each class that occurs counts alike; one that was answered but has no rows counts 0.
  case macroRecall = "macro_recall"
  /// The mean of the classes' F1, not the F1 of the mean precision and recall.
  case macroF1 = "macro_f1"
  /// Means weighted by the classes' rows.
  case weightedPrecision = "weighted_precision"
  /// With these weights the same number as the accuracy.
  case weightedRecall = "weighted_recall"
  /// The mean of the classes' F1, by their rows: it need not lie between the weighted precision and recall.
  case weightedF1 = "weighted_f1"
  /// The mean of −ln(probability of the row's class).
  case logLoss = "log_loss"

  // MARK: Two classes

  /// The area under the receiver operating characteristic: how often a row of the second class scores above one of the
  /// first, half of the ties included.
  case rocAUC = "roc_auc"
  /// Σ (Rₙ − Rₙ₋₁)·Pₙ over the thresholds from the highest down, without interpolation.
  case averagePrecision = "average_precision"
  /// The mean squared difference of probability and outcome.
  case brierScore = "brier"
  /// The mean distance of probability and frequency over ten bins of equal width, weighted by their rows.
  /// (Guo, Pleiss, Sun and Weinberger, On Calibration of Modern Neural Networks, ICML 2017, equation 3.)
  case calibrationError = "calibration_error"

  // MARK: Numbers

  /// The mean of |target − prediction|, in the targets' unit.
  case meanAbsoluteError = "mae"
  /// The median of |target − prediction|, in the targets' unit: a few rows far off hardly move it.
  case medianAbsoluteError = "median_absolute_error"
  /// What 90 % of the absolute errors don't exceed.
  case absoluteError90 = "absolute_error_90"
  /// The root of the mean of (target − prediction)², in the targets' unit.
  case rootMeanSquaredError = "rmse"
  /// The share of the targets' variance that is explained.
  case r2
  /// The mean of 2·(t·log(t/p) − t + p): of counts.
  case poissonDeviance = "poisson_deviance"
  /// The mean of τ·(t − p) where the prediction p is below the target t, of (1 − τ)·(p − t) elsewhere: of quantiles τ.
  case pinballLoss = "pinball_loss"
  /// The share of the targets that are below their prediction, or equal to it: about τ.
  case fractionBelow = "fraction_below"
  /// The share of what the best constant leaves of the deviance that is explained.
  case d2
}

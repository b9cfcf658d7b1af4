/// Why nothing can be said of how far to trust a model's coefficients.
public enum InferenceError: Error, Equatable, CustomStringConvertible {
  /// The model is a network, or anything else but a ``LinearModel``.
  case notLinear
  /// The loss has no curvature to tell it by.
  case loss(String)
  /// The loss is no likelihood: it takes a covariance from residuals.
  case noLikelihood(String)
  /// A regression on so many numbers a row, more than one.
  case severalNumbers(Int)
  /// In words, what the model was trained with that is more than an l2, or not known.
  case penalty(String)
  /// The model has class weights, and ``Inference/Covariance/information`` is asked for, or they don't fit the rows' classes.
  case classWeights
  /// What the loss refuses of the rows' targets; shares of classes too.
  case targets(TargetError)
  /// What ``Dataset/checkRowNumbers()`` throws of the rows.
  case rowNumbers(RowNumberError)
  /// A number of the features that is none.
  case nonFinite(row: Int, column: Int)
  /// More coefficients than `most`, 8192: a covariance has the square of their number.
  case tooManyCoefficients(Int, most: Int)
  /// No more rows that count than coefficients, where that leaves nothing to judge by.
  case tooFewRows(Int, coefficients: Int)
  /// Without an l2: the first feature that is constant, or 0 where there is no intercept; by name, or as `x3` for the third.
  case constant(column: String)
  /// A feature that is a combination of the intercept and features before it on these rows; by name, or as `x3` for the third.
  case dependent(column: String)
  /// The loss falls for ever.
  case noOptimum
  /// Newton's steps, a hundred at the most, came to no optimum, or one of them, however short, to no lower loss.
  case notConverged
  /// Of normal noise: squared residuals sum to 1e-20 of those without features, or less.
  case perfectFit
  /// ``Inference/Covariance/clustered`` where the data have no ``Dataset/groups``.
  case noClusters
  /// ``Inference/Covariance/clustered`` where all rows that count are of one group.
  case oneCluster
  /// The rows have another mean loss than those that the model was trained on.
  case otherRows(loss: Double, trainingLoss: Double, heldOut: Int?)
  /// Objectives at the model's weights, and the least.
  case notOptimal(Double, least: Double)

  public var description: String { phrase.description }

  /// The error with its remedy.
  public var phrase: Phrase {
    switch self {
    case .notLinear: "standard errors are for linear models, and this is a network"
    case .loss(let name):
      "the \(name) loss says nothing of how rows come by chance, so that no standard errors follow; train with \(.loss) logistic, softmax, squared or poisson for them"
    case .noLikelihood(let name):
      "the \(name) loss is no likelihood: take the standard errors from the residuals by \(.covariance) hc1"
    case .severalNumbers(let count):
      "the model predicts \(count) numbers a row; standard errors are for one"
    case .penalty(let words):
      "\(words): what it does to standard errors has no formula; train without it, or with \(.l2) alone"
    case .classWeights:
      "the model was trained with class weights, which are no numbers of rows: take the standard errors from the rows' own slopes by \(.covariance) hc1"
    case .targets(let error): "\(error.description)"
    case .rowNumbers(let error): "\(error.description)"
    case .nonFinite(let row, let column): "row \(row), feature \(column) is not a finite number"
    case .tooManyCoefficients(let count, let most):
      "\(count) coefficients have a covariance of \(count)², and \(most) are the most; train with fewer features"
    case .tooFewRows(let rows, let coefficients):
      "\(rows) rows leave nothing to judge \(coefficients) coefficients by; give more rows, or train with fewer features"
    case .constant(let column):
      "the feature '\(column)' is constant on these rows: its weight is not told apart from the intercept; train without it, or with an \(.l2)"
    case .dependent(let column):
      "the feature '\(column)' is a combination of those before it on these rows: its weight is not told apart from theirs; train without it, or with an \(.l2)"
    case .noOptimum:
      "a combination of the features tells classes apart without a mistake: the loss falls for ever, and no finite weights are best; train with an \(.l2)"
    case .notConverged: "Newton's steps from the model's weights found no optimum on these rows"
    case .perfectFit: "the features give the targets without an error, which leaves no noise to judge by"
    case .noClusters: "standard errors by groups need groups; name their column by \(.cluster)"
    case .oneCluster: "all rows are of one group; name a column that tells some apart"
    case .otherRows(let loss, let trainingLoss, let heldOut):
      "the model's mean loss on these rows is \(loss), and was \(trainingLoss) on those that it was trained on: these are others"
        + (heldOut.map { " (it held \($0) rows out); train on all rows for standard errors" }
          ?? "; give those")
    case .notOptimal(let objective, let least):
      "the model's objective on these rows is \(objective), and \(least) is the least: it is not their optimum; give the rows that it was trained on, or train to a smaller \(.tolerance)"
    }
  }
}

extension Phrase.Option {
  /// What chooses an ``Inference/Covariance``.
  public static let covariance = Self("covariance")
  /// What names the column of groups for ``Inference/Covariance/clustered``.
  public static let cluster = Self("cluster")
  /// What says how near to the optimum a training ends.
  public static let tolerance = Self("tolerance")
}
